import type { SessionView } from '../../../shared/contract/sessions.ts'
import { elsewhere, isZone } from '../../../shared/domain/calendar/zones.ts'
import { systemZone, timeText } from '../../api/clock.ts'

/** "Europe/Berlin" → "Berlin". */
export const placeOf = (zone: string): string => (zone.split('/').at(-1) ?? zone).replaceAll('_', ' ')

/** A time by another clock, as the person's locale writes it. */
export const timeThere = (instant: number, zone: string): string =>
  new Intl.DateTimeFormat(undefined, { timeStyle: 'short', timeZone: zone }).format(instant)

/** "3:00 PM in Berlin", for a session arranged by another clock than this computer's; null where both show the same. */
export function thereText({ startsAt, zone }: Pick<SessionView, 'startsAt' | 'zone'>): string | null {
  const here = systemZone()
  // Of nearly all sessions it is known without looking at a clock.
  if (zone === here || !isZone(zone)) return null
  const two = elsewhere(startsAt, here, zone)
  if (two === null) return null
  const day = two.days === 0 ? '' : two.days > 0 ? ', the next day' : ', the day before'
  return `${timeThere(startsAt, zone)} in ${placeOf(zone)}${day}`
}

/** "Here that is 9:00 AM – 9:50 AM.": under the times of a form that are by another clock. */
export function elsewhereHint(
  span: { readonly startsAt: number; readonly endsAt: number } | null,
  zone: string,
): string | undefined {
  if (span === null || zone === systemZone()) return undefined
  const two = elsewhere(span.startsAt, systemZone(), zone)
  if (two === null) return 'The clock here shows the same.'
  const day = two.days === 0 ? '' : two.days > 0 ? ', the day before' : ', the next day'
  return `Here that is ${timeText(span.startsAt)} – ${timeText(span.endsAt)}${day}.`
}
