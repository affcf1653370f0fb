import type { Trial } from '../trial.ts'
import { damage, damagedLog } from './damage.ts'
import { diskFull, diskFullAtEachWrite, diskFullSmallDisk } from './diskFull.ts'
import { ipc } from './ipc.ts'
import { killMigration } from './killMigration.ts'
import { killStore } from './killStore.ts'
import { powerLoss, powerLossUnsynced } from './powerLoss.ts'
import { sleep, twoInstances } from './sleep.ts'

/** In the order of security.md's table. They run in Electron's Node, without a window. */
export const storeTrials: readonly Trial[] = [
  killStore,
  powerLoss,
  powerLossUnsynced,
  damage,
  damagedLog,
  diskFull,
  diskFullAtEachWrite,
  diskFullSmallDisk,
  killMigration,
  ipc,
  sleep,
  twoInstances,
]
