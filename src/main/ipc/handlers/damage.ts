import type { Handlers } from '../../../shared/contract/index.ts'
import type { Salvage } from '../../salvage/Salvage.ts'

export interface DamageServices {
  newestBackup(): Promise<{ name: string; createdAt: number } | null>
  salvage: Pick<Salvage, 'begin' | 'progress' | 'notes' | 'leave'>
}

/** Contract to what can be done about a damaged file; no logic. */
export function damageHandlers({ newestBackup, salvage }: DamageServices): Pick<Handlers, 'damage'> {
  return {
    damage: {
      newestBackup: async () => ({ backup: await newestBackup() }),
      salvage: ({ passphrase }) => salvage.begin(passphrase),
      progress: async () => ({ fraction: salvage.progress() }),
      notes: ({ place, from }) => salvage.notes(place, from),
      leave: async () => {
        await salvage.leave()
        return {}
      },
    },
  }
}
