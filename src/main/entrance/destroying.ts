import type { LogAction } from '../../shared/contract/auditLog.ts'
import type { BackupView } from '../../shared/contract/backup.ts'
import { Refusal } from '../../shared/contract/result.ts'
import { DESTROY_WORDS } from '../../shared/contract/destroyWords.ts'
import type { DestructionPlan, DestructionProof } from '../../shared/contract/wiping.ts'
import type { HeldBack } from '../heldBack.ts'
import type { Locking } from '../locking.ts'
import type { Rooms } from '../rooms/rooms.ts'
import type { Vault } from '../vault/Vault.ts'
import type { Windows } from '../window/windows.ts'
import { createActNotes } from './actNotes.ts'

export interface DestroyingOptions {
  vault: Vault
  rooms: Rooms
  windows: Windows
  locking: Locking
  heldBack: HeldBack
  backups(): BackupView
}

const plainly = (words: string): string => words.trim().toLowerCase().replace(/\s+/gu, ' ')

/** "Destroy this vault", and locking to recovery after ten wrong passphrases: what is asked, and what became of it. */
export function createDestroying({ vault, rooms, windows, locking, heldBack, backups }: DestroyingOptions) {
  let proof: DestructionProof | null = null
  let underWay: Promise<void> | null = null
  /** What could not be removed is tried again by the next start, as its page says; not at every look. */
  let left = false
  const { note } = createActNotes(rooms)

  function requireOwn(): void {
    // The sample has neither keys nor files that outlive it.
    if (rooms.record() === null || rooms.place()?.sampleKey !== null) throw new Refusal('NOT_NOW')
  }

  async function finish(resumed: boolean): Promise<void> {
    // While files are open they are not the system's to remove; on Windows they could not be.
    await locking.settled()
    if (rooms.record() !== null || rooms.notice() !== null) return
    const done = await vault.finishDestruction(resumed)
    if (done === null) return
    proof = done
    left = done.items.some(({ kind, found }) => kind !== 'keychain' && found !== 'gone')
    heldBack.forget()
    locking.forgetAll()
    windows.send('vaultState', {})
  }

  return {
    /** Opens the small window. */
    async ask(): Promise<void> {
      requireOwn()
      await windows.ask('destroy')
    },

    async plan(): Promise<DestructionPlan> {
      requireOwn()
      const { folder, last } = backups()
      return {
        counts: await rooms.counts(),
        formerCopies: await vault.formerStates(),
        backup: folder === null ? null : { folder, last: last?.createdAt ?? null },
      }
    },

    /** Answers once the way back is closed; the rest goes on without anybody waiting for it. */
    async go(words: string, passphrase: string): Promise<void> {
      requireOwn()
      if (windows.question() !== 'destroy' || underWay !== null) throw new Refusal('NOT_NOW')
      if (plainly(words) !== DESTROY_WORDS) throw new Refusal('WORDS_DIFFER')
      await vault.markForDestruction(passphrase)
      underWay = locking
        .lock()
        .then(() => finish(false))
        // The mark stands, and the page says that it waits.
        .catch(() => windows.send('vaultState', {}))
        .finally(() => {
          underWay = null
        })
    },

    /**
     * Before anything looks at the profile: one that was interrupted goes on. Null, or that it cannot go on now:
     * then nothing may be opened or put in place here, for it would be destroyed with the rest. Never rejects.
     */
    async settled(): Promise<'DESTRUCTION_WAITING' | null> {
      if (underWay !== null || rooms.record() !== null) return null
      if (left) return 'DESTRUCTION_WAITING'
      return finish(true).then(
        () => (left ? 'DESTRUCTION_WAITING' : null),
        () => 'DESTRUCTION_WAITING',
      )
    },

    proof: (): DestructionProof | null => proof,

    done(): void {
      proof = null
      windows.send('vaultState', {})
    },

    afterTen(): { on: boolean; possible: boolean } {
      const { facts } = vault
      if (facts === null) return { on: false, possible: false }
      return { on: facts.locksAfterTen, possible: facts.keychain }
    },

    async setAfterTen(on: boolean): Promise<void> {
      requireOwn()
      const { facts } = vault
      if (facts === null || (on && !facts.keychain)) throw new Refusal('NOT_NOW')
      if (on && !facts.recoveryConfirmed) throw new Refusal('RECOVERY_UNCONFIRMED')
      await vault.setAfterTen(on)
      const action: LogAction = on ? 'after-ten-on' : 'after-ten-off'
      await note(action)
    },
  }
}

export type Destroying = ReturnType<typeof createDestroying>
