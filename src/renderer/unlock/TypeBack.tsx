import { useState } from 'react'
import { refusal } from '../api/client.ts'
import { sentenceFor } from '../api/sentences.ts'
import { Frame } from './Frame.tsx'
import { Form, Push, Trouble, WordField } from './parts.tsx'
import type { Codes } from './Sheets.tsx'
import { sheetNames, sheetTrouble, type Sheet, type SheetTrouble } from './troubles.ts'
import css from './Unlock.module.css'

const sheets: readonly Sheet[] = ['record', 'private']
const letters: Readonly<Record<Sheet, string>> = { record: 'A', private: 'B' }

/** Three words of each sheet typed back, so that a sheet which cannot be read is noticed today. */
export interface Typed {
  record: string[]
  private: string[]
}

export interface TypeBackProps {
  codes: Codes
  confirm: (typed: Typed) => Promise<unknown>
  /** Puts it off; without one it cannot be. */
  later?: () => Promise<unknown>
  onBack: () => void
  branded?: boolean
}

export function TypeBack({ codes, confirm, later, onBack, branded = true }: TypeBackProps) {
  const [typed, setTyped] = useState<Typed>({ record: ['', '', ''], private: ['', '', ''] })
  const [wrong, setWrong] = useState<SheetTrouble | null>(null)
  const [trouble, setTrouble] = useState<string>()
  const [busy, setBusy] = useState(false)

  const go = async (act: () => Promise<unknown>) => {
    setBusy(true)
    setWrong(null)
    setTrouble(undefined)
    try {
      await act()
    } catch (error) {
      setBusy(false)
      const refused = refusal(error)
      const found = sheetTrouble(refused)
      setWrong(found)
      if (found === null) setTrouble(sentenceFor(error))
    }
  }

  return (
    <Frame
      wide="middle"
      branded={branded}
      title="Type back three words of each"
      lead="From the paper, not from memory: it shows that both sheets can be read."
    >
      <Form onSubmit={() => void go(() => confirm(typed))} busy={busy}>
        {sheets.map((sheet) => (
          <fieldset key={sheet} className={css.typeBack}>
            <legend>{sheetNames[sheet]}</legend>
            <div className={css.three}>
              {codes.ask[sheet].map((place, index) => (
                <WordField
                  key={place}
                  label={`${letters[sheet]}, word ${place}`}
                  value={typed[sheet][index] ?? ''}
                  onChange={(word) =>
                    setTyped({
                      ...typed,
                      [sheet]: typed[sheet].map((old, at) => (at === index ? word : old)),
                    })
                  }
                  error={
                    wrong?.sheet === sheet && (wrong.word === place || wrong.word === null)
                      ? wrong.sentence
                      : undefined
                  }
                  autoFocus={sheet === 'record' && index === 0}
                />
              ))}
            </div>
          </fieldset>
        ))}
        <Trouble>{trouble}</Trouble>
        <div className={css.buttons}>
          <Push type="submit" look="primary" busy={busy}>
            {busy ? 'Checking…' : 'Confirm'}
          </Push>
          {later !== undefined && (
            <Push onClick={() => void go(later)} busy={busy} aria-describedby="later-means">
              Confirm later
            </Push>
          )}
          <Push look="quiet" onClick={onBack} busy={busy}>
            Back to the sheets
          </Push>
        </div>
        {later !== undefined && (
          <p id="later-means" className={css.small}>
            Later is fine until the first note is signed. You will then need all twelve words of both.
          </p>
        )}
      </Form>
    </Frame>
  )
}
