import { type DetailPartName, detailGroups } from '../../../../shared/document/detailLines.ts'
import type { Details } from '../../../../shared/document/details.ts'
import { NOT_ASSESSED } from '../../../../shared/document/mentalStatus.ts'
import css from './ReadDetails.module.css'

export interface ReadDetailsProps {
  details: Details
  /** What the note's format asks for; a blank one of these says "Not assessed". */
  asked: readonly DetailPartName[]
}

/** The structured half of a signed note, to be read. Nothing at all where nothing was asked for and nothing said. */
export function ReadDetails({ details, asked }: ReadDetailsProps) {
  const groups = detailGroups(details, asked)
  if (groups.length === 0) return null
  return (
    <section aria-label="Details" className={css.block}>
      {groups.map(({ part, label, lines }) => (
        <div key={part} className={css.part}>
          <h3 className={css.label}>{label}</h3>
          {lines.every(({ name }) => name === null) ? (
            <ul className={css.lines}>
              {lines.map(({ text }, n) => (
                <li key={n} dir="auto" className={text === NOT_ASSESSED ? css.blank : css.text}>
                  {text}
                </li>
              ))}
            </ul>
          ) : (
            <dl className={css.pairs}>
              {lines.map(({ name, text }, n) => (
                <div key={n} className={css.pair}>
                  <dt>{name ?? label}</dt>
                  <dd dir="auto" className={text === NOT_ASSESSED ? css.blank : css.text}>
                    {text}
                  </dd>
                </div>
              ))}
            </dl>
          )}
        </div>
      ))}
    </section>
  )
}
