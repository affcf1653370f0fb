import { VaultError } from './errors.ts'
import type { Database } from './keys.ts'
import { wipe } from './keys.ts'
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
    this.postpone()
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
  async renew(passphrase: string): Promise<Record<Sheet, string[]>> {
    const file = await this.#session.readVerified()
    const keys = await this.#session.try(file, passphrase, 'record', (secrets) => openBoth(secrets, file))
    try {
      if (keys.private === null) throw new VaultError('PRIVATE_CODE_NEEDED')
      const codes = { record: newRecoveryCode(), private: newRecoveryCode() }
      const renewal = {
        record: sealRecoverySlot(file.vaultId, 'record', codes.record.entropy, keys.record),
        private: sealRecoverySlot(file.vaultId, 'private', codes.private.entropy, keys.private),
      }
      wipe(codes.record.entropy, codes.private.entropy)
      const words = { record: codes.record.words, private: codes.private.words }
      this.begin(words)
      this.#renewal = renewal
      return words
    } finally {
      wipe(keys.seal, keys.record, keys.private, keys.keychainSecret)
    }
  }
}
