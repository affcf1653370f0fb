import { createHmac, timingSafeEqual } from 'node:crypto'
import { join } from 'node:path'
import { z } from '../../shared/contract/schema.ts'
import type { CreationPorts } from './creation.ts'
import { VaultError } from './errors.ts'
import { readKeychainSecret } from './keychain.ts'
import { wipe } from './keys.ts'

/*
 * vault.destroying: from the moment it stands, a start goes on destroying by itself. So nothing but the vault's own
 * keychain secret may make one count, and what cannot be checked at this moment waits: it neither destroys nor opens.
 *
 *   vault.json whole           its id must be the mark's; with a keychain the secret must be there and the proof
 *                              right, but for a mark at `keys`, whose secret may be gone already
 *   vault.json gone or zeroed  the same: the mark was at `keys` before any lock went
 */

export const DESTROYING = 'vault.destroying'

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/
const marker = z.strictObject({
  version: z.literal(1),
  vaultId: z.string().regex(uuid),
  /** Made with the keychain's secret; null for a vault without one. */
  proof: z
    .string()
    .regex(/^[0-9a-f]{64}$/)
    .nullable(),
  /** Written, once the mark was found to be ours, before the first key goes. */
  stage: z.literal('keys').optional(),
})
export type DestructionMark = z.infer<typeof marker>

type Ports = Pick<CreationPorts, 'files' | 'keychain' | 'paths'>

const markerPath = ({ paths }: Pick<Ports, 'paths'>): string => join(paths.directory, DESTROYING)

const proofOf = (secret: Buffer, vaultId: string): Buffer =>
  createHmac('sha256', secret).update(`bracket/v1/destroy/${vaultId}`).digest()

const write = ({ files, paths }: Ports, mark: DestructionMark): Promise<void> =>
  files.write(markerPath({ paths }), `${JSON.stringify(mark)}\n`)

/**
 * Step 1, once the passphrase was right. @throws VaultError KEYCHAIN_* where its secret cannot be had, and what
 * writing throws; nothing was done then.
 */
export async function markForDestruction(
  ports: Ports,
  vaultId: string,
  withKeychain: boolean,
): Promise<void> {
  const secret = withKeychain ? await readKeychainSecret(ports.keychain, vaultId) : null
  // A mark that could not be told from a planted one would be thrown away, and the vault stay.
  if (withKeychain && secret === null) throw new VaultError('KEYCHAIN_ITEM_MISSING')
  const proof = secret === null ? null : proofOf(secret, vaultId).toString('hex')
  wipe(secret)
  await write(ports, { version: 1, vaultId, proof })
}

/** Nothing is opened, restored or made here while a mark stands. @throws VaultError DESTRUCTION_WAITING */
export async function refuseWhileMarked(ports: Pick<Ports, 'files' | 'paths'>): Promise<void> {
  const size = await ports.files.size(markerPath(ports))
  // NaN: in a directory that may not be looked into there is no vault to be opened either.
  if (size !== null && !Number.isNaN(size)) throw new VaultError('DESTRUCTION_WAITING')
}

/**
 * The mark, if it is ours; one that is not goes, so that it stands in nobody's way.
 * @throws VaultError where that cannot be said now: the keychain does not answer, or a file cannot be read
 */
export async function standingMark(ports: Ports): Promise<DestructionMark | null> {
  const read = await ports.files.read(markerPath(ports), 4096)
  if (read.kind === 'missing') return null
  if (read.kind === 'unreadable') throw new VaultError('DESTRUCTION_WAITING')
  const parsed = marker.safeParse(read.kind === 'bytes' ? parsedJson(read.bytes) : null)
  if (parsed.success && (await isOurs(ports, parsed.data))) return parsed.data
  await removeMark(ports)
  return null
}

/** From here on a missing secret is what was to be expected. @throws VaultError as writing does */
export const beginWithKeys = (ports: Ports, mark: DestructionMark): Promise<void> =>
  mark.stage === 'keys' ? Promise.resolve() : write(ports, { ...mark, stage: 'keys' })

export async function removeMark(ports: Ports): Promise<void> {
  await ports.files.remove(markerPath(ports)).catch(() => undefined)
}

async function isOurs(ports: Ports, mark: DestructionMark): Promise<boolean> {
  const locks = await locksInPlace(ports)
  if (locks !== null && locks.vaultId !== mark.vaultId) return false
  // Without a keychain nothing can prove it; who may plant a file here may delete the others as well.
  if (mark.proof === null && locks !== null) return !locks.withKeychain
  const secret = await readKeychainSecret(ports.keychain, mark.vaultId).catch((error: unknown) => {
    if (mark.proof === null) return null
    throw error
  })
  if (secret === null) return mark.stage === 'keys'
  const right = proofOf(secret, mark.vaultId)
  wipe(secret)
  return mark.proof !== null && timingSafeEqual(right, Buffer.from(mark.proof, 'hex'))
}

const loosely = z.looseObject({
  vaultId: z.string(),
  slots: z.looseObject({ record: z.looseObject({ passphrase: z.looseObject({ name: z.string() }) }) }),
})

/** What vault.json says, authentic or not; null where it is gone, overwritten or no vault.json any more. */
async function locksInPlace({
  files,
  paths,
}: Ports): Promise<{ vaultId: string; withKeychain: boolean } | null> {
  const read = await files.read(paths.vaultFile, 64 * 1024)
  if (read.kind === 'unreadable') throw new VaultError('DESTRUCTION_WAITING')
  const parsed = loosely.safeParse(read.kind === 'bytes' ? parsedJson(read.bytes) : null)
  if (!parsed.success) return null
  const { vaultId, slots } = parsed.data
  return { vaultId, withKeychain: slots.record.passphrase.name !== 'passphrase' }
}

export function parsedJson(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString('utf8'))
  } catch {
    return null
  }
}
