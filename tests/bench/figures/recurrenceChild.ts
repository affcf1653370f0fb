/**
 * Runs in Electron's Node, as the main process does: ten years of forty series, as a practice has them, expanded
 * all at once; the process's first time, then twenty more. Prints milliseconds.
 */
import type { Arrangement } from '../../../src/shared/domain/calendar/arrangement.ts'
import { occurrences } from '../../../src/shared/domain/calendar/occurrences.ts'

const DAYS = ['MO', 'TU', 'WE', 'TH', 'FR']
const ZONES = ['America/New_York', 'America/New_York', 'America/New_York', 'Europe/London']
const SPECIAL = [
  'FREQ=MONTHLY;BYDAY=1MO',
  'FREQ=MONTHLY;BYDAY=-1FR',
  'FREQ=MONTHLY;BYMONTHDAY=15',
  'FREQ=WEEKLY;BYDAY=MO,WE;COUNT=400',
]

/** 26 weekly, 10 every other week, 4 of the sort that only some have. */
const series: readonly Arrangement[] = Array.from({ length: 40 }, (_, at) => {
  const day = at % 5
  const weekly = `FREQ=WEEKLY${at % 4 === 3 ? ';INTERVAL=2' : ''};BYDAY=${DAYS[day] ?? 'MO'}`
  return {
    starts: `2026-01-${String(5 + day).padStart(2, '0')}T${String(9 + (at % 8)).padStart(2, '0')}:00:00`,
    zone: ZONES[at % 4] ?? 'UTC',
    minutes: 50,
    rule: at >= 36 ? (SPECIAL[at - 36] ?? '') : weekly,
    dates: [],
    except: ['2026-12-24', `2027-01-0${1 + day}T09:00:00`],
  }
})

const from = Date.UTC(2026, 0)
const to = Date.UTC(2036, 0)
const times: number[] = []
let found = 0
for (let round = 0; round < 21; round += 1) {
  const began = performance.now()
  found = 0
  for (const one of series) found += occurrences(one, from, to, 100_000).found.length
  times.push(performance.now() - began)
}
if (found < 15_000) throw new Error('ten years of forty series are more than that')
process.stdout.write(JSON.stringify({ first: times.slice(0, 1), warm: times.slice(1), found }))
