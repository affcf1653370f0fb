import { inElectronsNode } from '../driving/caseloadProfile.ts'
import { medianAtMost, p95AtMost, sample, type Figure } from '../figure.ts'

/** What recurrenceChild.ts prints: milliseconds. */
export interface RecurrenceMeasured {
  /** In a process of its own: the zones' changes are not known yet, and nothing is compiled. */
  readonly first: readonly number[]
  readonly warm: readonly number[]
}

const PROCESSES = 5

export async function recurrenceFigures(): Promise<Figure[]> {
  const runs: RecurrenceMeasured[] = []
  for (let run = 0; run < PROCESSES; run += 1) {
    runs.push(JSON.parse(await inElectronsNode('recurrence.mjs', [])) as RecurrenceMeasured)
  }
  return [
    {
      name: 'Ten years of 40 series, a process’s first',
      unit: 'ms',
      figure: sample(runs.flatMap((run) => run.first)),
      target: medianAtMost(50, 'ms'),
    },
    {
      name: 'Ten years of 40 series, after that',
      unit: 'ms',
      figure: sample(runs.flatMap((run) => run.warm)),
      target: p95AtMost(50, 'ms'),
    },
  ]
}
