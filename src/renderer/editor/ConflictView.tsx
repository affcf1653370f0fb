import { useEffect, useState } from 'react'
import { timeText } from '../api/clock.ts'
import { sentenceFor } from '../api/sentences.ts'
import { Button } from '../ui/Button.tsx'
import { bothVersions, DETAILS_KEY, differing, sameWords, type Version } from './versions.ts'
import { SectionText } from './SectionText.tsx'
import css from './ConflictView.module.css'

export interface StoredVersion extends Version {
  readonly revision: number
  readonly updatedAt: number | null
}

export interface ChosenVersion extends Version {
  /** The stored revision that the choice follows. */
  readonly revision: number
  /** It is not what the store has, and wants saving. */
  readonly changed: boolean
}

export interface ConflictViewProps {
  /** What stands in the editors, which can still be typed in. */
  here: () => Version
  /** What the refused save carried, and the unanswered one before it. */
  sent: readonly Version[]
  stored: () => Promise<StoredVersion>
  label: (key: string) => string
  /** What is stored are the very words that were sent: an answer was lost on its way, nothing else. */
  onSame: (revision: number) => void
  onChosen: (chosen: ChosenVersion) => void
}

/** The same note was changed somewhere else: both texts side by side, and nothing overwritten until a choice. */
export function ConflictView({ here, sent, stored, label, onSame, onChosen }: ConflictViewProps) {
  const [mine] = useState(here)
  const [theirs, setTheirs] = useState<StoredVersion | null>(null)
  const [trouble, setTrouble] = useState('')

  useEffect(() => {
    let gone = false
    stored().then(
      (version) => {
        if (gone) return
        if (sent.some((words) => sameWords(words, version))) onSame(version.revision)
        else setTheirs(version)
      },
      (error: unknown) => {
        if (!gone) setTrouble(sentenceFor(error))
      },
    )
    return () => {
      gone = true
    }
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- once: both versions stay what they were when the conflict was noticed
  }, [])

  const choose = ({ sections, beside }: Version, changed: boolean) => {
    if (theirs !== null) onChosen({ revision: theirs.revision, sections, beside, changed })
  }
  return (
    <section aria-label="Two versions" className={css.view}>
      <h2>This note was changed somewhere else</h2>
      <p>Both versions are here. Nothing was overwritten, and nothing is saved until you choose.</p>
      <p role="alert">{trouble}</p>
      {theirs !== null && (
        <>
          <div className={css.columns} role="group" aria-label="Both versions" tabIndex={0}>
            <h3>Here, not saved</h3>
            <h3>Saved{theirs.updatedAt === null ? '' : ` ${timeText(theirs.updatedAt)}`}</h3>
            {differing(mine, theirs).map(({ key, mine: left, theirs: right }) => (
              <div key={key} className={css.pair}>
                {[left, right].map((section, i) => (
                  <div key={i} className={css.version}>
                    <span className={css.key}>{key === DETAILS_KEY ? 'Details' : label(key)}</span>
                    {section.text.trim() === '' ? (
                      <em>Nothing written</em>
                    ) : (
                      <SectionText section={section} />
                    )}
                  </div>
                ))}
              </div>
            ))}
          </div>
          <div className={css.choices}>
            <Button onPress={() => choose(bothVersions(here(), theirs), true)}>
              Keep both, one below the other
            </Button>
            <Button onPress={() => choose(here(), true)}>Keep what is here</Button>
            <Button onPress={() => choose(theirs, false)}>Take the saved one</Button>
          </div>
        </>
      )}
    </section>
  )
}
