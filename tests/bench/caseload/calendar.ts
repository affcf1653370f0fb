/** When the caseload's sessions are: nine a working day for thirty years, and some that are still to come. */
const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

export const ZONE = 'America/New_York'
/** Where the clock stands in every run: a Tuesday at twenty past twelve in New York, in the fourth session. */
export const NOW = Date.parse('2026-03-10T16:20:00Z')
export const NOTES = 70_000
export const CLIENTS = 200
const A_DAY = 9
const DAYS_AHEAD = 10
const FIRST_HOUR = 13

export interface Slot {
  readonly startsAt: number
  readonly endsAt: number
  readonly client: number
}

/** Every session, in time order; the last ones are today's and the coming days'. */
export function calendar(): { past: Slot[]; today: Slot[]; ahead: Slot[] } {
  const midnight = Math.floor(NOW / DAY) * DAY
  const pastDays = Math.ceil(NOTES / A_DAY)
  const before = workdays(midnight, -1, pastDays).toReversed()
  const after = workdays(midnight, 1, DAYS_AHEAD)
  let place = 0
  const slots = (days: readonly number[]): Slot[] =>
    days.flatMap((day) =>
      Array.from({ length: A_DAY }, (_, at) => {
        const startsAt = day + (FIRST_HOUR + at) * HOUR
        const client = place % CLIENTS
        place += 1
        return { startsAt, endsAt: startsAt + 50 * MINUTE, client }
      }),
    )
  const past = slots(before).slice(-NOTES)
  return { past, today: slots([midnight]), ahead: slots(after) }
}

function workdays(from: number, step: 1 | -1, count: number): number[] {
  const days: number[] = []
  for (let day = from + step * DAY; days.length < count; day += step * DAY) {
    const weekday = new Date(day).getUTCDay()
    if (weekday !== 0 && weekday !== 6) days.push(day)
  }
  return days
}
