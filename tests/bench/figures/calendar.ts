import { rmSync } from 'node:fs'
import { inElectronsNode } from '../driving/caseloadProfile.ts'
import { scratch } from '../driving/electron.ts'
import { takingFigures } from './calendarTaking.ts'
import { medianAtMost, p95AtMost, sample, type Figure } from '../figure.ts'

/** What calendarChild.ts prints: milliseconds, one number for each round. */
export interface CalendarMeasured {
  /** The file's bytes, by themselves. */
  readonly file: readonly number[]
  /** From the asking until the plan is there. */
  readonly taken: readonly number[]
  /** The longest time for which the main thread answered nothing meanwhile. */
  readonly blocked: readonly number[]
  /** The plan, by itself. */
  readonly plan: readonly number[]
}

export async function calendarFigures(): Promise<Figure[]> {
  return [...(await readingFigures()), ...(await takingFigures())]
}

async function readingFigures(): Promise<Figure[]> {
  const directory = scratch('calendar')
  try {
    const measured = JSON.parse(await inElectronsNode('calendar.mjs', [directory])) as CalendarMeasured
    const { file, taken, blocked, plan } = measured
    return [
      {
        name: '10,000 events taken in: read and planned',
        unit: 'ms',
        figure: sample(taken),
        floor: { name: 'reading the file', sample: sample(file) },
        target: medianAtMost(3_000, 'ms'),
      },
      {
        name: 'Longest block of main while doing so',
        unit: 'ms',
        figure: sample(blocked),
        target: p95AtMost(50, 'ms'),
      },
      { name: 'The plan for 10,000 events, again', unit: 'ms', figure: sample(plan) },
    ]
  } finally {
    rmSync(directory, { recursive: true, force: true })
  }
}
