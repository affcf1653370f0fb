import type {
  BackupView,
  BackupWork,
  RestoreFinding,
  RestoreKeys,
  RestoreOffer,
} from '../../../shared/contract/backup.ts'
import type { Handlers } from '../../../shared/contract/index.ts'
import { Refusal } from '../../../shared/contract/result.ts'

export interface BackupServices {
  /** Null while locked. */
  record(): object | null
  backups: {
    view(): BackupView
    chooseFolder(): Promise<boolean>
    backUpNow(): Promise<boolean>
    drill(): Promise<void>
    cancel(): void
  }
  restoring: {
    choose(): Promise<RestoreOffer | null>
    chooseNewest(): Promise<RestoreOffer | null>
    work(): BackupWork | null
    check(given: RestoreKeys): Promise<RestoreFinding>
    apply(given: RestoreKeys): Promise<void>
    forget(): Promise<void>
  }
}

/** Contract to backups and restoring; no logic. */
export function backupHandlers(services: BackupServices): Pick<Handlers, 'backup' | 'restore'> {
  const { restoring } = services
  const open = (): BackupServices['backups'] => {
    if (services.record() === null) throw new Refusal('LOCKED')
    return services.backups
  }
  return {
    backup: {
      state: async () => open().view(),
      chooseFolder: async () => ({ chosen: await open().chooseFolder() }),
      backUpNow: async () => ({ made: await open().backUpNow() }),
      drill: async () => {
        await open().drill()
        return {}
      },
      cancel: async () => {
        open().cancel()
        return {}
      },
    },
    restore: {
      choose: async () => ({ offer: await restoring.choose() }),
      chooseNewest: async () => ({ offer: await restoring.chooseNewest() }),
      progress: async () => ({ work: restoring.work() }),
      check: ({ keys }) => restoring.check(keys),
      apply: async ({ keys }) => {
        await restoring.apply(keys)
        return {}
      },
      forget: async () => {
        await restoring.forget()
        return {}
      },
    },
  }
}
