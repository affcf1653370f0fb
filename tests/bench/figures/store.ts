import { rmSync } from 'node:fs'
import { copyOfProfile } from '../driving/application.ts'
import { inElectronsNode } from '../driving/caseloadProfile.ts'
import { sample, type Figure } from '../figure.ts'

/** What storeChild.ts prints: milliseconds, one number for each time. */
export interface StoreMeasured {
  readonly sync: number[]
  readonly driverSave: number[]
  readonly save: number[]
  readonly longSave: number[]
  readonly settle: number[]
  readonly review: number[]
  readonly client: number[]
  readonly clients: number[]
  readonly day: number[]
  readonly search: number[]
  readonly ranked: number[]
  readonly versions: Readonly<
    Record<
      | 'electron'
      | 'chrome'
      | 'node'
      | 'driver'
      | 'driverVersion'
      | 'sqliteVersion'
      | 'cipherVersion'
      | 'cipherProvider',
      string
    >
  >
}

export async function measureStore(caseload: string): Promise<StoreMeasured> {
  const profile = await copyOfProfile(caseload)
  try {
    return JSON.parse(await inElectronsNode('store.mjs', [profile])) as StoreMeasured
  } finally {
    rmSync(profile, { recursive: true, force: true })
  }
}

/** All for information: they say where the time of the figures in the window goes. */
export function storeFigures(measured: StoreMeasured): Figure[] {
  const line = (name: string, values: readonly number[]): Figure => ({
    name,
    unit: 'ms',
    figure: sample(values),
  })
  return [
    line('Disk: fdatasync of 4 KB', measured.sync),
    line('Driver: committed save, 300 words', measured.driverSave),
    line('Store: committed save, 300 words', measured.save),
    line('Store: committed save, 3,000 words', measured.longSave),
    line('Store: index rows of two drafts', measured.settle),
    line('Store: the day', measured.day),
    line('Store: a review', measured.review),
    line('Store: a client', measured.client),
    line('Store: the list of clients', measured.clients),
    line('Store: search, newest first', measured.search),
    line('Store: search, ranked', measured.ranked),
  ]
}
