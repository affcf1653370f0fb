import type { LogAction } from '../shared/contract/auditLog.ts'
import type { StrengthVerdict, StopReason, VaultView } from '../shared/contract/vault.ts'
import { Refusal } from '../shared/contract/result.ts'
import type { Clock } from '../shared/domain/clock.ts'
import type { HeldBack } from './heldBack.ts'
import type { Locking } from './locking.ts'
import type { Entering, Rooms } from './rooms.ts'
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
import type { Question, Windows } from './window/windows.ts'

export interface EntranceOptions {
  vault: Vault
  rooms: Rooms
  windows: Windows
  locking: Locking
  clock: Clock
  heldBack: HeldBack
  strength(passphrase: string): Promise<Strength>
  /** Finishes an interrupted restore, before anything looks at the profile; null, or why it cannot be finished. */
  settleRestore(): Promise<StopReason | null>
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
  /** A file or its thread failed while it was open: nothing is opened any more in this run. */
  let over = false
  /** What the small window over the application is for was done in it. */
  let answered = false
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

  async function enter(recordKey: Uint8Array, by: Omit<Entering, 'witness'>): Promise<void> {
    const facts = vault.facts
    if (facts === null) throw new Refusal('LOCKED')
    heldBack.open(recordKey)
    const confirmed = (): boolean => vault.facts?.recoveryConfirmed ?? false
    await enterBy(async () => {
      const entering = { ...by, witness: vault.witness }
      const notice = await rooms.openRecord(recordKey, facts.setting, confirmed, entering)
      if (notice !== null) locking.held()
    })
  }

