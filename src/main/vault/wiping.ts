import { open, rm } from 'node:fs/promises'
import { basename, join } from 'node:path'
import type { DestructionProof, RemovedItem } from '../../shared/contract/wiping.ts'
import { z } from '../../shared/contract/schema.ts'
import { companionAccount } from './attempts.ts'
import type { CreationPorts } from './creation.ts'
import { beginWithKeys, parsedJson, removeMark, standingMark } from './destructionMark.ts'
import { VaultError } from './errors.ts'
import { witnessAccount } from './witness.ts'

/*
 * Destroying a vault is throwing its keys away; the files, ciphertext that nothing opens any more, go after them.
 * The order, so that a stop between any two steps leaves a whole vault or one that goes on to be destroyed:
 *
 *   1 vault.destroying (fsynced)   ← from here on every start goes forward by itself: see destructionMark.ts
 *   2 in it: the keys are going; then the keychain's items
 *   3 vault.json, and those of former states: the slots are overwritten, then the file goes
 *   4 databases, side files, copies
 *   5 everything is looked for once more
 *   6 vault.destroying goes
 */

const LOCKS = /^vault\.json(?:\.new)?$/u
const RECORD = /^record\.db(?:-wal|-shm|-journal|\.part)?$/u
const PRIVATE = /^private\.db(?:-wal|-shm|-journal|\.part)?$/u
/** Copies before migrations, unfinished set-ups and restores, and what this computer remembers of the backups. */
const COPIES =
  /^(?:(?:record|private)\.db\.before-v\d+|vault\.(?:creating|restoring|rekeying)(?:\.new)?|backups\.json(?:\.new)?)$/u
const DIRECTORIES = /^(?:unfinished|restoring|rekeying|backup|salvage)-[0-9a-f-]{36}$/u
const REPLACED = /^replaced-[0-9T-]{1,40}$/u

export interface WipingPorts extends CreationPorts {
  /** Seam for the tests that stop between two steps; called before each. */
  readonly beforeStep?: (name: string) => void
}

const accountsOf = (vaultId: string): readonly { account: string; name: string }[] => [
  { account: vaultId, name: 'the secret beside the passphrase' },
  { account: companionAccount(vaultId), name: 'the count of wrong passphrases' },
  { account: witnessAccount(vaultId), name: 'the witness of the log' },
]

/**
 * Steps 2 to 6, from wherever an earlier run was stopped. Null when there is nothing to destroy. What could not be
 * removed is in the proof, and the marker stays for the next start.
 * @throws VaultError KEYCHAIN_*, DESTRUCTION_WAITING, or what writing throws; nothing was destroyed then.
 */
