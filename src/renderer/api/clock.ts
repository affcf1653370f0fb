import { useSyncExternalStore } from 'react'
import { Temporal } from 'temporal-polyfill'

export { elapsedText } from './duration.ts'

/*
 * The page's clock: the machine's, moved by what main says (not zero only under the test seam). Instants
 * are epoch milliseconds; Temporal turns them into days and wall times at the edge.
 */
let offset = 0
export function setClockOffset(milliseconds: number): void {
  offset = milliseconds
  for (const tick of [...minuteListeners, ...secondListeners]) tick()
}

export const now = (): number => Date.now() + offset

const MINUTE = 60_000
const minuteListeners = new Set<() => void>()
const secondListeners = new Set<() => void>()

/** Ticks on the boundary, not every so often since mounting, so that all that is shown changes together. */
function ticking(listeners: Set<() => void>, period: number) {
  let timer: ReturnType<typeof setTimeout> | undefined
  const plan = () => {
    timer = setTimeout(
      () => {
        for (const tick of listeners) tick()
        plan()
      },
      period - (now() % period) + 5,
    )
  }
  return (listener: () => void) => {
    listeners.add(listener)
    if (timer === undefined) plan()
    return () => {
      listeners.delete(listener)
      if (listeners.size > 0) return
      clearTimeout(timer)
      timer = undefined
    }
  }
}

const onMinute = ticking(minuteListeners, MINUTE)
const onSecond = ticking(secondListeners, 1000)

/** Now, floored to the minute; renders again when the minute changes. */
export const useMinute = (): number =>
  useSyncExternalStore(onMinute, () => Math.floor(now() / MINUTE) * MINUTE)

/** Now, floored to the second; for a countdown or a running session only. */
export const useSecond = (): number => useSyncExternalStore(onSecond, () => Math.floor(now() / 1000) * 1000)

let zone = ''
let zoneAskedAt = -Infinity
const formats = new Map<string, Intl.DateTimeFormat>()

/**
 * The computer's IANA zone. Asking for it costs a tenth of a millisecond and a list asks a hundred times, so
 * the answer holds for a minute; a traveller's formats are made anew.
 */
export function systemZone(): string {
  const at = performance.now()
  if (at - zoneAskedAt < MINUTE) return zone
  const found = Intl.DateTimeFormat().resolvedOptions().timeZone
  if (found !== zone) formats.clear()
  zone = found
  zoneAskedAt = at
  return zone
}

export const zoned = (instant: number, zone: string = systemZone()): Temporal.ZonedDateTime =>
  Temporal.Instant.fromEpochMilliseconds(instant).toZonedDateTimeISO(zone)

/** The calendar day of an instant in the given zone. */
export const dayOf = (instant: number, zone?: string): Temporal.PlainDate =>
  zoned(instant, zone).toPlainDate()

/** First instant of a day and of the next, which is 23 or 25 hours later twice a year. */
export function dayBounds(
  day: Temporal.PlainDate,
  zone: string = systemZone(),
): { from: number; to: number } {
  return {
    from: day.toZonedDateTime(zone).epochMilliseconds,
    to: day.add({ days: 1 }).toZonedDateTime(zone).epochMilliseconds,
  }
}

function format(instant: number, key: string, options: Intl.DateTimeFormatOptions): string {
  let made = formats.get(key)
  if (made === undefined) {
    made = new Intl.DateTimeFormat(undefined, options)
    formats.set(key, made)
  }
  return made.format(instant)
}

/** "2:00 PM" or "14:00", as the person's locale has it. */
export const timeText = (instant: number): string => format(instant, 'time', { timeStyle: 'short' })
/** "2:02:41 PM": an exact time, for saved states. */
export const exactTimeText = (instant: number): string => format(instant, 'exact', { timeStyle: 'medium' })
/** "Sunday, November 22" */
export const longDayText = (instant: number): string =>
  format(instant, 'long', { weekday: 'long', month: 'long', day: 'numeric' })
/** "Nov 22", with the year when it is not this one. */
export const dayText = (instant: number): string =>
  zoned(instant).year === zoned(now()).year
    ? format(instant, 'day', { month: 'short', day: 'numeric' })
    : format(instant, 'dayYear', { month: 'short', day: 'numeric', year: 'numeric' })
/** "Sun, Nov 22" */
export const weekdayText = (instant: number): string =>
  format(instant, 'weekday', { weekday: 'short', month: 'short', day: 'numeric' })

/** "Today", "Yesterday", "Tomorrow", or the day as `weekdayText` has it. */
export function relativeDayText(instant: number): string {
  const days = dayOf(now()).until(dayOf(instant), { largestUnit: 'days' }).days
  if (days === 0) return 'Today'
  if (days === -1) return 'Yesterday'
  if (days === 1) return 'Tomorrow'
  return Math.abs(days) < 180 ? weekdayText(instant) : dayText(instant)
}

/** The same within a sentence: "today", but "Wed, Nov 18". */
export const relativeDayInText = (instant: number): string =>
  relativeDayText(instant).replace(/^(?:Today|Yesterday|Tomorrow)$/u, (day) => day.toLowerCase())

/** "Restored to 2:02 PM", with the day when it is not today's. */
export const restoredText = (instant: number): string =>
  relativeDayText(instant) === 'Today'
    ? `Restored to ${timeText(instant)}`
    : `Restored to ${dayText(instant)}, ${timeText(instant)}`

/** Milliseconds as "50 min", "1 h", "1 h 10 min"; never negative. */
export function spanText(milliseconds: number): string {
  const minutes = Math.max(0, Math.round(milliseconds / MINUTE))
  const hours = Math.floor(minutes / 60)
  const rest = minutes % 60
  if (hours === 0) return `${rest} min`
  return rest === 0 ? `${hours} h` : `${hours} h ${rest} min`
}