  /** Enters once the record is open; where opening fails, everything is closed and the page says why. */
  async function enterBy(open: () => Promise<void>): Promise<void> {
    try {
      await open()
      if (rooms.notice() !== null) {
        windows.send('vaultState', {})
        return
      }
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

  async function requireWords(given: { record: string[]; private: string[] }): Promise<void> {
    const { confirmed, wrong } = await vault.confirmRecovery(given)
    if (confirmed) return
    const first = wrong[0]
    throw new Refusal('WORDS_DIFFER', first === undefined ? undefined : `${first.sheet}.${first.word}`)
  }

  /** What was done with the vault itself is done already: a line that cannot be written does not undo it. */
  async function note(action: LogAction, about: { count?: number } = {}): Promise<void> {
    await rooms
      .record()
      ?.log.note(action, about)
      .catch(() => undefined)
  }

  const noteFailures = async (count: number): Promise<void> =>
    count > 0 ? note('unlock-failed', { count }) : undefined

  /** Its file is open already, if only to be told about: a second opening would be refused, and end both. */
  function refuseWhileOpen(): void {
    if (over || rooms.notice() !== null || rooms.record() !== null) throw new Refusal('NOT_NOW')
  }

  function requireQuestion(kind: Question): void {
    if (windows.question() !== kind) throw new Refusal('NOT_NOW')
  }

  /** Opens a small window over the application; true when what it is for was done in it. */
  async function ask(kind: Question): Promise<boolean> {
    // The sample has no passphrase and no sheets.
    if (rooms.place()?.sampleKey !== null) throw new Refusal('NOT_NOW')
    if (windows.question() === null) answered = false
    await windows.ask(kind)
    // Sheets that were shown and not confirmed are nobody's: the words leave memory.
    if (kind === 'sheets') await vault.postponeRecovery()
    return answered
  }

  return {
    async state(): Promise<VaultView> {
      const question = windows.question()
      const unsettled = await options.settleRestore()
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
      } satisfies Omit<VaultView, 'page'>
      if (question !== null) {
        return { ...base, page: question, waitMs: state.kind === 'locked' ? state.waitMs : 0 }
      }
      if (unsettled !== null) return { ...base, page: 'stopped', stop: unsettled }
      if (stopped !== null) return { ...base, page: 'stopped', stop: stopped }
      const notice = rooms.notice()
      if (notice !== null) return { ...base, page: 'noticed', notice }
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

    confirmWords: requireWords,

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
        await enter(recordKey, { how: 'unlocked', failures: 0 })
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
        refuseWhileOpen()
        const { failures } = vault
        const { recordKey } = await vault.unlock(passphrase).catch((error: unknown) => {
          // The passphrase was right; what stands around the slots was changed. A recovery sheet still opens it.
          if (error instanceof VaultError && error.code === 'VAULT_FILE_CHANGED') stop('VAULT_FILE_CHANGED')
          throw error
        })
        await enter(recordKey, { how: 'unlocked', failures })
      }),

    goOn: (): Promise<void> =>
      once(async () => {
        if (rooms.notice() === null) throw new Refusal('NOT_NOW')
        await enterBy(() => rooms.goOn())
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
        refuseWhileOpen()
        const { failures } = vault
        const { recordKey, privateKey } = await vault.recover(given)
        privateKey?.fill(0)
        await enter(recordKey, { how: 'recovered', failures })
      }),

    /** A restored vault is in place: what was said of the former one no longer holds. */
    async enterRestored(passphrase: string): Promise<void> {
      stopped = null
      over = false
      setAside = false
      try {
        await vault.anchorRestored()
        await once(async () => {
          refuseWhileOpen()
          const { recordKey } = await vault.unlock(passphrase)
          await enter(recordKey, { how: 'restored', failures: 0 })
        })
      } catch (error) {
        windows.send('vaultState', {})
        throw error
      }
    },

    async unlockPrivate(passphrase: string): Promise<void> {
      const { failures } = vault
      const { privateKey } = await vault.unlockPrivate(passphrase)
      await noteFailures(failures)
      await rooms.openPrivate(privateKey)
      windows.dismissQuestion()
    },

    async recoverPrivate(privateCode: string, passphrase: string): Promise<void> {
      const { failures } = vault
      const { privateKey } = await vault.recoverPrivate({ privateCode, passphrase })
      await noteFailures(failures)
      await rooms.openPrivate(privateKey)
      windows.dismissQuestion()
    },

    async confirmCodes(recordCode: string, privateCode: string): Promise<void> {
      await vault.confirmRecoveryByCodes({ record: recordCode, private: privateCode })
      await note('recovery-confirmed')
      windows.dismissQuestion()
    },

    /** The small window stays: it says what became of the private room's passphrase. */
    async changePassphrase(passphrase: string, replacement: string): Promise<{ privateChanged: boolean }> {
      requireQuestion('passphrase')
      const { failures } = vault
      const outcome = await vault.changePassphrase(passphrase, replacement)
      answered = true
      await noteFailures(failures)
      await note('passphrase-changed')
      return outcome
    },

    async renewSheets(passphrase: string) {
      requireQuestion('sheets')
      const { failures } = vault
      const codes = await vault.renewRecovery(passphrase)
      await noteFailures(failures)
      const ask = vault.recoveryChallenge
      if (ask === null) throw new Refusal('NOT_NOW')
      return {
        record: [...codes.record],
        private: [...codes.private],
        ask: { record: [...ask.record], private: [...ask.private] },
      }
    },

    async confirmSheets(given: { record: string[]; private: string[] }): Promise<void> {
      requireQuestion('sheets')
      await requireWords(given)
      answered = true
      await note('recovery-renewed')
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

    askForPassphrase: (): Promise<boolean> => ask('passphrase'),
    askForSheets: (): Promise<boolean> => ask('sheets'),

    /** What failed while the vault was open: the door says it, and opens nothing until the next start. */
    stop(reason: StopReason): void {
      stopped = reason
      over = true
      windows.send('vaultState', {})
    },

    async confirmRecovery(): Promise<boolean> {
      if (rooms.place()?.recoveryConfirmed() !== true) await windows.ask('confirm')
      return rooms.place()?.recoveryConfirmed() === true
    },
  }
}

export type Entrance = ReturnType<typeof createEntrance>
