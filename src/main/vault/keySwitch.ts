import { basename, join } from 'node:path'
import { rm } from 'node:fs/promises'
import { z } from '../../shared/contract/schema.ts'
import type { DurableFiles } from './durableFiles.ts'
import type { ProfilePaths } from './profile.ts'

/*
 * New keys for both databases: the order of things, so that after a stop between any two steps either the old files
 * with the old keys open or the new ones with the new (docs/adr/0013-new-key.md):
 *
 *   1 both files, rewritten under new keys, checked, synced, and their vault.json stand in rekeying-…/
 *     (the vault is untouched; without the marker of step 2 that directory is scrap)
 *   2 vault.rekeying names the directory     ← from here on a start goes forward by itself
 *   3 side files of the old databases go (they were closed: an empty log at most), then the three files move over
 *     the old ones, vault.json last
 *   4 vault.rekeying goes, then the directory
 *
 * What still lies in the directory while the marker stands belongs in the vault's place, and nothing else does.
 */

const STAGED = ['record.db', 'private.db', 'vault.json'] as const
const SIDE_FILES = ['record.db-wal', 'record.db-shm', 'private.db-wal', 'private.db-shm'] as const
const STAGING = /^rekeying-[0-9a-f-]{36}$/u

const journal = z.strictObject({
  version: z.literal(1),
  // A name and not a path: a planted file must not be able to move anything from elsewhere.
  staging: z.string().regex(STAGING),
})

export interface KeySwitchPorts {
  readonly files: DurableFiles
  readonly paths: ProfilePaths
}

/** Steps 2 to 4. `staging` is a name in the profile; in it stand all three files, checked and synced. */
export async function switchKeys(ports: KeySwitchPorts, staging: string): Promise<void> {
  const { files, paths } = ports
  const staged = await files.names(join(paths.directory, staging))
  if (!STAGED.every((name) => staged.includes(name))) throw new Error('INCOMPLETE')
  await files.write(paths.rekeyMarker, `${JSON.stringify({ version: 1, staging })}\n`)
  await settleKeySwitch(ports)
}

/**
 * Before anything looks at the profile: finishes a switch that was begun, sweeps what was not. Rejects when it
 * cannot: the marker then stays, and the next start goes on with it.
 */
export async function settleKeySwitch({ files, paths }: KeySwitchPorts): Promise<void> {
  const { directory } = paths
  const read = await files.read(paths.rekeyMarker, 4096)
  if (read.kind === 'missing') return sweep(files, directory)
  if (read.kind !== 'bytes') throw new Error('UNREADABLE')
  const { staging } = journal.parse(JSON.parse(read.bytes.toString('utf8')))
  const from = join(directory, staging)
  const staged = await files.names(from)
  for (const name of SIDE_FILES) {
    // Not read again by anybody: the new files have never been opened in their place. Once the first of them is in
    // it, these have gone, and what is there is a log of its own.
    if (staged.includes('record.db') && (await files.size(join(directory, name))) !== null)
      await files.remove(join(directory, name))
  }
  for (const name of STAGED) {
    if (staged.includes(name)) await files.move(join(from, name), join(directory, name))
  }
  await files.remove(paths.rekeyMarker)
  await sweep(files, directory)
}

/** Half a marker, as a crash leaves it: it named nothing yet. */
const HALF_A_MARKER = 'vault.rekeying.new'

/** Ciphertext of copies that were never switched to; their keys are gone already. */
async function sweep(files: DurableFiles, directory: string): Promise<void> {
  for (const name of await files.names(directory)) {
    if (STAGING.test(basename(name)) || name === HALF_A_MARKER) {
      await rm(join(directory, name), { recursive: true, force: true }).catch(() => undefined)
    }
  }
}
