import { useQuery } from '@tanstack/react-query'
import type { Margins } from '../../../shared/contract/sessions.ts'
import { api } from '../../api/client.ts'
import { read } from '../../api/cache.ts'
import { Part } from '../../ui/Part.tsx'
import { Select } from '../../ui/Select.tsx'
import { act } from './act.ts'
import css from './Calendars.module.css'

const USUAL = [0, 5, 10, 15, 20, 30] as const

const choicesFor = (minutes: number) =>
  [...new Set([...USUAL, minutes])]
    .sort((a, b) => a - b)
    .map((one) => ({ key: String(one), label: one === 0 ? 'None' : `${one} minutes` }))

/** Review and writing time: drawn around each session, never enforced. */
export function Around() {
  const { data } = useQuery(read('sessions', 'margins', {}))
  if (data === undefined) return null
  const set = (more: Partial<Margins>) => void act(() => api.sessions.setMargins({ ...data, ...more }))
  return (
    <Part title="Around a session">
      <p className={css.muted}>
        Shown in the week as free for it. Sessions back to back share the one gap between them.
      </p>
      <div className={css.pair}>
        <Select
          label="Review before"
          value={String(data.reviewMinutes)}
          choices={choicesFor(data.reviewMinutes)}
          onChange={(minutes) => set({ reviewMinutes: Number(minutes) })}
        />
        <Select
          label="Writing after"
          value={String(data.writingMinutes)}
          choices={choicesFor(data.writingMinutes)}
          onChange={(minutes) => set({ writingMinutes: Number(minutes) })}
        />
      </div>
    </Part>
  )
}
