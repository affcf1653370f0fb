import type { Details } from '../../../../shared/document/details.ts'
import type { BoxGroup } from '../../../../shared/document/formats/format.ts'
import type { DetailsField } from '../DetailsField.ts'
import { Checks } from './Picks.tsx'
import { useLook } from './useLook.ts'
import css from './Details.module.css'

export const holdsBoxes = ({ boxes }: Details): boolean => boxes.some(({ chosen }) => chosen.length > 0)

/** The format's boxes, and those that were ticked in a format that the note had before. */
export function Boxes({ field, groups }: { field: DetailsField; groups: readonly BoxGroup[] }) {
  const { boxes } = useLook(field, 'boxes')
  const earlier = boxes.filter((box) => groups.every(({ key }) => key !== box.key))
  const shown = [
    ...groups,
    ...new Map(earlier.map(({ key, label }) => [key, { key, label, options: [] }])).values(),
  ]
  return shown.map(({ key, label, options }) =>
    field
      .entries('boxes', { key, label, chosen: [] }, { at: key, mine: (box) => box.key === key })
      .map(({ id, row }, n) => (
        <div key={id} className={css.boxes}>
          <span className={css.boxesName} aria-hidden>
            {label}
          </span>
          <Checks
            label={n === 0 ? label : `${label}, ${n + 1}`}
            options={n === 0 ? options : []}
            chosen={row.chosen}
            onChosen={(chosen) => void field.write('boxes', id, { label, chosen })}
          />
        </div>
      )),
  )
}
