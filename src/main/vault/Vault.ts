import { AttemptMemory, readCompanion, writeCompanion } from './attempts.ts'
import type { CreationInput, PendingCreation, PreparedVault } from './creation.ts'
import { commitCreation, prepareCreation, setAsideUnfinished } from './creation.ts'
import type { DurableFiles } from './durableFiles.ts'
import { diskFiles } from './durableFiles.ts'
import { VaultError } from './errors.ts'
import type { VaultState } from './inspection.ts'
import { inspectProfile } from './inspection.ts'
import type { KeychainPort } from './keychain.ts'
import { readKeychainSecret, writeKeychainSecret } from './keychain.ts'
import type { Database, KdfPolicy, PassphraseSlotName } from './keys.ts'
import { chooseN, deriveP, metadataKey, newKdf, passphraseLimit, productionKdf, randomKey, wipe } from './keys.ts'
import type { OpeningPorts } from './opening.ts'
import { tryPassphrase, verifiedMetadataKey } from './opening.ts'
import { profilePaths } from './profile.ts'
import type { Challenge, Sheet, SheetWords } from './recovery.ts'
import { RecoverySheets, newRecoveryCode, parseRecoveryCode } from './recovery.ts'
import { isInStep, openRecoverySlot, sealPassphraseSlot, sealRecoverySlot, usesKeychain } from './slots.ts'
import type { Strength } from './strength.ts'
import { isAcceptable } from './strength.ts'
import { noAttempts } from './throttle.ts'
import type { RecoverySlot, Setting, UnsealedVaultFile, VaultFile } from './vaultFile.ts'
import { readVaultFile, sealHolds, sealVaultFile, writeVaultFile } from './vaultFile.ts'

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

/** What vault.json says, after its seal was found to hold. */
export interface VaultFacts {
  readonly vaultId: string
  readonly setting: Setting
  readonly createdAt: string
  readonly recoveryConfirmed: boolean
  readonly privateLane: boolean
  readonly privateInStep: boolean
}

export interface RecoverInput {
  readonly recordCode: string
  readonly privateCode?: string
  readonly newPassphrase: string
  /** Only given when the person, told what it means, chose to do without the keychain (or to go back to it). */
  readonly mode?: PassphraseSlotName
}

interface OpenVault {
  readonly metadataKey: Buffer
  readonly facts: VaultFacts
}

function factsOf(file: UnsealedVaultFile): VaultFacts {
  const { vaultId, setting, createdAt, recoveryConfirmed, privateLane } = file
  return { vaultId, setting, createdAt, recoveryConfirmed, privateLane, privateInStep: isInStep(file) }
}

/**
 * Keys, slots, recovery: the only way to the keys of the two databases. Every method fails closed with a VaultError
 * of the closed list; they run one after the other, so that two tries at once cannot share one count. Keys that are
 * returned belong to the caller, who zeroes them. Between calls the vault keeps no passphrase, P, KEK or DEK.
 */
export class Vault {
  readonly #ports: OpeningPorts
  readonly #strength: VaultOptions['strength']
  #turn: Promise<unknown> = Promise.resolve()
  #open: OpenVault | null = null
  #pending: PendingCreation | null = null
  #sheets: RecoverySheets | null = null
  /** Slots of new sheets, stored only once these are confirmed: until then the old sheets are the ones that hold. */
  #renewal: Record<Database, RecoverySlot> | null = null

