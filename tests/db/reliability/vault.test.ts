import { test, vi } from 'vitest'
import { expectKeptOnLinux } from '../../reliability/inTest.ts'
import {
  killBackup,
  killChange,
  killKeys,
  killRestore,
  killSheets,
} from '../../reliability/trials/killVault.ts'

// Most of the time goes into starting processes, which a busy machine makes slow.
vi.setConfig({ testTimeout: 120_000 })

for (const trial of [killChange, killSheets, killKeys, killBackup, killRestore]) {
  test(`${trial.name}: killed at any write, a vault opens`, () => expectKeptOnLinux(trial))
}
