import type { Trial } from '../trial.ts'
import { backupRestore } from './backupRestore.ts'
import { clock } from './clock.ts'
import { damage, damagedLog } from './damage.ts'
import { diskFull, diskFullAtEachWrite, diskFullSmallDisk } from './diskFull.ts'
import { ipc } from './ipc.ts'
import { killMigration } from './killMigration.ts'
import { killStore } from './killStore.ts'
import { killBackup, killChange, killKeys, killRestore, killSheets } from './killVault.ts'
import { powerLoss, powerLossUnsynced } from './powerLoss.ts'
import { olderCopies, pagePutBack, walRemoved } from './putBack.ts'
import { sleep, twoInstances } from './sleep.ts'

/** In the order of security.md's table. They run in Electron's Node, without a window. */
export const storeTrials: readonly Trial[] = [
  killStore,
  powerLoss,
  powerLossUnsynced,
  damage,
  damagedLog,
  pagePutBack,
  olderCopies,
  walRemoved,
  diskFull,
  diskFullAtEachWrite,
  diskFullSmallDisk,
  killMigration,
  killChange,
  killSheets,
  killKeys,
  killBackup,
  killRestore,
  ipc,
  backupRestore,
  clock,
  sleep,
  twoInstances,
]
