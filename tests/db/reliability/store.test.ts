import { expect, test, vi } from 'vitest'
import { expectKept, expectKeptOnLinux } from '../../reliability/inTest.ts'
import { diskFullAtEachWrite } from '../../reliability/trials/diskFull.ts'
import { killMigration } from '../../reliability/trials/killMigration.ts'
import { sleep, twoInstances } from '../../reliability/trials/sleep.ts'

// Most of the time goes into starting threads and processes, which a busy machine makes slow.
vi.setConfig({ testTimeout: 120_000 })

test('no room at the n-th write: what was acknowledged is there, and the file opens', () =>
  expectKeptOnLinux(diskFullAtEachWrite))

test('killed at any act of a migration: one version or the other, whole', () =>
  expectKeptOnLinux(killMigration))

test('asleep in mid-save, woken or killed: nothing acknowledged is lost', async () => {
  if (sleep.unavailable?.() === null) await expectKept(sleep)
  else expect(process.platform).toBe('win32')
})

test('two at once: one has the file, the other is told', () => expectKept(twoInstances))
