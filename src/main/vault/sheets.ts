import { VaultError } from './errors.ts'
import type { Database } from './keys.ts'
import { wipe } from './keys.ts'
import type { NewKeys } from './newKeys.ts'
import { makeNewKeys, requireBoth, wipeNewKeys } from './newKeys.ts'
import { openBoth } from './passphrases.ts'
import { openedByCode, parsedCode } from './recovering.ts'
import type { Challenge, Sheet, SheetWords } from './recovery.ts'
import { RecoverySheets, newRecoveryCode } from './recovery.ts'
import type { VaultSession } from './session.ts'
import { sealRecoverySlot } from './slots.ts'
import type { RecoverySlot } from './vaultFile.ts'

export interface Confirmation {
  readonly confirmed: boolean
  /** Which of the words asked for were wrong, by sheet and 1-based place. */
  readonly wrong: readonly { readonly sheet: Sheet; readonly word: number }[]
}

/** From "write these words down" to three of them typed back, or "later". The words are kept only that long. */
export class SheetConfirmation {
  readonly #session: VaultSession
  #sheets: RecoverySheets | null = null
  /** Slots of new sheets, stored once these are confirmed: until then the old sheets are the ones that hold. */
  #renewal: Record<Database, RecoverySlot> | null = null
  /** Asked for together with new sheets; `confirmed` once these hold. */
  #newKeys: NewKeys | null = null
  #confirmed: NewKeys | null = null

  constructor(session: VaultSession) {
    this.#session = session
  }

  begin(words: SheetWords): void {
    this.postpone()
    this.#sheets = new RecoverySheets(words)
  }

  get challenge(): Challenge | null {
    return this.#sheets?.challenge ?? null
  }

  postpone(): void {
    this.#sheets = null
    this.#renewal = null
    wipeNewKeys(this.#newKeys)
    wipeNewKeys(this.#confirmed)
    this.#newKeys = null
    this.#confirmed = null
  }

  /** @throws VaultError NO_SHEETS when they were confirmed, put off, or dropped by a lock. */
  check(answers: SheetWords): Confirmation {
    if (this.#sheets === null) throw new VaultError('NO_SHEETS')
    const wrong = this.#sheets.wrongAnswers(answers)
    return { confirmed: wrong.length === 0, wrong }
  }

  /** Writes it down. @throws VaultError LOCKED */
  async store(): Promise<void> {
    const file = await this.#session.readVerified()
    const slots = structuredClone(file.slots)
    if (this.#renewal !== null) {
      slots.record.recovery = this.#renewal.record
      slots.private.recovery = this.#renewal.private
    }
    await this.#session.store({ ...file, slots, recoveryConfirmed: true }, this.#session.seal)
    const confirmed = this.#newKeys
    this.#newKeys = null
    this.postpone()
    this.#confirmed = confirmed
  }

  /** For sheets put off: both codes typed in full prove that they were kept. */
  async confirmByCodes(codes: Readonly<Record<Sheet, string>>): Promise<void> {
    const file = await this.#session.readVerified()
    for (const sheet of ['record', 'private'] as const) {
      const entropy = parsedCode(sheet, codes[sheet])
      try {
        wipe(openedByCode(file, sheet, entropy))
      } finally {
        wipe(entropy)
      }
    }
    this.postpone()
    await this.store()
  }

  /** New sheets for lost ones. @throws VaultError PRIVATE_CODE_NEEDED while the private room is out of step. */
  async renew(passphrase: string, withKeys = false): Promise<Record<Sheet, string[]>> {
    const file = await this.#session.readVerified()
    const codes = { record: newRecoveryCode(), private: newRecoveryCode() }
    const entropy = { record: codes.record.entropy, private: codes.private.entropy }
    try {
      const made = await this.#session.try(file, passphrase, 'record', async (secrets) => {
        const keys = await openBoth(secrets, file)
        if (keys === null) return null
        try {
          const old = requireBoth(keys)
          const renewal = {
            record: sealRecoverySlot(file.vaultId, 'record', entropy.record, old.record),
            private: sealRecoverySlot(file.vaultId, 'private', entropy.private, old.private),
          }
          return { renewal, newKeys: withKeys ? await makeNewKeys(file, secrets, old, entropy) : null }
        } finally {
          wipe(keys.seal, keys.record, keys.private, keys.keychainSecret)
        }
      })
      const words = { record: codes.record.words, private: codes.private.words }
      this.begin(words)
      this.#renewal = made.renewal
      this.#newKeys = made.newKeys
      return words
    } finally {
      wipe(entropy.record, entropy.private)
    }
  }

  /** Once new sheets were confirmed that were asked for together with new keys. The caller zeroes them. */
  takeNewKeys(): NewKeys | null {
    const taken = this.#confirmed
    this.#confirmed = null
    return taken
  }
}