export async function finishDestruction(
  ports: WipingPorts,
  resumed: boolean,
): Promise<DestructionProof | null> {
  const { files, keychain, paths } = ports
  const step = (name: string): void => ports.beforeStep?.(name)
  const mark = await standingMark(ports)
  if (mark === null) return null
  const { vaultId } = mark
  step('stage')
  await beginWithKeys(ports, mark)

  for (const { account } of accountsOf(vaultId)) {
    step('keychain')
    // One that does not answer must not keep the locks from going: without them its secret opens nothing.
    await keychain.delete(account).catch(() => false)
  }
  const there = await files.names(paths.directory)
  const former: string[] = []
  let others = 0
  for (const name of there.filter((one) => REPLACED.test(one))) {
    if (await isOf(ports, join(paths.directory, name), vaultId)) former.push(name)
    else others += 1
  }
  const ofKind = (pattern: RegExp): string[] => there.filter((name) => pattern.test(name))
  for (const name of [...former.map((one) => join(one, 'vault.json')), ...ofKind(LOCKS)]) {
    step('locks')
    await overwrite(join(paths.directory, name))
    // In a former state the emptied file stays until its folder goes: it is what says whose folder it is.
    if (basename(name) === name) await files.remove(join(paths.directory, name)).catch(() => undefined)
  }
  for (const name of [...ofKind(RECORD), ...ofKind(PRIVATE), ...ofKind(COPIES)]) {
    step('files')
    await files.remove(join(paths.directory, name)).catch(() => undefined)
  }
  for (const name of [...former, ...ofKind(DIRECTORIES)]) {
    step('files')
    const directory = join(paths.directory, name)
    // vault.json last: half of a folder must still say whose it is.
    for (const inner of (await files.names(directory)).filter((one) => one !== 'vault.json')) {
      await rm(join(directory, inner), { recursive: true, force: true }).catch(() => undefined)
    }
    await rm(directory, { recursive: true, force: true, maxRetries: 3 }).catch(() => undefined)
  }

  const items: RemovedItem[] = []
  for (const { account, name } of accountsOf(vaultId)) {
    items.push({ kind: 'keychain', name, found: await stillInKeychain(ports, account) })
  }
  const wanted: readonly [RemovedItem['kind'], readonly string[]][] = [
    ['locks', ['vault.json']],
    ['record', unique('record.db', ofKind(RECORD))],
    ['private', unique('private.db', ofKind(PRIVATE))],
    ['copy', [...former, ...ofKind(COPIES), ...ofKind(DIRECTORIES)]],
  ]
  for (const [kind, names] of wanted) {
    for (const name of names) {
      const size = await files.size(join(paths.directory, name))
      items.push({ kind, name, found: size === null ? 'gone' : 'there' })
    }
  }
  step('marker')
  const filesGone = items.every(({ kind, found }) => kind === 'keychain' || found === 'gone')
  if (filesGone) await removeMark(ports)
  return { at: ports.now(), items, others, resumed }
}

const unique = (first: string, names: readonly string[]): string[] => [...new Set([first, ...names])]

async function stillInKeychain({ keychain }: WipingPorts, account: string): Promise<RemovedItem['found']> {
  try {
    return (await keychain.get(account)) === null ? 'gone' : 'there'
  } catch {
    return 'unasked'
  }
}

/** A folder that a restore moved aside is this vault's if its vault.json says so, or was overwritten by us. */
async function isOf({ files }: WipingPorts, directory: string, vaultId: string): Promise<boolean> {
  const read = await files.read(join(directory, 'vault.json'), 64 * 1024)
  if (read.kind !== 'bytes') return false
  // Empty is not overwritten: that keeps its size.
  if (read.bytes.length > 0 && read.bytes.every((byte) => byte === 0)) return true
  const parsed = z.looseObject({ vaultId: z.string() }).safeParse(parsedJson(read.bytes))
  return parsed.success && parsed.data.vaultId === vaultId
}

/** Folders with former states of this vault. */
export async function formerStates(ports: WipingPorts, vaultId: string): Promise<number> {
  const { files, paths } = ports
  let found = 0
  for (const name of await files.names(paths.directory)) {
    if (REPLACED.test(name) && (await isOf(ports, join(paths.directory, name), vaultId))) found += 1
  }
  return found
}

/**
 * In place, so that the blocks which held the wrapped keys hold something else. A disk that moves its blocks about
 * (an SSD) may keep the old ones for a while: what makes that harmless is the passphrase and the keychain's secret.
 */
async function overwrite(path: string): Promise<void> {
  try {
    const handle = await open(path, 'r+')
    try {
      const { size } = await handle.stat()
      await handle.write(Buffer.alloc(size), 0, size, 0)
      await handle.sync()
    } finally {
      await handle.close()
    }
  } catch {
    // Not there any more, or not to be written: removing it follows, and the proof says what became of it.
  }
}

/** The keychain's secret goes; only a recovery sheet opens the vault then. @throws VaultError KEYCHAIN_UNAVAILABLE */
export async function lockToRecovery(
  { keychain }: Pick<WipingPorts, 'keychain'>,
  vaultId: string,
): Promise<void> {
  await keychain.delete(vaultId).catch(() => {
    throw new VaultError('KEYCHAIN_UNAVAILABLE')
  })
}
