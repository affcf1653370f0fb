import type { Page } from '@playwright/test'
import { launch, removeProfile, vaultProfile, type Running } from './application.ts'

/** Both pages are there from the start: the door in front, the application's page locked behind it. */
export interface BothPages {
  readonly profile: string
  readonly running: Running
  readonly door: Page
  readonly page: Page
  both(): [string, Page][]
  close(): Promise<void>
}

/** A locked vault, started. */
export async function openBothPages(): Promise<BothPages> {
  const profile = await vaultProfile()
  const running = await launch({ profile })
  const [door, page] = [await running.door(), await running.page()]
  return {
    profile,
    running,
    door,
    page,
    both: () => [
      ['the door', door],
      ['the application', page],
    ],
    async close() {
      await running.stop()
      removeProfile(profile)
    },
  }
}
