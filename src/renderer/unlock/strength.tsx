import { useEffect, useState } from 'react'
import type { StrengthVerdict } from '../../shared/contract/vault.ts'
import { vaultApi } from '../api/client.ts'
import { cx } from '../ui/cx.ts'
import css from './Unlock.module.css'

const DELAY_MS = 250

/** Judged in main, a moment after the last key; null while nothing is typed or the answer is on its way. */
export function useStrength(passphrase: string): StrengthVerdict | null {
  const [verdict, setVerdict] = useState<{ of: string; verdict: StrengthVerdict } | null>(null)
  useEffect(() => {
    if (passphrase === '') return
    let newer = false
    const timer = setTimeout(() => {
      vaultApi.vault.strength({ passphrase }).then(
        (found) => {
          if (!newer) setVerdict({ of: passphrase, verdict: found })
        },
        // The check is repeated when the vault is made; here it only informs.
        () => undefined,
      )
    }, DELAY_MS)
    return () => {
      newer = true
      clearTimeout(timer)
    }
  }, [passphrase])
  return verdict?.of === passphrase ? verdict.verdict : null
}

const reasons: Readonly<Record<StrengthVerdict['reason'], string>> = {
  none: '',
  'too-short': 'It is short. Four or more unrelated words make a good one.',
  'too-long': 'It is longer than a passphrase can be.',
  common: 'It is among the first that anyone would try.',
  name: 'It holds the name of this account or computer.',
  date: 'It is mostly a date; birthdays are tried first.',
  pattern: 'It follows a pattern that is quickly found.',
  weak: 'A few more unrelated words would make it much harder to guess.',
}

const words = ['Easy to guess', 'Easy to guess', 'Not enough yet', 'Good', 'Very good'] as const

export function strengthSentence({ score, accepted, reason }: StrengthVerdict): string {
  const word = accepted ? (words[Math.max(3, score)] ?? 'Good') : (words[Math.min(2, score)] ?? words[0])
  return reasons[reason] === '' || (accepted && reason === 'weak')
    ? `${word}.`
    : `${word}. ${reasons[reason]}`
}

/** Four bars and a sentence; the sentence carries it. */
export function Strength({ verdict, empty }: { verdict: StrengthVerdict | null; empty: boolean }) {
  return (
    <div className={css.strength}>
      <div className={css.bars} aria-hidden="true">
        {[1, 2, 3, 4].map((step) => (
          <span
            key={step}
            className={cx(
              css.bar,
              verdict !== null && verdict.score >= step && (verdict.accepted ? css.enough : css.some),
            )}
          />
        ))}
      </div>
      <p role="status" className={css.verdict}>
        {verdict !== null
          ? strengthSentence(verdict)
          : empty && 'Four or more unrelated words are strong and can be remembered.'}
      </p>
    </div>
  )
}
