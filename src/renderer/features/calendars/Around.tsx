import { useQuery } from '@tanstack/react-query'
import type { Margins } from '../../../shared/contract/sessions.ts'
import { api } from '../../api/client.ts'
import { queryClient, read } from '../../api/cache.ts'
import { Part } from '../../ui/Part.tsx'
import { Select } from '../../ui/Select.tsx'
import { act } from './act.ts'
import css from './Calendars.module.css'

const USUAL = [0, 5, 10, 15, 20, 30] as const

const choicesFor = (minutes: number) =>
  [...new Set([...USUAL, minutes])]
    .sort((a, b) => a - b)
    .map((one) => ({ key: String(one), label: one === 0 ? 'None' : `${one} minutes` }))

const reading = read('sessions', 'margins', {})

/** Review and writing time: drawn around each session, never enforced. */
export function Around() {
  const { data } = useQuery(reading)
  if (data === undefined) return null
  const { queryKey } = reading
  const set = async (more: Partial<Margins>): Promise<void> => {
    const margins = { ...data, ...more }
    // At once, or a second choice would be made beside what the first one replaced.
    queryClient.setQueryData(queryKey, margins)
    await act(() => api.sessions.setMargins(margins))
    await queryClient.invalidateQueries({ queryKey })
  }
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
          onChange={(minutes) => void set({ reviewMinutes: Number(minutes) })}
        />
        <Select
          label="Writing after"
          value={String(data.writingMinutes)}
          choices={choicesFor(data.writingMinutes)}
          onChange={(minutes) => void set({ writingMinutes: Number(minutes) })}
        />
      </div>
    </Part>
  )
}
