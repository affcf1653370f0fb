import { createHash } from 'node:crypto'
import { copyFileSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { onTestFinished } from 'vitest'
import { type BackupPorts, createBackups, type Backups } from '../../src/main/backup/Backups.ts'
import { createRestoring, type RestorePorts, type Restoring } from '../../src/main/backup/Restoring.ts'
import { createRooms, type Rooms } from '../../src/main/rooms/rooms.ts'
import type { OpenRecord } from '../../src/main/services/record/openRecord.ts'
import type { CheckProcess } from '../../src/main/store/pageCheck.ts'
import { openDatabase } from '../../src/main/store/open.ts'
import { diskFiles, type DurableFiles } from '../../src/main/vault/durableFiles.ts'
import { Vault } from '../../src/main/vault/Vault.ts'
import { WitnessItem } from '../../src/main/vault/witness.ts'
import { FakeKeychain } from './fakeKeychain.ts'
import { apart } from './privateFile.ts'
import { addClient, addSession, HOUR, MORNING, sign, write } from './recordFile.ts'
import { driver } from './storeFiles.ts'
import { backupWorkerPath, storeWorkerPath } from './storeWorker.ts'
import { cheapKdf, judgeByLength, passphrase } from './vaultProfile.ts'

export const CANARY = 'quetzalcanary'
export const PRIVATE_CANARY = 'axolotlcanary'
export const NEW_PASSPHRASE = 'a lantern under the crooked stair'

/** Built threads. */
export interface Workers {
  readonly store: string | URL
  readonly backup: string | URL
}

export const builtWorkers = async (): Promise<Workers> => ({
  store: await storeWorkerPath(),
  backup: await backupWorkerPath(),
})

/** A computer: a profile, a keychain, a clock, and the parts of the application that back up and restore on it. */
export class House {
  readonly profile: string
  readonly folder: string
  readonly keychain: FakeKeychain
  readonly vault: Vault
  readonly rooms: Rooms
  readonly backups: Backups
  now = MORNING
  sheets: { record: string; private: string } = { record: '', private: '' }
  /** What the dialogs answer. */
  file: string | null = null
  /** Where a copy's pages are checked: null is a thread of ours, which starts sooner than a process. */
  startCheck = (): CheckProcess | null => null
  readonly noted: string[] = []
  #files: DurableFiles = diskFiles
  readonly #workers: Workers

  private constructor(workers: Workers, root: string, keychain: FakeKeychain) {
    this.#workers = workers
    this.profile = path.join(root, 'profile')
    this.folder = path.join(root, 'stick')
    mkdirSync(this.profile, { recursive: true })
    mkdirSync(this.folder, { recursive: true })
    this.keychain = keychain
    const clock = { now: () => this.now }
    this.vault = this.vaultAt(this.profile)
    this.rooms = createRooms({
      profile: this.profile,
      clock,
      driver,
      workerPath: workers.store,
      startCheck: () => this.startCheck(),
      changed: () => undefined,
      onTrouble: () => undefined,
      onClosing: () => this.backups.closing(),
    })
    this.backups = this.backupsBut({})
  }

  /** The same, with some of what it is given put in another's place. */
  backupsBut(change: Partial<BackupPorts>): Backups {
    return createBackups({
      profile: this.profile,
      clock: { now: () => this.now },
      version: '0.1.0',
      schema: this.rooms.schema,
      vault: () => (this.rooms.place() === null ? null : this.vault.facts),
      slotsForBackup: async () =>
        this.vault.vaultFileForBackup(await this.rooms.remembered.read('backup-slots')),
      workerPath: this.#workers.backup,
      keysOf: (vaultFile) => this.vault.keysOfBackup(vaultFile),
      holdParts: this.rooms.holdParts,
      holdsKey: this.rooms.holdsKey,
      checkCopy: this.rooms.checkCopy,
      read: this.rooms.remembered.read,
      write: this.rooms.remembered.write,
      askForFolder: async () => this.folder,
      changed: () => undefined,
      note: async (action) => void this.noted.push(action),
      log: (event, code) => void this.noted.push(`${event} ${code}`),
      ...change,
    })
  }

  static async build(keychain = new FakeKeychain()): Promise<House> {
    const root = mkdtempSync(path.join(tmpdir(), 'bracket-house-'))
    const house = new House(await builtWorkers(), root, keychain)
    onTestFinished(async () => {
      await house.lock().catch(() => undefined)
      rmSync(root, { recursive: true, force: true })
    })
    return house
  }

  /** The same computer after a crash, or another with a copy of its disk; `root` is the caller's to remove. */
  static at(root: string, keychain: FakeKeychain, workers: Workers): House {
    const house = new House(workers, root, keychain)
    onTestFinished(() => house.lock().catch(() => undefined))
    return house
  }

  vaultAt(directory: string): Vault {
    return new Vault({
      directory,
      keychain: this.keychain,
      now: () => this.now,
      strength: judgeByLength,
      kdf: cheapKdf,
    })
  }

  /** The door of an application that was just started; `files` may stop the world between two steps. */
  door(files: DurableFiles = this.#files, change: Partial<RestorePorts> = {}): Restoring {
    return createRestoring({
      profile: this.profile,
      clock: { now: () => this.now },
      files,
      schema: this.rooms.schema,
      workerPath: this.#workers.backup,
      askForFile: async () => this.file,
      vaultAt: (directory) => this.vaultAt(directory),
      checkCopy: this.rooms.checkCopy,
      anchorAnew: (vaultId) => new WitnessItem(this.keychain, vaultId).anchorAnew(),
      isLocked: () => this.rooms.place() === null,
      ...change,
    })
  }

  async create(): Promise<void> {
    const prepared = await this.vault.prepare({
      setting: 'practice',
      passphrase,
      mode: 'keychain+passphrase',
    })
    this.sheets = { record: prepared.codes.record.join(' '), private: prepared.codes.private.join(' ') }
    await this.rooms.create(prepared)
    await this.vault.commit()
    await this.vault.postponeRecovery()
    await this.vault.lock()
  }

  async unlock(typed = passphrase, vault = this.vault): Promise<OpenRecord> {
    const { recordKey } = await vault.unlock(typed)
    await this.rooms.openRecord(recordKey, 'practice', () => true)
    const record = this.rooms.record()
    if (record === null) throw new Error('closed')
    return record
  }

  async unlockPrivate(typed = passphrase): Promise<void> {
    await this.rooms.openPrivate((await this.vault.unlockPrivate(typed)).privateKey)
  }

  async lock(): Promise<void> {
    await this.rooms.closeAll()
    await this.vault.lock()
  }

  /** Clients, a signed note with an addendum, a draft, a private note; each with a canary. */
  async live(record: OpenRecord, turn = 0): Promise<void> {
    const clientId = await addClient(record, `${CANARY} ${turn}`)
    const sessionId = await addSession(record, clientId, this.now - HOUR * (turn + 1))
    const note = await write(record, sessionId, `${CANARY} said ${turn}`, 'and a plan')
    await sign(record, note)
    await record.signing.completeAll()
    await record.notes.addAddendum(note.id, `${CANARY} added ${turn}`)
    await write(record, await addSession(record, clientId, this.now + HOUR * (turn + 1)), `draft ${turn}`)
    await this.unlockPrivate()
    await this.rooms.private()?.save(sessionId, clientId, 0, apart(`${PRIVATE_CANARY} ${turn}`))
    await this.rooms.closePrivate()
  }

  backupFiles(): string[] {
    return readdirSync(this.folder)
      .filter((name) => name.endsWith('.bracketbackup'))
      .toSorted()
  }

  /** Makes one and gives its path. */
  async backUp(): Promise<string> {
    await this.backups.backUpNow()
    return path.join(this.folder, this.backups.view().last?.name ?? '')
  }

  /** Carried to another computer by hand. */
  carry(file: string): void {
    this.file = path.join(this.folder, path.basename(file))
    if (file !== this.file) copyFileSync(file, this.file)
  }

  /** Names in the profile that a backup or a restore might have left. */
  leftovers(): string[] {
    return readdirSync(this.profile).filter((name) => /^(?:backup-|restoring-|vault\.restoring)/u.test(name))
  }
}

/**
 * The hash of every row of every table of a closed file, with those of some words that are in it, but what each opening writes: the mark that it is open, the log and
 * what was kept about backups.
 */
export async function rowsOf(
  file: string,
  key: Uint8Array,
  ...words: string[]
): Promise<Record<string, string>> {
  const copy = mkdtempSync(path.join(tmpdir(), 'bracket-rows-'))
  try {
    copyFileSync(file, path.join(copy, 'copy.db'))
    const opened = await openDatabase({
      path: path.join(copy, 'copy.db'),
      key: new Uint8Array(key),
      mode: 'open',
      driver,
      memorySecurity: false,
    })
    try {
      const tables = await opened.sql.all(`SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name`)
      const rows: Record<string, string> = {}
      for (const { name } of tables as { name: string }[]) {
        if (name === 'log' || name === 'settings') continue
        const text = JSON.stringify(await opened.sql.all(`SELECT * FROM "${name}"`))
        rows[name] =
          `${createHash('sha256').update(text).digest('hex')} ${words.filter((word) => text.includes(word)).join(' ')}`
      }
      return rows
    } finally {
      await opened.close()
    }
  } finally {
    rmSync(copy, { recursive: true, force: true })
  }
}
