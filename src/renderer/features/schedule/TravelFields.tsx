import { TextField } from '../../ui/TextField.tsx'
import css from './Repeat.module.css'

/** Minutes on the road. */
export interface Travel {
  readonly before: number
  readonly after: number
}
export const NO_TRAVEL: Travel = { before: 0, after: 0 }

const LONGEST = 480
const minutes = (text: string): number => Math.min(LONGEST, Math.max(0, Number.parseInt(text, 10) || 0))

export const TravelFields = ({ value, onChange }: { value: Travel; onChange: (travel: Travel) => void }) => (
  <div className={css.line}>
    <TextField
      label="Travel there"
      aside="minutes"
      value={String(value.before)}
      onChange={(text) => onChange({ ...value, before: minutes(text) })}
    />
    <TextField
      label="Travel back"
      aside="minutes"
      value={String(value.after)}
      onChange={(text) => onChange({ ...value, after: minutes(text) })}
    />
  </div>
)

/** "Travel 20 min there, 25 min back"; null where there is none. */
export function travelText({
  travelBefore,
  travelAfter,
}: {
  readonly travelBefore: number
  readonly travelAfter: number
}): string | null {
  const ways = [
    travelBefore > 0 ? `${travelBefore} min there` : '',
    travelAfter > 0 ? `${travelAfter} min back` : '',
  ].filter((way) => way !== '')
  return ways.length === 0 ? null : `Travel ${ways.join(', ')}`
}
