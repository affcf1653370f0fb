import { app } from 'electron'
import type { Clock } from '../shared/domain/clock.ts'
import { createBackups } from './backup/Backups.ts'
import { scratch } from './backup/examination.ts'
import { createRestoring } from './backup/Restoring.ts'
import { createChecks } from './checks.ts'
import type { Rooms } from './rooms/rooms.ts'
import { createSalvage } from './salvage/Salvage.ts'
import type { DriverName } from './store/driver/SqlDriver.ts'
import { diskFiles } from './vault/durableFiles.ts'
import type { KeychainPort } from './vault/keychain.ts'
import type { Vault } from './vault/Vault.ts'
import { WitnessItem } from './vault/witness.ts'
import type { Windows } from './window/windows.ts'
import { choosingFile, choosingFolder } from './window/dialogs.ts'

const BACKUP_TICK_MS = 600_000

export interface KeepingPorts {
  profile: string
  clock: Clock
  driver: DriverName
  rooms: Rooms
  windows: Windows
  keychain: KeychainPort
  vault: Vault
  /** For a restored vault, which is made whole beside the present one. */
  vaultAt(directory: string): Vault
  slotsForBackup(): Promise<Buffer>
  /** Nothing is open, and nothing is being opened. */
  isAtDoor(): boolean
  /** Damage was found in the record. */
  onDamage(): void
  log(event: string, code: string): void
}

/** Never stranded: backups and restoring them, the full check, and reading what is left of a damaged record. */
export function createKeeping(ports: KeepingPorts) {
  const { profile, clock, driver, rooms, windows, keychain, vault, vaultAt, isAtDoor } = ports
  const workerPath = new URL('./backup-worker.js', import.meta.url)
  const onLeft = (): void => windows.send('vaultState', {})

  const backups = createBackups({
    profile,
    clock,
    version: app.getVersion(),
    schema: rooms.schema,
    vault: () => (rooms.place()?.sampleKey === null ? vault.facts : null),
    slotsForBackup: ports.slotsForBackup,
    workerPath,
    keysOf: (path) => vault.keysOfBackup(path),
    holdParts: rooms.holdParts,
    holdsKey: rooms.holdsKey,
    checkCopy: rooms.checkCopy,
    read: rooms.remembered.read,
    write: rooms.remembered.write,
    askForFolder: choosingFolder('Choose a folder for backups', 'Use this folder'),
    changed: () => windows.send('changed', { topics: ['backup'] }),
    note: async (action) => rooms.record()?.log.note(action),
    log: ports.log,
  })
  setInterval(() => void backups.tick(), BACKUP_TICK_MS).unref()

  const restoring = createRestoring({
    profile,
    clock,
    files: diskFiles,
    schema: rooms.schema,
    workerPath,
    askForFile: choosingFile('Choose a backup', { name: 'Bracket backups', extensions: ['bracketbackup'] }),
    vaultAt,
    checkCopy: rooms.checkCopy,
    anchorAnew: (vaultId) => new WitnessItem(keychain, vaultId).anchorAnew(),
    isLocked: isAtDoor,
    onLeft,
  })

  const salvage = createSalvage({
    profile,
    driver,
    workerPath: new URL('./salvage-worker.js', import.meta.url),
    scratch: () => scratch(profile),
    keyFor: async (passphrase) => {
      const { recordKey } = await vault.unlock(passphrase)
      await vault.lock()
      return recordKey
    },
    isLocked: isAtDoor,
    onLeft,
  })

  const checks = createChecks({
    rooms,
    scratch: () => scratch(profile),
    changed: () => windows.send('changed', { topics: ['verification'] }),
    onDamage: ports.onDamage,
  })

  return { backups, restoring, salvage, checks }
}
