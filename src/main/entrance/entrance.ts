import type { StrengthVerdict, StopReason, VaultView } from '../../shared/contract/vault.ts'
import { Refusal } from '../../shared/contract/result.ts'
import { WIPE_AFTER } from '../../shared/contract/wiping.ts'
import type { Clock } from '../../shared/domain/clock.ts'
import { unsettledBy } from '../backup/Restoring.ts'
import type { HeldBack } from '../heldBack.ts'
import type { Locking } from '../locking.ts'
import type { Entering } from '../rooms/opening.ts'
import type { Rooms } from '../rooms/rooms.ts'
import { fillSample, sampleClock } from '../sample/caseload.ts'
import { VaultError } from '../vault/errors.ts'
import type { VaultState } from '../vault/inspection.ts'
import type { RecoverInput } from '../vault/recovering.ts'
import { sampleKeys } from '../vault/sample.ts'
import { isAcceptable, type Strength } from '../vault/strength.ts'
import type { Vault } from '../vault/Vault.ts'
import type { Windows } from '../window/windows.ts'
import { createCreation } from './creation.ts'
import { createKeyWindow } from './keyWindow.ts'
import { createNewKeys } from './newKeys.ts'
import { createPrivateDoor } from './privateDoor.ts'
import { REASONS, stopOf } from './stops.ts'

export interface EntranceOptions {
  vault: Vault
  rooms: Rooms
  windows: Windows
  locking: Locking
  clock: Clock
  heldBack: HeldBack
  strength(passphrase: string): Promise<Strength>
  profile: string
  /** Finishes an interrupted restore, before anything looks at the profile; null, or why it cannot be finished. */
  settleRestore(): Promise<StopReason | null>
  /** A vault was destroyed, and its owner has not read the proof yet. */
  destroyed(): boolean
  /** The vault was opened: start what runs beside it. */
  onOpened(): void
  /** See keyWindow.ts. */
  onKeysChanged?(): void
}

