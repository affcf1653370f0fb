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
