import { join } from 'node:path'
import { rm } from 'node:fs/promises'
import { z } from '../../shared/contract/schema.ts'
import type { DurableFiles } from '../vault/durableFiles.ts'
import { profilePaths } from '../vault/profile.ts'
import { isScratch } from './examination.ts'

/*
 * The order of a restore, so that after a stop between any two steps either the old vault or the restored one
 * opens:
 *
 *   1 everything stands, synced and rewrapped, in restoring-…/      (the old vault is untouched)
 *   2 vault.restoring, "away"      ← from here on a start goes forward by itself
 *   3 the old vault's files move to replaced-…/, one by one
 *   4 vault.restoring, "in"
 *   5 the restored files move into their places
 *   6 vault.restoring goes
 *
 * Nothing is deleted but the emptied directory of step 1.
 */

const STAGED = ['record.db', 'private.db', 'private.db-wal', 'vault.json'] as const
const NEEDED = ['record.db', 'private.db', 'vault.json'] as const
/** Everything that belongs to a vault: side files, and the copies that migrations made. */
const OF_A_VAULT =
  /^(?:vault\.json|vault\.creating|(?:record|private)\.db(?:-wal|-shm|-journal|\.before-v\d+)?)$/u
const STAGING = /^restoring-[0-9a-f-]{36}$/u
const HALF_A_JOURNAL = 'vault.restoring.new'

const journal = z.strictObject({
  version: z.literal(1),
  step: z.enum(['away', 'in']),
  // Names and not paths: a planted file must not be able to move anything from or to elsewhere.
  staging: z.string().regex(STAGING),
  replaced: z.string().regex(/^replaced-[0-9T-]{1,40}$/u),
})
type Journal = z.infer<typeof journal>

export interface Placing {
  readonly files: DurableFiles
  readonly profile: string
}

const markerOf = (profile: string): string => profilePaths(profile).restoreMarker
const writeJournal = ({ files, profile }: Placing, value: Journal): Promise<void> =>
  files.write(markerOf(profile), `${JSON.stringify(value)}\n`)

export const isStaging = (name: string): boolean => STAGING.test(name)

/** Names of the files of a vault in the profile. */
export async function vaultFilesIn({ files, profile }: Placing): Promise<string[]> {
  return (await files.names(profile)).filter((name) => OF_A_VAULT.test(name))
}

/** Step 2 and all after it. `staging` is a name in the profile; what is put aside lies in `replaced-<time>`. */
export async function putInPlace(placing: Placing, staging: string, at: number): Promise<void> {
  const taken = new Set(await placing.files.names(placing.profile))
  const stem = `replaced-${new Date(at).toISOString().slice(0, 19).replaceAll(':', '-')}`
  let replaced = stem
  for (let nth = 2; taken.has(replaced); nth += 1) replaced = `${stem}-${nth}`
  await writeJournal(placing, { version: 1, step: 'away', staging, replaced })
  await settle(placing)
}

/**
 * Finishes a restore that was begun; does nothing when there is none. Rejects when it cannot: the marker then stays,
 * and with it the refusal to take the profile for a new one.
 */
export async function settle(placing: Placing): Promise<void> {
  const { files, profile } = placing
  const read = await files.read(markerOf(profile), 4096)
  if (read.kind === 'missing') return
  if (read.kind !== 'bytes') throw new Error('UNREADABLE')
  let begun = journal.parse(JSON.parse(read.bytes.toString('utf8')))
  const staging = join(profile, begun.staging)
  if (begun.step === 'away') {
    const staged = await files.names(staging)
    if (!NEEDED.every((name) => staged.includes(name))) {
      // Nothing was moved yet, or could be moved on: the old vault stays, whole.
      const away = await files.names(join(profile, begun.replaced))
      for (const name of away) await files.move(join(profile, begun.replaced, name), join(profile, name))
      await files.remove(markerOf(profile))
      return
    }
    const old = await vaultFilesIn(placing)
    if (old.length > 0) await files.makeDirectory(join(profile, begun.replaced))
    for (const name of old) await files.move(join(profile, name), join(profile, begun.replaced, name))
    begun = { ...begun, step: 'in' }
    await writeJournal(placing, begun)
  }
  const staged = await files.names(staging)
  for (const name of STAGED) {
    if (staged.includes(name)) await files.move(join(staging, name), join(profile, name))
  }
  const present = await files.names(profile)
  if (!NEEDED.every((name) => present.includes(name))) throw new Error('INCOMPLETE')
  await files.remove(markerOf(profile))
  await rm(staging, { recursive: true, force: true }).catch(() => undefined)
}

/** Whether a restore has begun, or may have: from its marker on it goes forward by itself. */
export const isUnderWay = async ({ files, profile }: Placing): Promise<boolean> =>
  (await files.size(markerOf(profile))) !== null

/** Directories of ciphertext that a crash left behind; never while a restore waits to be finished. */
export async function sweepScratch(placing: Placing): Promise<void> {
  if (await isUnderWay(placing)) return
  const { files, profile } = placing
  for (const name of await files.names(profile)) {
    // A journal that a kill kept from its place says nothing: the one that counts has the name without the end.
    if (!isScratch(name) && !isStaging(name) && name !== HALF_A_JOURNAL) continue
    // One that will not go is in nobody's way: it must not shut the door.
    await rm(join(profile, name), { recursive: true, force: true }).catch(() => undefined)
  }
}