/** From a passphrase to open rooms: everything the small page at the door can ask for. */
export function createEntrance(options: EntranceOptions) {
  const { vault, rooms, windows, locking, clock, heldBack } = options
  let stopped: StopReason | null = null
  let setAside = false
  /** A file or its thread failed while it was open: nothing is opened any more in this run. */
  let over = false
  // Two clicks on Unlock must not open the file twice.
  let entering: Promise<void> | null = null
  /** What the page will ask first, looked up before it asks. */
  let ahead: Promise<VaultView> | null = null

  /** `since` is when it was asked for, in times away. */
  const once = (work: (since: number) => Promise<void>): Promise<void> => {
    const since = locking.timesAway()
    ahead = null
    // Nor before a lock is over: what it still has to close and forget would be what was just opened.
    entering ??= locking
      .settled()
      .then(() => work(since))
      .finally(() => {
        entering = null
      })
    return entering
  }

  async function enter(recordKey: Uint8Array, since: number, by: Omit<Entering, 'witness'>): Promise<void> {
    const facts = vault.facts
    if (facts === null) throw new Refusal('LOCKED')
    if (locking.timesAway() !== since) {
      recordKey.fill(0)
      return stayLocked()
    }
    heldBack.open(recordKey)
    const confirmed = (): boolean => vault.facts?.recoveryConfirmed ?? false
    await enterBy(since, async () => {
      const entering = { ...by, witness: vault.witness }
      const notice = await rooms.openRecord(recordKey, facts.setting, confirmed, entering)
      if (notice !== null) locking.held()
    })
  }

  /** Enters once the record is open; where opening fails, everything is closed and the page says why. */
  async function enterBy(since: number, open: () => Promise<void>): Promise<void> {
    try {
      await open()
    } catch (error) {
      heldBack.close()
      await vault.lock()
      stop(stopOf(error))
      throw error
    }
    // Nothing was open yet that its owner's leaving could have locked.
    if (locking.timesAway() !== since) return stayLocked()
    if (rooms.notice() !== null) {
      windows.send('vaultState', {})
      return
    }
    stopped = null
    options.onOpened()
    windows.enterApp()
    void newKeys.entered()
  }

  /** Its owner left while it was being opened. */
  async function stayLocked(): Promise<never> {
    await rooms.closeAll().catch(() => undefined)
    heldBack.close()
    await vault.lock()
    windows.send('vaultState', {})
    throw new Refusal('LOCKED')
  }

  function stop(reason: StopReason): void {
    stopped = reason
    windows.send('vaultState', {})
  }

  // The page and whoever else may ask in one moment: an unfinished set-up is put aside by one of them.
  let inspecting: Promise<VaultState> | null = null
  function inspect(): Promise<VaultState> {
    inspecting ??= inspectOnce().finally(() => {
      inspecting = null
    })
    return inspecting
  }

  async function inspectOnce(): Promise<VaultState> {
    const state = await vault.inspect()
    // A set-up under way in this process is not an unfinished one.
    if (creation.underWay()) return { kind: 'new' }
    if (state.kind !== 'stopped' || state.reason !== 'CREATION_UNFINISHED') return state
    // Nothing was ever written in it; its files are renamed, not deleted, and the page says so.
    // Asked twice at once, the second finds nothing left to do; what cannot be moved is found again below.
    await vault.setAsideUnfinished().then(
      () => (setAside = true),
      () => undefined,
    )
    return vault.inspect()
  }

  const newKeys = createNewKeys({
    ...options,
    enter: (recordKey, since) => enter(recordKey, since, { how: 'unlocked', failures: 0 }),
  })

  /** Null, or why what a stop interrupted cannot be finished. For whoever asks while the files may be open. */
  async function settled(): Promise<StopReason | null> {
    // What is under way now finishes by itself; and an open file's log is not to be moved from under it.
    const inUse =
      entering !== null || locking.isClosing() || rooms.record() !== null || rooms.notice() !== null
    return inUse || newKeys.makingKeys() ? null : settle()
  }

  let settling: Promise<StopReason | null> | null = null
  function settle(): Promise<StopReason | null> {
    settling ??= settleOnce().finally(() => {
      settling = null
    })
    return settling
  }

  /** Nothing is opened beside what an interrupted restore or change of keys has left. */
  async function requireSettled(): Promise<void> {
    refuseWhileOpen()
    await finishInterrupted()
  }

  /** A restore may begin where a damaged file ended this run: it is what mends it. */
  async function requireSettledForRestore(): Promise<void> {
    if (isOpen()) throw new Refusal('NOT_NOW')
    await finishInterrupted()
  }

  async function finishInterrupted(): Promise<void> {
    const unsettled = await settle()
    if (unsettled === null) return
    windows.send('vaultState', {})
    if (unsettled === 'DISK_FULL') throw new Refusal('DISK_FULL')
    throw new Refusal(unsettled === 'PROFILE_READ_ONLY' ? 'READ_ONLY' : 'NOT_NOW')
  }

  async function settleOnce(): Promise<StopReason | null> {
    const unsettled = await options.settleRestore()
    if (unsettled !== null) return unsettled
    return vault.settleKeySwitch().then(() => null, unsettledBy)
  }

  /** Its file is open already, if only to be told about: a second opening would be refused, and end both. */
  function refuseWhileOpen(): void {
    if (over || isOpen()) throw new Refusal('NOT_NOW')
  }

  const isOpen = (): boolean => newKeys.makingKeys() || rooms.notice() !== null || rooms.record() !== null

  const creation = createCreation({
    vault,
    rooms,
    once,
    entering: () => entering,
    async enter(recordKey, since) {
      setAside = false
      await enter(recordKey, since, { how: 'unlocked', failures: 0 })
    },
  })

  async function view(): Promise<VaultView> {
    const question = windows.question()
    const unsettled = await settled()
    // First of all: it may put a set-up that never finished aside, and that is to be said at once.
    const state = await inspect()
    const runningSince = locking.runningSince()
    const base = {
      stop: null,
      notice: null,
      setting: vault.facts?.setting ?? null,
      waitMs: 0,
      keychain: 'ready',
      setAside,
      sessionRunningMs: runningSince === null ? null : Math.max(0, Math.round(clock.now() - runningSince)),
      withoutPassphrase: false,
    } satisfies Omit<VaultView, 'page'>
    if (question !== null) {
      return { ...base, page: question, waitMs: state.kind === 'locked' ? state.waitMs : 0 }
    }
    if (newKeys.makingKeys() || newKeys.keyWork().trouble !== null)
      return { ...base, page: 'rekeying', setting: null }
    if (options.destroyed()) return { ...base, page: 'destroyed', setting: null }
    if (unsettled !== null) return { ...base, page: 'stopped', stop: unsettled }
    if (stopped !== null) {
      // Reading what can be read asks for the passphrase as well, and counts the tries.
      const waitMs = state.kind === 'locked' ? state.waitMs : 0
      return { ...base, page: 'stopped', stop: stopped, waitMs }
    }
    const notice = rooms.notice()
    if (notice !== null) return { ...base, page: 'noticed', notice }
    if (state.kind === 'new') return { ...base, page: 'welcome' }
    if (state.kind === 'locked') {
      const { setting, waitMs, withoutPassphrase } = state
      return { ...base, page: 'unlock', setting, waitMs, withoutPassphrase }
    }
    if (state.reason === 'KEYCHAIN_ITEM_MISSING') return { ...base, page: 'unlock', keychain: 'item-missing' }
    if (state.reason === 'LOCKED_TO_RECOVERY') return { ...base, page: 'unlock', keychain: 'thrown-away' }
    if (state.reason === 'KEYCHAIN_UNAVAILABLE') return { ...base, page: 'unlock', keychain: 'unavailable' }
    if (state.reason === 'PROFILE_READONLY') return { ...base, page: 'stopped', stop: 'PROFILE_READ_ONLY' }
    if (state.reason === 'CREATION_UNFINISHED') return { ...base, page: 'stopped', stop: 'UNKNOWN' }
    return { ...base, page: 'stopped', stop: state.reason }
  }

  return {
    ...creation,
    ...newKeys,
    ...createKeyWindow({ ...options, onNewKeys: () => newKeys.beginNewKeys() }),
    ...createPrivateDoor(options),

    /** While the page's process starts: the keychain takes its time. */
    lookAhead(): void {
      ahead = view()
      ahead.catch(() => undefined)
    },

    state(): Promise<VaultView> {
      const known = ahead
      ahead = null
      return known?.catch(view) ?? view()
    },

    async strength(passphrase: string): Promise<StrengthVerdict> {
      const found = await options.strength(passphrase)
      return { score: found.score, accepted: isAcceptable(found), reason: REASONS[found.reason] }
    },

    lookAround: (): Promise<void> =>
      once(async () => {
        refuseWhileOpen()
        const past = sampleClock(clock)
        await rooms.openSample(sampleKeys(), past)
        const [record, sampleKey] = [rooms.record(), rooms.place()?.sampleKey]
        if (record === null || sampleKey === null || sampleKey === undefined) throw new Refusal('INTERNAL')
        await rooms.openPrivate(new Uint8Array(sampleKey))
        const room = rooms.private()
        if (room !== null) await fillSample(record, room, past)
        await rooms.closePrivate()
        options.onOpened()
        windows.enterApp()
      }),

    unlock: (passphrase: string): Promise<void> =>
      once(async (since) => {
        await requireSettled()
        const { failures } = vault
        const { recordKey } = await vault.unlock(passphrase).catch((error: unknown) => {
          // The passphrase was right; what stands around the slots was changed. A recovery sheet still opens it.
          if (error instanceof VaultError && error.code === 'VAULT_FILE_CHANGED') stop('VAULT_FILE_CHANGED')
          // It may have been the tenth: what the page is for is another thing then.
          if (vault.failures >= WIPE_AFTER) windows.send('vaultState', {})
          throw error
        })
        await enter(recordKey, since, { how: 'unlocked', failures })
      }),

    /** By the keychain alone, where its owner chose that; the wrong passphrases of before wait for a right one. */
    open: (): Promise<void> =>
      once(async (since) => {
        await requireSettled()
        const { recordKey } = await vault.openWithoutPassphrase().catch((error: unknown) => {
          if (error instanceof VaultError && error.code === 'VAULT_FILE_CHANGED') stop('VAULT_FILE_CHANGED')
          throw error
        })
        await enter(recordKey, since, { how: 'opened-without-passphrase', failures: 0 })
      }),

    goOn: (): Promise<void> =>
      once(async (since) => {
        if (rooms.notice() === null) throw new Refusal('NOT_NOW')
        await enterBy(since, () => rooms.goOn())
      }),

    recover: (
      recordCode: string,
      privateCode: string | null,
      newPassphrase: string,
      withoutKeychain: boolean,
    ): Promise<void> =>
      once(async (since) => {
        const given: RecoverInput = {
          recordCode,
          newPassphrase,
          ...(privateCode === null ? {} : { privateCode }),
          ...(withoutKeychain ? { mode: 'passphrase' } : {}),
        }
        await requireSettled()
        const before = await vault.inspect()
        const { failures } = vault
        const { recordKey, privateKey, metadataReset } = await vault.recover(given)
        privateKey?.fill(0)
        await enter(recordKey, since, { how: 'recovered', failures, locksChanged: metadataReset })
        if (before.kind === 'stopped' && before.reason === 'LOCKED_TO_RECOVERY') {
          await rooms
            .record()
            ?.log.note('locked-to-recovery')
            .catch(() => undefined)
        }
      }),

    /** A restored vault is in place: what was said of the former one no longer holds. */
    async enterRestored(passphrase: string, since: number): Promise<void> {
      stopped = null
      over = false
      setAside = false
      try {
        await vault.anchorRestored()
        await once(async () => {
          await requireSettled()
          const { recordKey } = await vault.unlock(passphrase)
          await enter(recordKey, since, { how: 'restored', failures: 0 })
        })
      } catch (error) {
        windows.send('vaultState', {})
        throw error
      }
    },

    requireSettledForRestore,

    /** Nobody is inside, and nothing is on its way in. */
    isAtDoor: (): boolean =>
      entering === null &&
      !locking.isClosing() &&
      !newKeys.makingKeys() &&
      rooms.place() === null &&
      rooms.notice() === null,

    /** What failed while the vault was open: the door says it, and opens nothing until the next start. */
    stop(reason: StopReason): void {
      stopped = reason
      over = true
      windows.send('vaultState', {})
    },
  }
}

export type Entrance = ReturnType<typeof createEntrance>
