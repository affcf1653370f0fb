import type { KeysView } from '../../shared/contract/app.ts'
import { Refusal } from '../../shared/contract/result.ts'
import type { Rooms } from '../rooms/rooms.ts'
import type { Vault } from '../vault/Vault.ts'
import type { Question, Windows } from '../window/windows.ts'
import { createActNotes } from './actNotes.ts'

/** In the record: the slots that each backup is given. */
export const BACKUP_SLOTS = 'backup-slots'

/** What the small window over the open application is for: passphrase and sheets, typed in a process of their own. */
export function createKeyWindow({
  vault,
  rooms,
  windows,
  onNewKeys,
  onKeysChanged,
}: {
  vault: Vault
  rooms: Rooms
  windows: Windows
  /** New sheets hold that were asked for with new keys: these are made now, behind the door. */
  onNewKeys(): void
  /** What opens these notes was made anew: the backups that there are open with that of before. */
  onKeysChanged?(): void
}) {
  /** What the window is for was done in it. */
  let answered = false
  let withKeys = false
  /** New sheets hold that were asked for in it. */
  let confirmed = false
  /** A backup passphrase was removed in it; new keys are what makes that whole, so it may go on to them. */
  let removed = false
  let renewing = false
  const { note, noteFailures } = createActNotes(rooms)

  async function requireWords(given: { record: string[]; private: string[] }): Promise<void> {
    const { confirmed, wrong } = await vault.confirmRecovery(given)
    if (confirmed) return
    const first = wrong[0]
    throw new Refusal('WORDS_DIFFER', first === undefined ? undefined : `${first.sheet}.${first.word}`)
  }

  const areShown = (): boolean => vault.recoveryChallenge !== null

  function requireQuestion(kind: Question): void {
    if (windows.question() !== kind) throw new Refusal('NOT_NOW')
  }

  function requireSheets(): void {
    if (!(removed && windows.question() === 'backup-passphrase')) requireQuestion('sheets')
  }

  /** Opens a small window over the application; true when what it is for was done in it. */
  async function ask(kind: Question): Promise<boolean> {
    // The sample has no passphrase and no sheets.
    if (rooms.place()?.sampleKey !== null) throw new Refusal('NOT_NOW')
    const isOpen = windows.question() !== null
    if (!isOpen) answered = confirmed = removed = false
    await windows.ask(kind)
    // Brought to the front: whoever opened it puts the sheets away when it closes.
    if (isOpen) return answered
    // Sheets that were shown and not confirmed are nobody's: the words leave memory.
    if ((kind === 'sheets' || removed) && !(withKeys && confirmed)) await vault.postponeRecovery()
    return answered
  }

  function withoutPassphrase(): KeysView['withoutPassphrase'] {
    const { facts } = vault
    if (facts?.setting !== 'practice' || !facts.keychain) return 'never'
    return facts.withoutPassphrase ? 'on' : 'off'
  }

  /** In a school there is no such choice, whoever asks. */
  function requireChoice(): void {
    if (withoutPassphrase() === 'never') throw new Refusal('NOT_NOW')
    if (vault.facts?.recoveryConfirmed !== true) throw new Refusal('RECOVERY_UNCONFIRMED')
  }

  return {
    confirmWords: requireWords,

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
      onKeysChanged?.()
      return outcome
    },

    async renewSheets(passphrase: string, newKeys: boolean) {
      requireSheets()
      // Those that are being written down, or that hold already, are not taken back by a second asking.
      if (renewing || confirmed || areShown()) throw new Refusal('NOT_NOW')
      renewing = true
      const { failures } = vault
      const codes = await vault.renewRecovery(passphrase, newKeys).finally(() => {
        renewing = false
      })
      withKeys = newKeys
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
      requireSheets()
      await requireWords(given)
      answered = confirmed = true
      await note('recovery-renewed')
      if (withKeys) return onNewKeys()
      onKeysChanged?.()
      windows.dismissQuestion()
    },

    /** Without a backup passphrase in the sample, which has no vault. */
    async keys(): Promise<KeysView> {
      const text = await rooms.remembered.read(BACKUP_SLOTS)
      const setAt = vault.facts === null ? null : await vault.backupSlotsSetAt(text)
      return { backupPassphraseSetAt: setAt, withoutPassphrase: withoutPassphrase() }
    },

    /** vault.json for a backup file. */
    slotsForBackup: async (): Promise<Buffer> =>
      vault.vaultFileForBackup(await rooms.remembered.read(BACKUP_SLOTS)),

    /** The small window stays: it says what became of the private room. */
    async setBackupPassphrase(
      passphrase: string,
      backupPassphrase: string,
    ): Promise<{ privateIncluded: boolean }> {
      requireQuestion('backup-passphrase')
      const { failures } = vault
      const { text, privateIncluded } = await vault.makeBackupSlots(passphrase, backupPassphrase)
      await rooms.remembered.write(BACKUP_SLOTS, text)
      answered = true
      await noteFailures(failures)
      await note('backup-passphrase-set')
      onKeysChanged?.()
      return { privateIncluded }
    },

    async removeBackupPassphrase(passphrase: string): Promise<void> {
      requireQuestion('backup-passphrase')
      const { failures } = vault
      await vault.provePassphrase(passphrase)
      await rooms.remembered.drop(BACKUP_SLOTS)
      answered = removed = true
      await noteFailures(failures)
      await note('backup-passphrase-removed')
      onKeysChanged?.()
    },

    /** The small window stays: it says what holds from now on. */
    async setWithoutPassphrase(passphrase: string, on: boolean): Promise<void> {
      requireQuestion('without-passphrase')
      requireChoice()
      const { failures } = vault
      await vault.setWithoutPassphrase(passphrase, on)
      answered = true
      await noteFailures(failures)
      await note(on ? 'without-passphrase-on' : 'without-passphrase-off')
    },

    dismiss: (): void => windows.dismissQuestion(),

    async askForWithoutPassphrase(): Promise<boolean> {
      requireChoice()
      return ask('without-passphrase')
    },
    askForPassphrase: (): Promise<boolean> => ask('passphrase'),
    askForSheets: (): Promise<boolean> => ask('sheets'),
    askForBackupPassphrase: (): Promise<boolean> => ask('backup-passphrase'),

    async confirmRecovery(): Promise<boolean> {
      if (rooms.place()?.recoveryConfirmed() !== true) await windows.ask('confirm')
      return rooms.place()?.recoveryConfirmed() === true
    },
  }
}
