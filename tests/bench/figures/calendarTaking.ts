import { rmSync } from 'node:fs'
import { inElectronsNode } from '../driving/caseloadProfile.ts'
import { scratch } from '../driving/electron.ts'
import { medianAtMost, p95AtMost, sample, type Figure } from '../figure.ts'

/** What calendarTakingChild.ts prints: milliseconds, one number for each round. */
export interface TakingMeasured {
  /** From the file until the commit has returned. */
  readonly taken: readonly number[]
  /** The longest time for which the main thread answered nothing meanwhile. */
  readonly blocked: readonly number[]
  /** The longest that a keystroke's save waited meanwhile. */
  readonly saved: readonly number[]
  readonly dropped: readonly number[]
  readonly droppedBlocked: readonly number[]
  readonly droppedSaved: readonly number[]
  /** As many rows, one insert each in one transaction, by the driver alone. */
  readonly rows: readonly number[]
}

export async function takingFigures(): Promise<Figure[]> {
  const directory = scratch('taking')
  try {
    const measured = JSON.parse(await inElectronsNode('calendarTaking.mjs', [directory])) as TakingMeasured
    const floor = { name: 'as many rows, driver alone', sample: sample(measured.rows) }
    return [
      {
        name: '10,000 matched events taken in, file → committed',
        unit: 'ms',
        figure: sample(measured.taken),
        floor,
        target: medianAtMost(3_000, 'ms'),
      },
      {
        name: 'Longest block of main while taking in',
        unit: 'ms',
        figure: sample(measured.blocked),
        target: p95AtMost(50, 'ms'),
      },
      { name: 'Longest wait of an autosave while taking in', unit: 'ms', figure: sample(measured.saved) },
      {
        name: 'That calendar dropped, ask → committed',
        unit: 'ms',
        figure: sample(measured.dropped),
        floor,
        target: medianAtMost(4_000, 'ms'),
      },
      {
        name: 'Longest block of main while dropping',
        unit: 'ms',
        figure: sample(measured.droppedBlocked),
        target: p95AtMost(50, 'ms'),
      },
      {
        name: 'Longest wait of an autosave while dropping',
        unit: 'ms',
        figure: sample(measured.droppedSaved),
      },
    ]
  } finally {
    rmSync(directory, { recursive: true, force: true })
  }
}
