import { Temporal } from 'temporal-polyfill'

export interface Dated {
  readonly name: string
  /** Epoch milliseconds. */
  readonly createdAt: number
}

const RULES: readonly { readonly keep: number; readonly of: (day: Temporal.PlainDate) => string }[] = [
  { keep: 7, of: (day) => day.toString() },
  { keep: 4, of: (day) => `${day.yearOfWeek}-W${day.weekOfYear}` },
  { keep: 12, of: (day) => `${day.year}-${day.month}` },
]

/**
 * Which backups may go: of the last seven days, four weeks and twelve months *that have one*, the newest of each
 * stays. Days without a backup cost none, so a holiday forgets nothing; the newest of all always stays.
 */
export function outdated(backups: readonly Dated[], zone: string): string[] {
  const newestFirst = backups.toSorted((a, b) => b.createdAt - a.createdAt || (a.name < b.name ? 1 : -1))
  const kept = new Set<string>()
  for (const { keep, of } of RULES) {
    const periods = new Set<string>()
    for (const { name, createdAt } of newestFirst) {
      const period = of(
        Temporal.Instant.fromEpochMilliseconds(createdAt).toZonedDateTimeISO(zone).toPlainDate(),
      )
      if (periods.has(period)) continue
      if (periods.size === keep) break
      periods.add(period)
      kept.add(name)
    }
  }
  return newestFirst.map((one) => one.name).filter((name) => !kept.has(name))
}