  constructor(options: VaultOptions) {
    this.#ports = {
      files: options.files ?? diskFiles,
      keychain: options.keychain,
      paths: profilePaths(options.directory),
      kdf: options.kdf ?? productionKdf,
      now: options.now,
      memory: new AttemptMemory(),
    }
    this.#strength = options.strength
  }

  /** Null while locked. */
  get facts(): VaultFacts | null {
    return this.#open?.facts ?? null
  }

  /** Never throws. */
  inspect(): Promise<VaultState> {
    return this.#inTurn(() => inspectProfile(this.#ports, this.#ports.memory))
  }

  /**
   * First half of a creation: keychain item, keys and codes. The caller makes both databases with the keys, then
   * calls `commit`; if it cannot, `abandon`.
   */
  prepare(input: CreationInput): Promise<PreparedVault> {
    return this.#inTurn(async () => {
      const state = await inspectProfile(this.#ports, this.#ports.memory)
      if (state.kind === 'stopped' && state.reason === 'PROFILE_READONLY') throw new VaultError('PROFILE_READONLY')
      if (state.kind === 'stopped' && state.reason === 'CREATION_UNFINISHED') throw new VaultError(state.reason)
      if (state.kind !== 'new') throw new VaultError('NOT_NEW')
      await this.#requireStrong(input.passphrase)
      const { prepared, pending } = await prepareCreation(this.#ports, input)
      this.#pending = pending
      this.#sheets = new RecoverySheets(prepared.codes)
      return prepared
    })
  }

  /** Second half: vault.json. When it returns the vault exists and is unlocked. */
  commit(): Promise<void> {
    return this.#inTurn(async () => {
      const pending = this.#pending
      if (pending === null) throw new VaultError('NOT_PREPARED')
      await commitCreation(this.#ports, pending)
      this.#pending = null
      this.#hold(pending.file, pending.metadataKey)
      await this.#anchor(pending.file)
    })
  }

  /** The databases could not be made: they are set aside, and the keychain item and the marker go. */
  abandon(): Promise<void> {
    return this.#inTurn(async () => {
      const pending = this.#pending
      if (pending === null) throw new VaultError('NOT_PREPARED')
      await setAsideUnfinished(this.#ports.files, this.#ports.paths)
      await this.#ports.keychain.delete(pending.file.vaultId).catch(() => undefined)
      wipe(pending.metadataKey)
      this.#pending = null
      this.#sheets = null
    })
  }

  /** After CREATION_UNFINISHED, once the person was told: renames the leftovers; returns how many files. */
  setAsideUnfinished(): Promise<number> {
    return this.#inTurn(() => setAsideUnfinished(this.#ports.files, this.#ports.paths))
  }

  unlock(passphrase: string): Promise<{ recordKey: Buffer }> {
    return this.#inTurn(async () => {
      const file = await this.#read()
      const recordKey = await this.#try(file, passphrase, 'record', (secrets) => secrets.open('record'))
      this.#hold(file, verifiedMetadataKey(file, recordKey))
      return { recordKey }
    })
  }

  /** Only while the record is open: its key authenticates the file that this reads. */
  unlockPrivate(passphrase: string): Promise<{ privateKey: Buffer }> {
    return this.#inTurn(async () => {
      const file = await this.#readVerified()
      try {
        const privateKey = await this.#try(file, passphrase, 'private', (secrets) => secrets.open('private'))
        return { privateKey }
      } catch (error) {
        // Its slot belongs to a keychain item that is no more; the record's was made anew with code A.
        const gone = error instanceof VaultError && error.code === 'KEYCHAIN_ITEM_MISSING'
        throw gone && !isInStep(file) ? new VaultError('PRIVATE_CODE_NEEDED') : error
      }
    })
  }

  /** Rewraps both slots, or the record's alone (`privateChanged` false) where the private one is out of step. */
  changePassphrase(old: string, replacement: string): Promise<{ privateChanged: boolean }> {
    return this.#inTurn(async () => {
      const file = await this.#read()
      const kdf = newKdf(file.slots.record.passphrase.kdf.N)
      let p: Buffer | null = null
      const result = await this.#try(file, old, 'record', async (secrets) => {
        const recordKey = await secrets.open('record')
        if (recordKey === null) return null
        let privateKey: Buffer | null = null
        try {
          const seal = verifiedMetadataKey(file, recordKey)
          // Only somebody who knows the old passphrase is told what is wrong with the new one.
          await this.#requireStrong(replacement)
          privateKey = isInStep(file) ? await secrets.open('private') : null
          p = await deriveP(replacement, kdf, this.#ports.kdf)
          const at = { vaultId: file.vaultId, kdf }
          const slots = structuredClone(file.slots)
          const secret = secrets.keychainSecret
          slots.record.passphrase = sealPassphraseSlot({ ...at, database: 'record' }, p, secret, recordKey)
          if (privateKey !== null) {
            slots.private.passphrase = sealPassphraseSlot({ ...at, database: 'private' }, p, secret, privateKey)
          }
          return { slots, seal, privateChanged: privateKey !== null }
        } finally {
          wipe(recordKey, privateKey, p)
        }
      })
      await this.#store({ ...file, slots: result.slots }, result.seal)
      return { privateChanged: result.privateChanged }
    })
  }

  /**
   * Opens with code A (and B), sets a new passphrase, and makes a new keychain item if that is gone. Without code B
   * the private slot is left as it was. `metadataReset`: the file had been changed from outside, and what it said
   * was put to the stricter (School, sheets unconfirmed, private lane on): ask again.
   */
  recover(
    input: RecoverInput,
  ): Promise<{ recordKey: Buffer; privateKey?: Buffer; metadataReset: boolean }> {
    return this.#inTurn(async () => {
      const entropy = parsedCode('record', input.recordCode)
      const privateEntropy = input.privateCode === undefined ? null : parsedCode('private', input.privateCode)
      let recordKey: Buffer | null = null
      let privateKey: Buffer | null = null
      let secret: Buffer | null = null
      let p: Buffer | null = null
      try {
        const file = await this.#read()
        recordKey = openedByCode(file, 'record', entropy)
        if (privateEntropy !== null) privateKey = openedByCode(file, 'private', privateEntropy)
        await this.#requireStrong(input.newPassphrase)
        const seal = metadataKey(recordKey)
        const intact = sealHolds(file, seal)
        // A changed file may not talk us out of the keychain: only the person can.
        const kept = intact ? file.slots.record.passphrase.name : 'keychain+passphrase'
        secret = (input.mode ?? kept) === 'passphrase' ? null : await this.#keychainSecretFor(file.vaultId)
        const kdf = newKdf(await chooseN(this.#ports.kdf))
        p = await deriveP(input.newPassphrase, kdf, this.#ports.kdf)
        const at = { vaultId: file.vaultId, kdf }
        const slots = structuredClone(file.slots)
        slots.record.passphrase = sealPassphraseSlot({ ...at, database: 'record' }, p, secret, recordKey)
        if (privateKey !== null) {
          slots.private.passphrase = sealPassphraseSlot({ ...at, database: 'private' }, p, secret, privateKey)
        }
        const stricter = { setting: 'school' as const, recoveryConfirmed: false, privateLane: true }
        await this.#store({ ...file, slots, ...(intact ? {} : stricter) }, seal)
        this.#ports.memory.set(noAttempts)
        return { recordKey, ...(privateKey && { privateKey }), metadataReset: !intact }
      } catch (error) {
        wipe(recordKey, privateKey)
        throw error
      } finally {
        wipe(entropy, privateEntropy, secret, p)
      }
    })
  }

  /** Opens the private room with code B and puts it back in step with the record's passphrase, which is asked for. */
  recoverPrivate(input: { privateCode: string; passphrase: string }): Promise<{ privateKey: Buffer }> {
    return this.#inTurn(async () => {
      const entropy = parsedCode('private', input.privateCode)
      let privateKey: Buffer | null = null
      try {
        const file = await this.#readVerified()
        const opened = openedByCode(file, 'private', entropy)
        privateKey = opened
        const result = await this.#try(file, input.passphrase, 'record', async (secrets) => {
          const recordKey = await secrets.open('record')
          if (recordKey === null) return null
          const seal = metadataKey(recordKey)
          wipe(recordKey)
          const { kdf } = file.slots.record.passphrase
          const at = { vaultId: file.vaultId, kdf, database: 'private' as const }
          return { seal, slot: sealPassphraseSlot(at, await secrets.p(kdf), secrets.keychainSecret, opened) }
        })
        const slots = structuredClone(file.slots)
        slots.private.passphrase = result.slot
        await this.#store({ ...file, slots }, result.seal)
        return { privateKey }
      } catch (error) {
        wipe(privateKey)
        throw error
      } finally {
        wipe(entropy)
      }
    })
  }

  /** Which words to ask for; null when no sheets are at hand (confirmed, put off, or locked since). */
  get recoveryChallenge(): Challenge | null {
    return this.#sheets?.challenge ?? null
  }

  /** Three words of each sheet, in the challenge's order. Wrong ones are named by sheet and place. */
  confirmRecovery(answers: SheetWords): Promise<{ confirmed: boolean; wrong: { sheet: Sheet; word: number }[] }> {
    return this.#inTurn(async () => {
      if (this.#sheets === null) throw new VaultError('NO_SHEETS')
      const wrong = this.#sheets.wrongAnswers(answers)
      if (wrong.length > 0) return { confirmed: false, wrong }
      await this.#markConfirmed()
      return { confirmed: true, wrong: [] }
    })
  }

  /** "Later": the words leave memory. New sheets that were not confirmed never held; the old ones do. */
  postponeRecovery(): void {
    this.#sheets = null
    this.#renewal = null
  }

  /** For sheets put off: both codes typed in full prove that they were kept. Only while unlocked. */
  confirmRecoveryByCodes(input: { recordCode: string; privateCode: string }): Promise<void> {
    return this.#inTurn(async () => {
      const file = await this.#readVerified()
      const entropy = { record: parsedCode('record', input.recordCode), private: Buffer.alloc(0) }
      try {
        entropy.private = parsedCode('private', input.privateCode)
        wipe(openedByCode(file, 'record', entropy.record), openedByCode(file, 'private', entropy.private))
      } finally {
        wipe(entropy.record, entropy.private)
      }
      this.postponeRecovery()
      await this.#markConfirmed()
    })
  }

  /** New sheets, for lost ones. They hold from `confirmRecovery` on. Old codes still open old backups. */
  renewRecovery(passphrase: string): Promise<{ codes: Record<Database, string[]> }> {
    return this.#inTurn(async () => {
      const file = await this.#readVerified()
      if (!isInStep(file)) throw new VaultError('PRIVATE_CODE_NEEDED')
      const keys = await this.#try(file, passphrase, 'record', async (secrets) => {
        const record = await secrets.open('record')
        const priv = record && (await secrets.open('private'))
        if (priv === null) wipe(record)
        return record && priv && { record, private: priv }
      })
      const codes = { record: newRecoveryCode(), private: newRecoveryCode() }
      this.#renewal = {
        record: sealRecoverySlot(file.vaultId, 'record', codes.record.entropy, keys.record),
        private: sealRecoverySlot(file.vaultId, 'private', codes.private.entropy, keys.private),
      }
      wipe(keys.record, keys.private, codes.record.entropy, codes.private.entropy)
      const words = { record: codes.record.words, private: codes.private.words }
      this.#sheets = new RecoverySheets(words)
      return { codes: words }
    })
  }

  /** Only while unlocked. */
  amend(change: { setting?: Setting; privateLane?: boolean }): Promise<VaultFacts> {
    return this.#inTurn(async () => {
      const file = await this.#readVerified()
      const { setting = file.setting, privateLane = file.privateLane } = change
      return this.#store({ ...file, setting, privateLane }, this.#requireOpen().metadataKey)
    })
  }

  /** Forgets what was kept of an open vault. The caller zeroes its keys and closes the databases. */
  lock(): void {
    wipe(this.#open?.metadataKey)
    this.#open = null
    this.postponeRecovery()
  }

  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const result = this.#turn.then(work)
    this.#turn = result.catch(() => undefined)
    return result
  }

  #read(): Promise<VaultFile> {
    return readVaultFile(this.#ports.files, this.#ports.paths.vaultFile, this.#ports.kdf)
  }

  #requireOpen(): OpenVault {
    if (this.#open === null) throw new VaultError('LOCKED')
    return this.#open
  }

  async #readVerified(): Promise<VaultFile> {
    this.#requireOpen()
    const file = await this.#read()
    if (!sealHolds(file, this.#requireOpen().metadataKey)) throw new VaultError('VAULT_FILE_CHANGED')
    return file
  }

  #try: <T>(
    file: VaultFile,
    passphrase: string,
    database: Database,
    open: Parameters<typeof tryPassphrase<T>>[4],
  ) => Promise<T> = (file, passphrase, database, open) =>
    tryPassphrase(this.#ports, file, passphrase, database, open)

  async #requireStrong(passphrase: string): Promise<void> {
    if ([...passphrase].length > passphraseLimit) throw new VaultError('PASSPHRASE_REFUSED')
    let strength: Strength
    try {
      strength = await this.#strength(passphrase)
    } catch {
      throw new VaultError('STRENGTH_UNAVAILABLE')
    }
    if (!isAcceptable(strength)) throw new VaultError('PASSPHRASE_REFUSED')
  }

  /** KS as it is, or a new one where there is none. */
  async #keychainSecretFor(vaultId: string): Promise<Buffer> {
    const present = await readKeychainSecret(this.#ports.keychain, vaultId)
    if (present !== null) return present
    const fresh = randomKey()
    await writeKeychainSecret(this.#ports.keychain, vaultId, fresh)
    return fresh
  }

  #hold(file: UnsealedVaultFile, key: Buffer): VaultFacts {
    if (this.#open?.metadataKey !== key) wipe(this.#open?.metadataKey)
    this.#open = { metadataKey: key, facts: factsOf(file) }
    return this.#open.facts
  }

  /** A sealed write: next generation, count at zero, file first, then the keychain's memory of it. */
  async #store(file: UnsealedVaultFile, key: Buffer): Promise<VaultFacts> {
    const remembered = usesKeychain(file) ? await readCompanion(this.#ports.keychain, file.vaultId) : null
    const generation = Math.max(file.generation, remembered?.generation ?? 0) + 1
    const next = sealVaultFile({ ...file, generation, attempts: noAttempts }, key)
    await writeVaultFile(this.#ports.files, this.#ports.paths.vaultFile, next)
    await this.#anchor(next)
    return this.#hold(next, key)
  }

  async #anchor(file: UnsealedVaultFile): Promise<void> {
    if (!usesKeychain(file)) return
    const { vaultId, generation } = file
    await writeCompanion(this.#ports.keychain, vaultId, { attempts: noAttempts, generation })
  }

  async #markConfirmed(): Promise<void> {
    if (this.#pending !== null) {
      this.#pending = { ...this.#pending, file: { ...this.#pending.file, recoveryConfirmed: true } }
    } else {
      const file = await this.#readVerified()
      const slots = structuredClone(file.slots)
      if (this.#renewal !== null) {
        slots.record.recovery = this.#renewal.record
        slots.private.recovery = this.#renewal.private
      }
      await this.#store({ ...file, slots, recoveryConfirmed: true }, this.#requireOpen().metadataKey)
    }
    this.postponeRecovery()
  }
}

function parsedCode(sheet: Sheet, text: string): Buffer {
  const parsed = parseRecoveryCode(text)
  if (parsed.ok) return parsed.entropy
  throw new VaultError(parsed.code, parsed.code === 'NOT_A_WORD' ? { sheet, word: parsed.word } : { sheet })
}

/** @throws VaultError WRONG_SHEET when it is the other room's code, else WRONG_CODE. */
function openedByCode(file: VaultFile, database: Database, entropy: Buffer): Buffer {
  const key = openRecoverySlot(file, database, entropy)
  if (key !== null) return key
  const other = openRecoverySlot(file, database === 'record' ? 'private' : 'record', entropy)
  wipe(other)
  throw new VaultError(other === null ? 'WRONG_CODE' : 'WRONG_SHEET', { sheet: database })
}
