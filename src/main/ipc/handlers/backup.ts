import type { BackupView, BackupWork, RestoreFinding, RestoreKeys, RestoreOffer } from '../../../shared/contract/backup.ts'
import type { Handlers } from '../../../shared/contract/index.ts'

export interface BackupServices {
  backups: {
    view(): BackupView
    chooseFolder(): Promise<boolean>
    backUpNow(): Promise<boolean>
    drill(): Promise<void>
    cancel(): void
  }
  restoring: {
    choose(): Promise<RestoreOffer | null>
    work(): BackupWork | null
    check(given: RestoreKeys): Promise<RestoreFinding>
    apply(given: RestoreKeys): Promise<void>
    forget(): Promise<void>
  }
}

/** Contract to backups and restoring; no logic. */
export function backupHandlers({ backups, restoring }: BackupServices): Pick<Handlers, 'backup' | 'restore'> {
  return {
    backup: {
      state: async () => backups.view(),
      chooseFolder: async () => ({ chosen: await backups.chooseFolder() }),
      backUpNow: async () => ({ made: await backups.backUpNow() }),
      drill: async () => {
        await backups.drill()
        return {}
      },
      cancel: async () => {
        backups.cancel()
        return {}
      },
    },
    restore: {
      choose: async () => ({ offer: await restoring.choose() }),
      progress: async () => ({ work: restoring.work() }),
      check: (given) => restoring.check(given),
      apply: async (given) => {
        await restoring.apply(given)
        return {}
      },
      forget: async () => {
        await restoring.forget()
        return {}
      },
    },
  }
}
