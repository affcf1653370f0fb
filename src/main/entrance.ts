import type { StrengthVerdict, StopReason, VaultView } from '../shared/contract/vault.ts'
import { Refusal } from '../shared/contract/result.ts'
import type { Clock } from '../shared/domain/clock.ts'
import type { HeldBack } from './heldBack.ts'
import type { Locking } from './locking.ts'
import type { Rooms } from './rooms.ts'
import { OpenError } from './store/openError.ts'
import { SqlError } from './store/Store.ts'
import type { VaultState } from './vault/inspection.ts'
import type { RecoverInput } from './vault/recovering.ts'
import { VaultError } from './vault/errors.ts'
import { sampleKeys } from './vault/sample.ts'
import { isAcceptable, type Strength } from './vault/strength.ts'
import type { Vault } from './vault/Vault.ts'
import { fillSample, sampleClock } from './sample/caseload.ts'
import type { Setting } from '../shared/contract/app.ts'
import type { Windows } from './window/windows.ts'

export interface EntranceOptions {
  vault: Vault
  rooms: Rooms
  windows: Windows
  locking: Locking
  clock: Clock
  heldBack: HeldBack
  strength(passphrase: string): Promise<Strength>
  /** The vault was opened: start what runs beside it. */
  onOpened(): void
}

const REASONS: Record<Strength['reason'], StrengthVerdict['reason']> = {
  NONE: 'none',
  TOO_SHORT: 'too-short',
  TOO_LONG: 'too-long',
  NOT_TEXT: 'pattern',
  NAME: 'name',
  COMPUTER: 'name',
  DATE: 'date',
  COMMON: 'common',
  REPEATED: 'pattern',
  PATTERN: 'pattern',
  GUESSABLE: 'weak',
}

/** What an unopenable database means to the person in front of it. */
const STOPS: Partial<Record<OpenError['code'], StopReason>> = {
  MISSING: 'RECORD_MISSING',
  WRONG_KEY_OR_DAMAGED: 'RECORD_DAMAGED',
  DAMAGED: 'RECORD_DAMAGED',
  PLAINTEXT: 'RECORD_CHANGED',
  CHANGED: 'RECORD_CHANGED',
  NEWER: 'RECORD_NEWER',
  IN_USE: 'IN_USE',
  READONLY: 'PROFILE_READ_ONLY',
  FULL: 'DISK_FULL',
}

/** The first thing an open record is asked for is to write that it is open. */
const WRITE_STOPS: Partial<Record<SqlError['code'], StopReason>> = {
  FULL: 'DISK_FULL',
  READONLY: 'PROFILE_READ_ONLY',
  BUSY: 'IN_USE',
  CORRUPT: 'RECORD_DAMAGED',
  NOT_A_DATABASE: 'RECORD_DAMAGED',
}

function stopOf(error: unknown): StopReason {
  if (error instanceof OpenError) return STOPS[error.code] ?? 'UNKNOWN'
  if (error instanceof SqlError) return WRITE_STOPS[error.code] ?? 'UNKNOWN'
  return 'UNKNOWN'
}

