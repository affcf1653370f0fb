import { expect, test, vi } from 'vitest'
import { diskMissing } from '../../reliability/disk/disk.ts'
import { expectKept } from '../../reliability/inTest.ts'
import { powerLoss, powerLossUnsynced } from '../../reliability/trials/powerLoss.ts'

// Most of the time goes into starting processes, which a busy machine makes slow.
vi.setConfig({ testTimeout: 120_000 })

// Elsewhere there is no way to stand between a process and its disk; the store is the same.
if (process.platform === 'linux') {
  test('the disk of these trials can be had: gcc is there', () => expect(diskMissing()).toBe(null))
  test('the power goes: nothing acknowledged is lost, nothing is half there', () => expectKept(powerLoss))
  test('with synchronous=OFF the same disk loses notes', () => expectKept(powerLossUnsynced))
} else {
  test('the power goes: not run here, as there is no LD_PRELOAD', () => expect(diskMissing()).not.toBe(null))
}
