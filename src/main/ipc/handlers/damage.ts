import type { Handlers, Output } from '../../../shared/contract/index.ts'

export interface DamageServices {
  newestBackup(): Promise<{ name: string; createdAt: number } | null>
  salvage: {
    begin(passphrase: string): Promise<Output<'damage', 'salvage'>>
    progress(): number | null
    notes(place: number, from: number): Promise<Output<'damage', 'notes'>>
    leave(): Promise<void>
  }
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
