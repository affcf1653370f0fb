import type { DestructionProof } from '../../shared/contract/wiping.ts'
import { AttemptMemory } from './attempts.ts'
import type { MadeBackupSlots } from './backupSlots.ts'
import {
  backupSlotsSetAt,
  hasBackupSlot,
  keysOfBackup,
  makeBackupSlots,
  vaultFileForBackup,
} from './backupSlots.ts'
import type { CreationInput, PendingCreation, PreparedVault } from './creation.ts'
import { commitCreation, prepareCreation, setAsideUnfinished } from './creation.ts'
import { markForDestruction, refuseWhileMarked } from './destructionMark.ts'
import type { DurableFiles } from './durableFiles.ts'
import { diskFiles } from './durableFiles.ts'
import { VaultError } from './errors.ts'
import type { VaultState } from './inspection.ts'
import { inspectProfile } from './inspection.ts'
import type { KeychainPort } from './keychain.ts'
import type { KdfPolicy } from './keys.ts'
import { productionKdf, wipe } from './keys.ts'
import { changePassphrase, provePassphrase, unlock, unlockPrivate } from './passphrases.ts'
import { settleKeySwitch, switchKeys } from './keySwitch.ts'
import type { NewKeys } from './newKeys.ts'
import { adoptNewKeys, fileForNewKeys, stageVaultFile, wipeNewKeys } from './newKeys.ts'
import { profilePaths } from './profile.ts'
import type { RecoverInput, Recovered } from './recovering.ts'
import { recover, recoverPrivate } from './recovering.ts'
import type { RestoredKeys, RestoreKeys } from './restoring.ts'
import { anchorRestored, openRestored, passphraseOpens, rewrapRestored } from './restoring.ts'
import type { Challenge, Sheet, SheetWords } from './recovery.ts'
import type { VaultFacts } from './session.ts'
import { VaultSession } from './session.ts'
import type { Confirmation } from './sheets.ts'
import { SheetConfirmation } from './sheets.ts'
import type { Strength } from './strength.ts'
import { noAttempts } from './throttle.ts'
import type { Setting, UnsealedVaultFile } from './vaultFile.ts'
import { finishDestruction, formerStates } from './wiping.ts'
import { openWithoutPassphrase, setWithoutPassphrase } from './withoutPassphrase.ts'
import { WitnessItem } from './witness.ts'

export interface VaultOptions {
  /** The profile's directory: vault.json, record.db, private.db. */
  readonly directory: string
  readonly keychain: KeychainPort
  /** Milliseconds since 1970. */
  readonly now: () => number
  /** StrengthMeter's; what it does not find fair or good protects nothing. */
  readonly strength: (passphrase: string) => Promise<Strength>
  readonly files?: DurableFiles
  /** For tests: production bounds make each derivation take a second. */
  readonly kdf?: KdfPolicy
}

/**
 * Keys, slots, recovery: the only way to the keys of the two databases. Every method fails closed, with a VaultError
 * of the closed list; they run one after the other, so that two tries at once cannot share one count. Keys that are
 * returned belong to the caller, who zeroes them.
 */
export class Vault {
  readonly #session: VaultSession
  readonly #sheets: SheetConfirmation
  #turn: Promise<unknown> = Promise.resolve()
  #pending: PendingCreation | null = null

  constructor(options: VaultOptions) {
    const ports = {
      files: options.files ?? diskFiles,
      keychain: options.keychain,
      paths: profilePaths(options.directory),
      kdf: options.kdf ?? productionKdf,
      now: options.now,
      memory: new AttemptMemory(),
    }
    this.#session = new VaultSession(ports, options.strength)
    this.#sheets = new SheetConfirmation(this.#session)
  }

  /** Null while locked. */
  get facts(): VaultFacts | null {
    return this.#session.facts
  }

  /** Wrong passphrases in a row; ask before the try that may end the row. */
  get failures(): number {
    return this.#session.ports.memory.failures
  }

