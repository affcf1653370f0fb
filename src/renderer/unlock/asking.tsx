import { useState, type ReactNode } from 'react'
import { refusal } from '../api/client.ts'
import { sentenceFor } from '../api/sentences.ts'
import { useWait, Waiting } from './waiting.tsx'

export type Wrong<Field extends string> = Readonly<Partial<Record<Field, string>>>

export interface Attempt<Field extends string> {
  /** What is wrong before main is asked: at fields, or (a text) below them all; null where nothing is. */
  readonly lacking: Wrong<Field> | string | null
  readonly act: () => Promise<unknown>
  /** A refusal with a place or words of its own, likewise; null: told as ever. */
  readonly told?: (refused: ReturnType<typeof refusal>, sentence: string) => Wrong<Field> | string | null
}

export interface Asking<Field extends string> {
  readonly wrong: Wrong<Field>
  readonly clear: () => void
  readonly trouble: string | undefined
  readonly setTrouble: (sentence: string) => void
  /** From the press to the refusal; a success leaves the form, and it stays busy until it is gone. */
  readonly busy: boolean
  /** Several wrong tries: nothing is asked until the pause is over. */
  readonly paused: boolean
  /** The pause in words, while there is one. */
  readonly pause: ReactNode
  /** What stands at the secret's field: the pause, or what is wrong. */
  readonly atSecret: ReactNode
  readonly attempt: (attempt: Attempt<Field>) => Promise<void>
}

/** A form that asks for the passphrase, in the field `secret`: one attempt at a time, paused after wrong ones. */
export function useAsking<Field extends string>(waitMs: number, secret: Field, why?: string): Asking<Field> {
  const none = {} as Wrong<Field>
  const [wrong, setWrong] = useState(none)
  const [trouble, setTrouble] = useState(why)
  const [busy, setBusy] = useState(false)
  const { left, refresh } = useWait(waitMs)
  const paused = left > 0
  const pause = paused ? <Waiting left={left} /> : undefined

  const usual = (code: string, sentence: string): Wrong<Field> | string => {
    if (code === 'WRONG_PASSPHRASE') return { [secret]: sentence } as Wrong<Field>
    return code === 'WAIT' ? none : sentence
  }
  const tell = (what: Wrong<Field> | string): void => {
    setWrong(typeof what === 'string' ? none : what)
    setTrouble(typeof what === 'string' ? what : undefined)
  }
  const attempt = async ({ lacking, act, told }: Attempt<Field>): Promise<void> => {
    if (paused) return
    tell(lacking ?? none)
    if (lacking !== null) return
    setBusy(true)
    try {
      await act()
    } catch (error) {
      setBusy(false)
      const refused = refusal(error)
      const sentence = sentenceFor(error)
      tell(told?.(refused, sentence) ?? usual(refused.code, sentence))
      if (refused.code === 'WRONG_PASSPHRASE' || refused.code === 'WAIT')
        await refresh().catch(() => undefined)
    }
  }
  return {
    wrong,
    clear: () => setWrong(none),
    trouble,
    setTrouble,
    busy,
    paused,
    pause,
    atSecret: pause ?? wrong[secret],
    attempt,
  }
}
