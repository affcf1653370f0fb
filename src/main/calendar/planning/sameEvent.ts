import type { TakenEvent, TakenOverride } from '../../../shared/domain/calendar/taken.ts'

/**
 * Whether two readings of an event say the same. SEQUENCE and stamps do not count: Google stamps every event anew
 * each time its calendar is fetched.
 */
export function sameEvent(a: TakenEvent, b: TakenEvent): boolean {
  const [one, other] = [a.arrangement, b.arrangement]
  return (
    a.title === b.title &&
    a.cancelled === b.cancelled &&
    one.starts === other.starts &&
    one.zone === other.zone &&
    one.minutes === other.minutes &&
    one.rule === other.rule &&
    sameList(one.dates, other.dates) &&
    sameList(one.except, other.except) &&
    a.place === b.place &&
    a.description === b.description &&
    sameList(a.attendees, b.attendees) &&
    a.overrides.length === b.overrides.length &&
    a.overrides.every((override, at) => sameOverride(override, b.overrides[at]))
  )
}

const sameList = (a: readonly string[], b: readonly string[]): boolean =>
  a.length === b.length && a.every((text, at) => text === b[at])

const sameOverride = (a: TakenOverride, b: TakenOverride | undefined): boolean =>
  b !== undefined &&
  a.occurrence === b.occurrence &&
  a.startsAt === b.startsAt &&
  a.endsAt === b.endsAt &&
  a.title === b.title &&
  a.cancelled === b.cancelled
