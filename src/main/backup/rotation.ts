import { Temporal } from 'temporal-polyfill'

export interface Dated {
  readonly name: string
  /** Epoch milliseconds. */
  readonly createdAt: number
}

/** Clocks of two computers differ a little; what is dated later than that was made under a wrong one. */
const AHEAD = 3_600_000

/**
 * Newest first, but those that are dated after `now` (epoch milliseconds) last: one file made under a clock that ran
 * ahead would else be the newest for years.
 */
export function newestFirst<T extends Dated>(backups: readonly T[], now: number): T[] {
  const ahead = (one: T): number => (one.createdAt > now + AHEAD ? 1 : 0)
  return backups.toSorted(
    (a, b) => ahead(a) - ahead(b) || b.createdAt - a.createdAt || (a.name < b.name ? 1 : -1),
  )
}

const RULES: readonly { readonly keep: number; readonly of: (day: Temporal.PlainDate) => string }[] = [
  { keep: 7, of: (day) => day.toString() },
  { keep: 4, of: (day) => `${day.yearOfWeek}-W${day.weekOfYear}` },
  { keep: 12, of: (day) => `${day.year}-${day.month}` },
]

/**
 * Which backups may go: of the last seven days, four weeks and twelve months *that have one*, the newest of each
 * stays. Days without a backup cost none, so a holiday forgets nothing; the newest of all always stays, and so does
 * `verified`, whatever the clocks say: it is the one that was opened and checked a moment ago.
 */
export function outdated(
  backups: readonly Dated[],
  { zone, now, verified }: { zone: string; now: number; verified: string | null },
): string[] {
  const inOrder = newestFirst(backups, now)
  const kept = new Set<string>(verified === null ? [] : [verified])
  for (const { keep, of } of RULES) {
    const periods = new Set<string>()
    for (const { name, createdAt } of inOrder) {
      const period = of(
        Temporal.Instant.fromEpochMilliseconds(createdAt).toZonedDateTimeISO(zone).toPlainDate(),
      )
      if (periods.has(period)) continue
      if (periods.size === keep) break
      periods.add(period)
      kept.add(name)
    }
  }
  return inOrder.map((one) => one.name).filter((name) => !kept.has(name))
}
