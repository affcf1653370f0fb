import { useState } from 'react'
import type { Output } from '../../shared/contract/index.ts'
import { Frame } from './Frame.tsx'
import { Push } from './parts.tsx'
import { sheetNames, type Sheet } from './troubles.ts'
import css from './Unlock.module.css'

export type Codes = Output<'vault', 'prepare'>

const opens: Readonly<Record<Sheet, string>> = {
  record: 'Opens the record when the passphrase is lost.',
  private: 'Opens the private notes, and nothing else. Keep it apart from sheet A.',
}

export interface SheetsProps {
  codes: Codes
  onNext: () => void
  onBack: () => void
  back?: string
  branded?: boolean
}

/** Twelve words each, to be printed or written down; never saved on the computer. */
export function Sheets({ codes, onNext, onBack, back = 'Back', branded = true }: SheetsProps) {
  const [copied, setCopied] = useState(false)
  return (
    <Frame
      wide="wide"
      branded={branded}
      title="Two recovery sheets"
      lead="Print them, or write the words down, and keep the two in different places. They are shown this once, and saved nowhere on this computer."
    >
      <div className={css.sheets} onCopy={() => setCopied(true)}>
        {(['record', 'private'] as const).map((sheet) => (
          <section key={sheet} className={css.sheet} aria-label={sheetNames[sheet]}>
            <h2>{sheetNames[sheet]}</h2>
            <p>{opens[sheet]}</p>
            <ol className={css.words}>
              {codes[sheet].map((word, index) => (
                <li key={index}>
                  <span className={css.number}>{index + 1}</span> {word}
                </li>
              ))}
            </ol>
            <p className={css.printed}>
              Bracket recovery sheet. Whoever has these words and the files can open them. Keep it as you
              would keep a key.
            </p>
          </section>
        ))}
      </div>
      <div role="alert">
        {copied && (
          <p className={css.notice}>
            Copied words can be read by other programs, and a clipboard’s history or cloud may keep them.
            Paper is safer.
          </p>
        )}
      </div>
      <div className={css.buttons}>
        <Push look="primary" onClick={onNext}>
          I have both sheets
        </Push>
        <Push onClick={() => window.print()}>Print both</Push>
        <Push look="quiet" onClick={onBack}>
          {back}
        </Push>
      </div>
    </Frame>
  )
}
