import type { Setting } from '../../shared/contract/app.ts'
import type { Notice } from '../../shared/contract/vault.ts'
import type { Clock } from '../../shared/domain/clock.ts'
import type { Opening } from '../services/record/visit.ts'
import { compare } from '../services/record/witnessing.ts'
import type { Store } from '../store/Store.ts'
import type { WitnessItem } from '../vault/witness.ts'

/** How the record is opened: by which act, and what the keychain remembers of it. */
export interface Entering {
  how: Opening['how']
  failures: number
  witness: WitnessItem | null
  /** A recovery found vault.json changed from outside: the person is told before anything is shown. */
  locksChanged?: boolean
}

export const PLAINLY: Entering = { how: 'unlocked', failures: 0, witness: null }

/** The record's file, open; shown to nobody as long as there is something to tell first. */
export interface Opened {
  store: Store
  key: Buffer
  where: Place
  entering: Entering
  notice: Notice | null
}

export interface Place {
  directory: string
  setting: Setting
  recoveryConfirmed: () => boolean
  /** Of the throwaway vault alone: its private key, which nobody's passphrase guards. */
  sampleKey: Uint8Array | null
  clock: Clock
}

/** Before anything is written or shown: is this the file that was here last? `key` is the caller's. */
export async function openAndCompare(
  openStore: () => Promise<Store>,
  key: Uint8Array,
  where: Place,
  entering: Entering,
  walThere: boolean,
): Promise<Opened> {
  const kept = Buffer.from(key)
  const { witness } = entering
  const opened = await openStore().catch((error: unknown) => {
    kept.fill(0)
    throw error
  })
  try {
    // What was just restored is older than the keychain remembers, and its owner knows: anchored anew.
    const known = witness === null || entering.how === 'restored'
    const found = known ? null : await compare(opened, witness, walThere)
    const notice = found ?? (entering.locksChanged === true ? 'LOCKS_CHANGED' : null)
    return { store: opened, key: kept, where, entering, notice }
  } catch (error) {
    kept.fill(0)
    await opened.close().catch(() => undefined)
    throw error
  }
}
