import { test, vi } from 'vitest'
import { expectKept } from '../../reliability/inTest.ts'
import { clock } from '../../reliability/trials/clock.ts'

// Most of the time goes into starting threads, which a busy machine makes slow.
vi.setConfig({ testTimeout: 120_000 })

test('the clock jumps and the zone changes: all is there, and nothing is taken for a forgery', () =>
  expectKept(clock))
