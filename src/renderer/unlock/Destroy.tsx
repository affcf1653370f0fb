import { useEffect, useState } from 'react'
import { DESTROY_WORDS } from '../../shared/contract/destroyWords.ts'
import type { DestructionPlan } from '../../shared/contract/wiping.ts'
import { countsText } from '../api/amounts.ts'
import { vaultApi } from '../api/client.ts'
import { sentenceFor } from '../api/sentences.ts'
import { useAsking } from './asking.tsx'
import { dismiss, useEscape } from './dismiss.ts'
import { Frame } from './Frame.tsx'
import { Form, Push, SecretField, Trouble, WordField } from './parts.tsx'
import { exactText } from './RestoreParts.tsx'
import damage from './Damage.module.css'
import css from './Unlock.module.css'

const plainly = (text: string): string => text.trim().toLowerCase().replace(/\s+/gu, ' ')

/** The hardest thing to click: in numbers what would go, what stays, words to type, the passphrase. */
export function Destroy({ waitMs }: { waitMs: number }) {
  const [plan, setPlan] = useState<DestructionPlan | null>(null)
  const [words, setWords] = useState('')
  const [passphrase, setPassphrase] = useState('')
  const asking = useAsking<'words' | 'passphrase'>(waitMs, 'passphrase')
  const { wrong, setTrouble, busy, paused } = asking
  useEscape()
  useEffect(() => {
    vaultApi.destruction.plan({}).then(setPlan, (error: unknown) => setTrouble(sentenceFor(error)))
  }, [setTrouble])

  const lacking = () => {
    if (plainly(words) !== DESTROY_WORDS) return { words: `Please type exactly: ${DESTROY_WORDS}` }
    return passphrase === '' ? { passphrase: 'Please type your passphrase.' } : null
  }
  const submit = async () => {
    if (plan === null) return
    await asking.attempt({ lacking: lacking(), act: () => vaultApi.destruction.go({ words, passphrase }) })
  }

  return (
    <Frame title="Destroy this vault" branded={false}>
      <p className={damage.says}>This cannot be undone, by you or by anybody else. It would destroy:</p>
      <ul className={damage.goes}>
        <li>{plan === null ? 'the record …' : <>the record: {countsText(plan.counts)}</>}</li>
        <li>all private notes</li>
        {plan !== null && plan.formerCopies > 0 && (
          <li>
            {plan.formerCopies === 1
              ? 'one folder with an earlier state of these notes'
              : `${plan.formerCopies} folders with earlier states of these notes`}
          </li>
        )}
        <li>the keys in this computer’s keychain, and the locks in vault.json</li>
      </ul>
      <p className={css.notice}>
        <Surviving plan={plan} />
      </p>
      <p className={damage.aside}>
        If somebody may still ask for these records by law, keep them: see how long your state and your board
        want them kept.
      </p>
      <Form onSubmit={() => void submit()} busy={busy}>
        <WordField
          label={`To go on, type: ${DESTROY_WORDS}`}
          value={words}
          onChange={setWords}
          error={wrong.words}
          autoFocus
        />
        <SecretField label="Passphrase" value={passphrase} onChange={setPassphrase} error={asking.atSecret} />
        <Trouble>{asking.trouble}</Trouble>
        <div className={css.buttons}>
          <Push onClick={dismiss} busy={busy}>
            Keep everything
          </Push>
          <Push type="submit" look="danger" busy={busy || paused || plan === null}>
            {busy ? 'Destroying…' : 'Destroy this vault'}
          </Push>
        </div>
      </Form>
    </Frame>
  )
}

function Surviving({ plan }: { plan: DestructionPlan | null }) {
  if (plan === null) return <>Backups survive.</>
  if (plan.backup === null)
    return (
      <>
        Backups survive, and none was ever made from here. Files that you copied yourself survive as well;
        with a recovery sheet they open again.
      </>
    )
  const { folder, last } = plan.backup
  return (
    <>
      Backups survive. They are in the folder “{folder}”
      {last === null ? '' : `, the newest of ${exactText(last)}`}. With a recovery sheet, or the backup
      passphrase where one was set, they open again, anywhere: to be rid of the notes, delete those files too,
      and every copy, and burn the sheets.
    </>
  )
}
