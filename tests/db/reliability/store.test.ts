import { test, vi } from 'vitest'
import { expectKept } from '../../reliability/inTest.ts'
import { diskFullAtEachWrite } from '../../reliability/trials/diskFull.ts'
import { killMigration } from '../../reliability/trials/killMigration.ts'
import { sleep, twoInstances } from '../../reliability/trials/sleep.ts'

// Most of the time goes into starting threads and processes, which a busy machine makes slow.
vi.setConfig({ testTimeout: 120_000 })

// The disk of these trials stands between a process and Linux.
if (process.platform === 'linux') {
  test('no room at the n-th write: what was acknowledged is there, and the file opens', () =>
    expectKept(diskFullAtEachWrite))

  test('killed at any act of a migration: one version or the other, whole', () => expectKept(killMigration))
}

if (process.platform !== 'win32') {
  test('asleep in mid-save, woken or killed: nothing acknowledged is lost', () => expectKept(sleep))
}

test('two at once: one has the file, the other is told', () => expectKept(twoInstances))
