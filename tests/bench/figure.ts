/** Many measurements of one thing, in ascending order. */
export interface Sample {
  readonly values: readonly number[]
  readonly median: number
  readonly p95: number
}

export type Unit = 'ms' | 'MB' | 's'

/** What a figure is held against, said in words for the table and decided by `met`. */
export interface Target {
  readonly words: string
  readonly met: (figure: Sample, floor: Sample | undefined) => boolean
}

export interface Figure {
  readonly name: string
  readonly unit: Unit
  readonly figure: Sample
  /** The least that could be had on this machine, from the same run. */
  readonly floor?: { readonly name: string; readonly sample: Sample }
  /** None: for information. */
  readonly target?: Target
}

export function sample(values: readonly number[]): Sample {
  if (values.length === 0 || values.some((value) => !Number.isFinite(value))) {
    throw new Error('nothing was measured')
  }
  const sorted = values.toSorted((a, b) => a - b)
  const at = (share: number): number => sorted[Math.ceil(share * sorted.length) - 1] ?? Number.NaN
  return { values: sorted, median: at(0.5), p95: at(0.95) }
}

const round = (value: number, digits = 1): number => Number(value.toFixed(digits))

export const medianTimesFloor = (factor: number): Target => ({
  words: `median ≤ ${factor} × floor`,
  met: (figure, floor) => floor !== undefined && figure.median <= floor.median * factor,
})

export const medianAboveFloor = (most: number, unit: Unit): Target => ({
  words: `median ≤ floor + ${most} ${unit}`,
  met: (figure, floor) => floor !== undefined && figure.median <= floor.median + most,
})

export const medianAtMost = (most: number, unit: Unit): Target => ({
  words: `median ≤ ${most} ${unit}`,
  met: (figure) => figure.median <= most,
})

export const p95AtMost = (most: number, unit: Unit): Target => ({
  words: `p95 ≤ ${most} ${unit}`,
  met: (figure) => figure.p95 <= most,
})

export const p95TimesFloor = (factor: number): Target => ({
  words: `p95 ≤ ${factor} × floor’s`,
  met: (figure, floor) => floor !== undefined && figure.p95 <= floor.p95 * factor,
})

const verdict = ({ figure, floor, target }: Figure): string =>
  target === undefined ? '' : target.met(figure, floor?.sample) ? 'met' : 'NOT MET'

function pair(of: Sample, unit: Unit): string {
  const digits = of.p95 < 10 ? 2 : of.p95 < 1000 ? 1 : 0
  return `${of.median.toFixed(digits)} / ${of.p95.toFixed(digits)} ${unit}`
}

/** An aligned table; every pair of numbers is median / p95. */
export function table(figures: readonly Figure[]): string {
  const head = ['', 'median / p95', 'n', 'floor', 'floor is', 'target', '']
  const rows = figures.map((one) => [
    one.name,
    pair(one.figure, one.unit),
    String(one.figure.values.length),
    one.floor === undefined ? '–' : pair(one.floor.sample, one.unit),
    one.floor?.name ?? '',
    one.target?.words ?? 'for information',
    verdict(one),
  ])
  const right = new Set([1, 2, 3])
  const widths = head.map((_, column) => Math.max(...[head, ...rows].map((row) => row[column]?.length ?? 0)))
  const line = (row: readonly string[]): string =>
    row
      .map((cell, at) => (right.has(at) ? cell.padStart(widths[at] ?? 0) : cell.padEnd(widths[at] ?? 0)))
      .join('  ')
      .trimEnd()
  return [line(head), ...rows.map(line)].join('\n')
}

/** As bench.json has it. */
export function toJson(figures: readonly Figure[]): unknown {
  const numbers = ({ values, median, p95 }: Sample) => ({
    median: round(median, 3),
    p95: round(p95, 3),
    values: values.map((value) => round(value, 3)),
  })
  return figures.map((one) => ({
    name: one.name,
    unit: one.unit,
    ...numbers(one.figure),
    floor: one.floor === undefined ? null : { name: one.floor.name, ...numbers(one.floor.sample) },
    target: one.target?.words ?? null,
    met: one.target === undefined ? null : one.target.met(one.figure, one.floor?.sample),
  }))
}