/** From a passphrase to open rooms: everything the small page at the door can ask for. */
export function createEntrance(options: EntranceOptions) {
  const { vault, rooms, windows, locking, clock, heldBack } = options
  let keys: { recordKey: Buffer; privateKey: Buffer; setting: Setting } | null = null
  let stopped: StopReason | null = null
  let setAside = false
  // Two clicks on Unlock must not open the file twice.
  let entering: Promise<void> | null = null

  const once = (work: () => Promise<void>): Promise<void> => {
    // Nor before a lock is over: what it still has to close and forget would be what was just opened.
    entering ??= locking
      .settled()
      .then(work)
      .finally(() => {
        entering = null
      })
    return entering
  }

  async function enter(recordKey: Uint8Array): Promise<void> {
    const facts = vault.facts
    if (facts === null) throw new Refusal('LOCKED')
    heldBack.open(recordKey)
    try {
      await rooms.openRecord(recordKey, facts.setting, () => vault.facts?.recoveryConfirmed ?? false)
    } catch (error) {
      heldBack.close()
      await vault.lock()
      stop(stopOf(error))
      throw error
    }
    stopped = null
    options.onOpened()
    windows.enterApp()
  }

  function stop(reason: StopReason): void {
    stopped = reason
    windows.send('vaultState', {})
  }

  async function inspect(): Promise<VaultState> {
    const state = await vault.inspect()
    // A set-up under way in this process is not an unfinished one.
    if (keys !== null) return { kind: 'new' }
    if (state.kind !== 'stopped' || state.reason !== 'CREATION_UNFINISHED') return state
    // Nothing was ever written in it; its files are renamed, not deleted, and the page says so.
    // Asked twice at once, the second finds nothing left to do; what cannot be moved is found again below.
    await vault.setAsideUnfinished().then(
      () => (setAside = true),
      () => undefined,
    )
    return vault.inspect()
  }

  function forgetKeys(): void {
    keys?.recordKey.fill(0)
    keys?.privateKey.fill(0)
    keys = null
  }

  return {
    async state(): Promise<VaultView> {
      const question = windows.question()
      // First of all: it may put a set-up that never finished aside, and that is to be said at once.
      const state = await inspect()
      const runningSince = locking.runningSince()
      const base = {
        stop: null,
        setting: vault.facts?.setting ?? null,
        waitMs: 0,
        keychain: 'ready',
        setAside,
        sessionRunningMs: runningSince === null ? null : Math.max(0, Math.round(clock.now() - runningSince)),
      } satisfies Omit<VaultView, 'page'>
      if (question !== null) {
        return { ...base, page: question, waitMs: state.kind === 'locked' ? state.waitMs : 0 }
      }
      if (stopped !== null) return { ...base, page: 'stopped', stop: stopped }
      if (state.kind === 'new') return { ...base, page: 'welcome' }
      if (state.kind === 'locked') {
        return { ...base, page: 'unlock', setting: state.setting, waitMs: state.waitMs }
      }
      if (state.reason === 'KEYCHAIN_ITEM_MISSING')
        return { ...base, page: 'unlock', keychain: 'item-missing' }
      if (state.reason === 'KEYCHAIN_UNAVAILABLE') return { ...base, page: 'unlock', keychain: 'unavailable' }
      if (state.reason === 'PROFILE_READONLY') return { ...base, page: 'stopped', stop: 'PROFILE_READ_ONLY' }
      if (state.reason === 'CREATION_UNFINISHED') return { ...base, page: 'stopped', stop: 'UNKNOWN' }
      return { ...base, page: 'stopped', stop: state.reason }
    },

    async strength(passphrase: string): Promise<StrengthVerdict> {
      const found = await options.strength(passphrase)
      return { score: found.score, accepted: isAcceptable(found), reason: REASONS[found.reason] }
    },

    async prepare(setting: Setting, passphrase: string, withoutKeychain: boolean) {
      if (keys !== null) {
        forgetKeys()
        await vault.abandon()
      }
      const mode = withoutKeychain ? 'passphrase' : 'keychain+passphrase'
      const prepared = await vault.prepare({ setting, passphrase, mode })
      keys = { recordKey: prepared.recordKey, privateKey: prepared.privateKey, setting }
      const ask = vault.recoveryChallenge
      if (ask === null) throw new Refusal('NOT_NOW')
      return {
        record: [...prepared.codes.record],
        private: [...prepared.codes.private],
        ask: { record: [...ask.record], private: [...ask.private] },
      }
    },

    async confirmWords(given: { record: string[]; private: string[] }): Promise<void> {
      const { confirmed, wrong } = await vault.confirmRecovery(given)
      if (confirmed) return
      const first = wrong[0]
      throw new Refusal('WORDS_DIFFER', first === undefined ? undefined : `${first.sheet}.${first.word}`)
    },

    finish: (): Promise<void> =>
      once(async () => {
        if (keys === null) throw new Refusal('NOT_NOW')
        const recordKey = Buffer.from(keys.recordKey)
        try {
          await rooms.create(keys)
          await vault.commit()
          await vault.postponeRecovery()
        } catch (error) {
          recordKey.fill(0)
          await vault.abandon().catch(() => undefined)
          throw error
        } finally {
          forgetKeys()
        }
        setAside = false
        await enter(recordKey)
      }),

    async abandon(): Promise<void> {
      // Zeroing the keys between the making of two files would make the second under no key at all.
      await entering?.catch(() => undefined)
      if (keys === null) return
      forgetKeys()
      await vault.abandon()
    },

    lookAround: (): Promise<void> =>
      once(async () => {
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
      once(async () => {
        const { recordKey } = await vault.unlock(passphrase).catch((error: unknown) => {
          // The passphrase was right; what stands around the slots was changed. A recovery sheet still opens it.
          if (error instanceof VaultError && error.code === 'VAULT_FILE_CHANGED') stop('VAULT_FILE_CHANGED')
          throw error
        })
        await enter(recordKey)
      }),

    recover: (
      recordCode: string,
      privateCode: string | null,
      newPassphrase: string,
      withoutKeychain: boolean,
    ): Promise<void> =>
      once(async () => {
        const given: RecoverInput = {
          recordCode,
          newPassphrase,
          ...(privateCode === null ? {} : { privateCode }),
          ...(withoutKeychain ? { mode: 'passphrase' } : {}),
        }
        const { recordKey, privateKey } = await vault.recover(given)
        privateKey?.fill(0)
        await enter(recordKey)
      }),

    async unlockPrivate(passphrase: string): Promise<void> {
      const { privateKey } = await vault.unlockPrivate(passphrase)
      await rooms.openPrivate(privateKey)
      windows.dismissQuestion()
    },

    async recoverPrivate(privateCode: string, passphrase: string): Promise<void> {
      const { privateKey } = await vault.recoverPrivate({ privateCode, passphrase })
      await rooms.openPrivate(privateKey)
      windows.dismissQuestion()
    },

    async confirmCodes(recordCode: string, privateCode: string): Promise<void> {
      await vault.confirmRecoveryByCodes({ record: recordCode, private: privateCode })
      windows.dismissQuestion()
    },

    dismiss: (): void => windows.dismissQuestion(),

    /** Opens the private room, asking for the passphrase where one guards it. */
    async openPrivateRoom(): Promise<boolean> {
      if (rooms.private() === null) {
        const sampleKey = rooms.place()?.sampleKey
        if (sampleKey !== null && sampleKey !== undefined) await rooms.openPrivate(new Uint8Array(sampleKey))
        else await windows.ask('private')
      }
      const opened = rooms.private() !== null
      if (opened) {
        locking.privateOpened()
        windows.send('privateRoom', { room: 'open' })
      }
      return opened
    },

    async confirmRecovery(): Promise<boolean> {
      if (rooms.place()?.recoveryConfirmed() !== true) await windows.ask('confirm')
      return rooms.place()?.recoveryConfirmed() === true
    },
  }
}

export type Entrance = ReturnType<typeof createEntrance>
