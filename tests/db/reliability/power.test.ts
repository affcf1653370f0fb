import { test, vi } from 'vitest'
import { expectKeptOnLinux } from '../../reliability/inTest.ts'
import { powerLoss, powerLossUnsynced } from '../../reliability/trials/powerLoss.ts'

// Most of the time goes into starting processes, which a busy machine makes slow.
vi.setConfig({ testTimeout: 120_000 })

test('the power goes: nothing acknowledged is lost, nothing is half there', () =>
  expectKeptOnLinux(powerLoss))

test('with synchronous=OFF the same disk loses notes', () => expectKeptOnLinux(powerLossUnsynced))
