import { rmSync } from 'node:fs'
import { inElectronsNode } from '../driving/caseloadProfile.ts'
import { scratch } from '../driving/electron.ts'
import { medianTimesFloor, p95TimesFloor, sample, type Figure } from '../figure.ts'

/** What backupChild.ts prints: milliseconds, one number for each time. */
export interface BackupMeasured {
  /** The record's file, copied by the system and fsynced. */
  readonly copy: readonly number[]
  /** From the asking until the backup lies there with all its hashes, fsynced. */
  readonly written: readonly number[]
  /** Then: read back, opened, every page checked. */
  readonly checked: readonly number[]
  readonly saveWithout: readonly number[]
  readonly saveDuring: readonly number[]
}

export async function backupFigures(): Promise<Figure[]> {
  const directory = scratch('backup')
  try {
    const measured = JSON.parse(await inElectronsNode('backup.mjs', [directory])) as BackupMeasured
    const { copy, written, checked, saveWithout, saveDuring } = measured
    return [
      {
        name: 'Backup of 300 MB, until it is written',
        unit: 'ms',
        figure: sample(written),
        floor: { name: 'plain copy with fsync', sample: sample(copy) },
        target: medianTimesFloor(2),
      },
      { name: 'Backup of 300 MB, read back and checked', unit: 'ms', figure: sample(checked) },
      {
        name: 'Autosave while a backup is made',
        unit: 'ms',
        figure: sample(saveDuring),
        floor: { name: 'without one', sample: sample(saveWithout) },
        target: p95TimesFloor(1.25),
      },
    ]
  } finally {
    rmSync(directory, { recursive: true, force: true })
  }
}