  /** What the keychain remembers of the record's log; null while locked, and for a vault without a keychain. */
  get witness(): WitnessItem | null {
    const { facts } = this
    return facts?.keychain === true ? new WitnessItem(this.#session.ports.keychain, facts.vaultId) : null
  }

  /** Never throws. */
  inspect(): Promise<VaultState> {
    return this.#inTurn(() => inspectProfile(this.#session.ports, this.#session.ports.memory))
  }

  /**
   * First half of a creation: keychain item, keys and codes. The caller makes both databases with the keys, then
   * calls `commit`; if it cannot, `abandon`.
   */
  prepare(input: CreationInput): Promise<PreparedVault> {
    return this.#unmarked(async () => {
      const { ports } = this.#session
      const state = await inspectProfile(ports, ports.memory)
      const reason = state.kind === 'stopped' ? state.reason : null
      if (reason === 'PROFILE_READONLY' || reason === 'CREATION_UNFINISHED') throw new VaultError(reason)
      if (state.kind !== 'new') throw new VaultError('NOT_NEW')
      await this.#session.requireStrong(input.passphrase)
      const { prepared, pending } = await prepareCreation(ports, input)
      this.#pending = pending
      this.#sheets.begin(prepared.codes)
      return prepared
    })
  }

  /** Second half: vault.json. When it returns the vault exists and is unlocked. May be repeated after a full disk. */
  commit(): Promise<void> {
    return this.#inTurn(async () => {
      const pending = this.#requirePending()
      await commitCreation(this.#session.ports, pending)
      this.#pending = null
      this.#session.hold(pending.file, pending.metadataKey)
      await this.#session.anchor(pending.file)
    })
  }

  /** The databases could not be made: they are set aside; keychain item and marker go. */
  abandon(): Promise<void> {
    return this.#inTurn(async () => {
      const pending = this.#requirePending()
      const { files, keychain, paths } = this.#session.ports
      await setAsideUnfinished(files, paths)
      await keychain.delete(pending.file.vaultId).catch(() => undefined)
      wipe(pending.metadataKey)
      this.#pending = null
      this.#sheets.postpone()
    })
  }

  /** After CREATION_UNFINISHED, before the person is told: renames the leftovers and returns how many files. */
  setAsideUnfinished(): Promise<number> {
    return this.#inTurn(() => {
      if (this.#pending !== null) throw new VaultError('NOT_NEW')
      return setAsideUnfinished(this.#session.ports.files, this.#session.ports.paths)
    })
  }

  /** P is derived once and zeroed. @throws VaultError WRONG_PASSPHRASE and WAIT carry `waitMs`. */
  unlock(passphrase: string): Promise<{ recordKey: Buffer }> {
    return this.#unmarked(() => unlock(this.#session, passphrase))
  }

  /** By choice, the keychain alone. @throws VaultError NOT_CHOSEN, KEYCHAIN_*: the passphrase is asked for then. */
  openWithoutPassphrase(): Promise<{ recordKey: Buffer }> {
    return this.#unmarked(() => openWithoutPassphrase(this.#session))
  }

  /** @throws VaultError LOCKED unless the record is unlocked; PRIVATE_CODE_NEEDED when only code B can open it. */
  unlockPrivate(passphrase: string): Promise<{ privateKey: Buffer }> {
    return this.#inTurn(() => unlockPrivate(this.#session, passphrase))
  }

  changePassphrase(old: string, replacement: string): Promise<{ privateChanged: boolean }> {
    return this.#inTurn(() => changePassphrase(this.#session, old, replacement))
  }

  /** Leaves the vault unlocked. */
  recover(input: RecoverInput): Promise<Recovered> {
    return this.#unmarked(() => recover(this.#session, input))
  }

  recoverPrivate(input: { privateCode: string; passphrase: string }): Promise<{ privateKey: Buffer }> {
    return this.#inTurn(() => recoverPrivate(this.#session, input))
  }

  /** Of a vault.json out of a backup, in a directory of its own: see restoring.ts. */
  openRestored(given: RestoreKeys): Promise<RestoredKeys> {
    return this.#inTurn(() => openRestored(this.#session, given))
  }

  rewrapRestored(given: RestoreKeys): Promise<void> {
    return this.#inTurn(() => rewrapRestored(this.#session, given))
  }

  passphraseOpens(): Promise<boolean> {
    return this.#inTurn(() => passphraseOpens(this.#session))
  }

  /** Whether a backup passphrase could open it. Never throws. */
  hasBackupSlot(): Promise<boolean> {
    return this.#inTurn(() => hasBackupSlot(this.#session))
  }

  /** See backupSlots.ts; the caller keeps the text in the record. */
  makeBackupSlots(passphrase: string, backupPassphrase: string): Promise<MadeBackupSlots> {
    return this.#inTurn(() => makeBackupSlots(this.#session, passphrase, backupPassphrase))
  }

  /** For what only its owner may decide: as at the door, counted. */
  provePassphrase(passphrase: string): Promise<void> {
    return this.#inTurn(() => provePassphrase(this.#session, passphrase))
  }

  /** For what stands in the record: since when (epoch milliseconds) there is a backup passphrase, or null. */
  backupSlotsSetAt(text: string | undefined): Promise<number | null> {
    return this.#inTurn(() => backupSlotsSetAt(this.#session, text))
  }

  /** vault.json as it goes into a backup file, with the slots of the backup passphrase if there is one. */
  vaultFileForBackup(text: string | undefined): Promise<Buffer> {
    return this.#inTurn(() => vaultFileForBackup(this.#session, text))
  }

  /** Of a vault.json out of a backup, at a path. @throws VaultError LOCKED */
  keysOfBackup(path: string): Promise<'present' | 'other' | 'unfit'> {
    return this.#inTurn(() => keysOfBackup(this.#session, path))
  }

  /** Once a restored vault.json has taken its place. */
  anchorRestored(): Promise<void> {
    return this.#inTurn(() => anchorRestored(this.#session))
  }

  /** Which three words of each sheet to ask for; null when no sheets are at hand (confirmed, put off, locked). */
  get recoveryChallenge(): Challenge | null {
    return this.#sheets.challenge
  }

  /** Answers in the challenge's order. Works before `commit`, too. */
  confirmRecovery(answers: SheetWords): Promise<Confirmation> {
    return this.#inTurn(async () => {
      const outcome = this.#sheets.check(answers)
      if (!outcome.confirmed) return outcome
      if (this.#pending === null) {
        await this.#sheets.store()
      } else {
        this.#pending = { ...this.#pending, file: { ...this.#pending.file, recoveryConfirmed: true } }
        this.#sheets.postpone()
      }
      return outcome
    })
  }

  /** "Later": the words leave memory. New sheets that were not confirmed never held; the old ones do. */
  postponeRecovery(): Promise<void> {
    return this.#inTurn(() => {
      this.#sheets.postpone()
    })
  }

  /** For sheets put off: both codes typed in full prove that they were kept. */
  confirmRecoveryByCodes(codes: Readonly<Record<Sheet, string>>): Promise<void> {
    return this.#inTurn(() => this.#sheets.confirmByCodes(codes))
  }

  /** New sheets for lost ones; they hold from `confirmRecovery` on. Old codes still open old backups: say so. */
  renewRecovery(passphrase: string, withKeys = false): Promise<Record<Sheet, string[]>> {
    return this.#inTurn(() => this.#sheets.renew(passphrase, withKeys))
  }

  /**
   * After new sheets were confirmed that were asked for with new keys: these, and vault.json as it will stand. Null
   * when none were asked for. The caller zeroes the keys.
   */
  takeNewKeys(): Promise<{ keys: NewKeys; file: UnsealedVaultFile } | null> {
    return this.#inTurn(async () => {
      const keys = this.#sheets.takeNewKeys()
      try {
        return keys && { keys, file: await fileForNewKeys(this.#session, keys) }
      } catch (error) {
        wipeNewKeys(keys)
        throw error
      }
    })
  }

  /** Into the directory where both files stand under their new keys; see keySwitch.ts. */
  stageVaultFile(directory: string, file: UnsealedVaultFile, keys: NewKeys): Promise<void> {
    return this.#inTurn(() => stageVaultFile(this.#session, directory, file, keys))
  }

  /** `staging` is a name in the profile. Leaves the vault unlocked. */
  switchKeys(staging: string, recordKey: Buffer): Promise<void> {
    return this.#inTurn(async () => {
      await switchKeys(this.#session.ports, staging)
      await adoptNewKeys(this.#session, recordKey)
    })
  }

  /** Before anything looks at the profile. */
  settleKeySwitch(): Promise<void> {
    return this.#inTurn(() => settleKeySwitch(this.#session.ports))
  }

  amend(change: { setting?: Setting; privateLane?: boolean }): Promise<VaultFacts> {
    return this.#inTurn(async () => {
      const file = await this.#session.readVerified()
      const { setting = file.setting, privateLane = file.privateLane } = change
      return this.#session.store({ ...file, setting, privateLane }, this.#session.seal, 'now', 'unproven')
    })
  }

  /** Whether ten wrong passphrases in a row lock it to its sheets; see opening.ts. */
  setAfterTen(on: boolean): Promise<VaultFacts> {
    return this.#inTurn(async () => {
      const file = await this.#session.readVerified()
      if (on) file.afterTen = 'recovery'
      else delete file.afterTen
      // Nobody typed a passphrase for it: switched to and fro, it must not forgive the wrong ones.
      return this.#session.store(file, this.#session.seal, 'now', 'unproven')
    })
  }

  /** Whether the keychain alone opens the record; by the passphrase, both ways. See withoutPassphrase.ts. */
  setWithoutPassphrase(passphrase: string, on: boolean): Promise<VaultFacts> {
    return this.#inTurn(() => setWithoutPassphrase(this.#session, passphrase, on))
  }

  /** Former states of this vault in the profile, which destroying it takes along. */
  formerStates(): Promise<number> {
    return this.#inTurn(async () => formerStates(this.#session.ports, this.#requireFacts().vaultId))
  }

  /** The first step of destroying it: see wiping.ts. @throws VaultError as `unlock` does, and LOCKED */
  markForDestruction(passphrase: string): Promise<void> {
    return this.#inTurn(async () => {
      const { vaultId, keychain } = this.#requireFacts()
      await provePassphrase(this.#session, passphrase)
      await markForDestruction(this.#session.ports, vaultId, keychain)
    })
  }

  /** All other steps, once its files are closed; null when there is nothing to destroy. */
  finishDestruction(resumed: boolean): Promise<DestructionProof | null> {
    return this.#inTurn(async () => {
      const proof = await finishDestruction(this.#session.ports, resumed)
      if (proof !== null) {
        this.#session.forget()
        this.#session.ports.memory.set(noAttempts)
      }
      return proof
    })
  }

  /** Forgets what was kept of an open vault, after whatever is under way. The caller zeroes its keys. */
  lock(): Promise<void> {
    return this.#inTurn(() => {
      this.#session.forget()
      this.#sheets.postpone()
    })
  }

  #requireFacts(): VaultFacts {
    const { facts } = this
    if (facts === null) throw new VaultError('LOCKED')
    return facts
  }

  #requirePending(): PendingCreation {
    if (this.#pending === null) throw new VaultError('NOT_PREPARED')
    return this.#pending
  }

  /** What would be opened or made under a mark would be destroyed at the next look, unasked. */
  #unmarked<T>(work: () => Promise<T>): Promise<T> {
    return this.#inTurn(async () => {
      await refuseWhileMarked(this.#session.ports)
      return work()
    })
  }

  #inTurn<T>(work: () => T | Promise<T>): Promise<T> {
    const result = this.#turn.then(work).catch((error: unknown) => {
      throw error instanceof VaultError ? error : new VaultError('INTERNAL')
    })
    this.#turn = result.catch(() => undefined)
    return result
  }
}
