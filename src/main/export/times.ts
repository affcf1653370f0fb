import { knownZone } from '../../shared/domain/wallDay.ts'

/** How days and times are written on paper. The words are English, as the rest of the page; order and hours follow the person. */
export interface PaperTimes {
  /** "Tuesday, November 24, 2026" */
  longDay(instant: number, zone: string): string
  /** "Nov 24, 2026" */
  day(instant: number, zone: string): string
  /** The same, of 'YYYY-MM-DD'. */
  dayOf(date: string): string
  /** "2:00 PM" or "14:00" */
  time(instant: number, zone: string): string
  /** "November 24, 2026, 3:02:41 PM" */
  moment(instant: number, zone: string): string
  /** "America/Chicago (UTC−06:00)": the offset that held at that instant. */
  zone(instant: number, zone: string): string
}

/** What `Intl` takes. Without a language set the system answers with 'C', or nothing, and `Intl` throws at it. */
function knownLocale(locale: string): string {
  try {
    return Intl.getCanonicalLocales(locale)[0] ?? 'en-US'
  } catch {
    return 'en-US'
  }
}

/** @param given the person's locale, as the system gives it: 'en-US', 'de-DE', 'C' */
export function paperTimes(given: string): PaperTimes {
  const locale = knownLocale(given)
  const english = /^en\b/u.test(locale) ? locale : 'en-GB'
  const hour12 =
    new Intl.DateTimeFormat(locale, { hour: 'numeric' }).resolvedOptions().hour12 ?? english === 'en-US'
  const made = new Map<string, Intl.DateTimeFormat>()
  const format = (zone: string, key: string, options: Intl.DateTimeFormatOptions) => {
    const name = `${key} ${zone}`
    let found = made.get(name)
    if (found === undefined) {
      found = new Intl.DateTimeFormat(english, { ...options, timeZone: knownZone(zone) })
      made.set(name, found)
    }
    return found
  }
  const LONG = { month: 'long', day: 'numeric', year: 'numeric' } as const
  const SHORT = { month: 'short', day: 'numeric', year: 'numeric' } as const
  const plainSpaces = (text: string): string => text.replace(/[\u00a0\u202f]/gu, ' ')
  return {
    longDay: (at, zone) => format(zone, 'long', { weekday: 'long', ...LONG }).format(at),
    day: (at, zone) => format(zone, 'day', SHORT).format(at),
    dayOf: (date) => format('UTC', 'date', LONG).format(Date.parse(date)),
    time: (at, zone) =>
      plainSpaces(format(zone, 'time', { hour: 'numeric', minute: '2-digit', hour12 }).format(at)),
    moment: (at, zone) =>
      plainSpaces(
        format(zone, 'moment', {
          ...LONG,
          hour: 'numeric',
          minute: '2-digit',
          second: '2-digit',
          hour12,
        })
          .format(at)
          .replace(' at ', ', '),
      ),
    zone: (at, zone) => {
      if (knownZone(zone) === 'UTC') return 'UTC'
      const parts = format(zone, 'offset', { timeZoneName: 'longOffset' }).formatToParts(at)
      const offset = parts.find((part) => part.type === 'timeZoneName')?.value.slice('GMT'.length) ?? ''
      return `${zone} (UTC${offset === '' ? '+00:00' : offset.replace('-', '−')})`
    },
  }
}

const LETTER = new Set('BZ CA CL CO CR GT MX NI PA PH PR SV US VE'.split(' '))

/**
 * What paper is in the printer where this person is at home (CLDR's paperSize).
 * @param region 'US'; where the system gives none, the locale's own region is taken
 */
export function usualSize(region: string, locale: string): 'a4' | 'letter' {
  const known = region === '' ? new Intl.Locale(knownLocale(locale)).maximize().region : region.toUpperCase()
  return LETTER.has(known ?? '') ? 'letter' : 'a4'
}
