import { createHash, type Hash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { open, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import { fromFd, type Entry, type ZipFile } from 'yauzl'
import { z } from '../../shared/contract/schema.ts'
import { Refusal } from '../../shared/contract/result.ts'
import {
  BACKUP_FORMAT,
  MANIFEST,
  manifest as manifestSchema,
  PART_NAMES,
  type Manifest,
  type PartName,
} from './manifest.ts'
import { goOn, inFolder, inProfile } from './troubles.ts'
import { CHUNK, DIGEST_LENGTH } from './writing.ts'

const MANIFEST_LIMIT = 64 * 1024
/** A zip's first entry and its name; the first part's name belongs to the format for good. */
const HEAD = Buffer.from('PK\u0003\u0004', 'latin1')
const FIRST = Buffer.from('vault.json', 'latin1')

export interface SchemaVersions {
  readonly record: number
  readonly private: number
}

export interface Found {
  readonly manifest: Manifest
  /** Bytes of the whole file. */
  readonly size: number
}

/** What a file says of itself, believed only after `verify`. @throws Refusal BACKUP_NOT_ONE, _DAMAGED, _NEWER, _FOLDER_GONE */
export async function look(path: string): Promise<Found> {
  const size = await sizeOf(path)
  await assertHead(path, size)
  return withZip(path, async (zip, entries) => {
    const entry = entries.get(MANIFEST)
    if (entry === undefined || entry.uncompressedSize > MANIFEST_LIMIT) throw new Refusal('BACKUP_DAMAGED')
    const text = (await gathered(await stream(zip, entry))).toString('utf8')
    const manifest = parsed(text)
    const names = [...entries.keys()].filter((name) => name !== MANIFEST)
    const right = (name: string): boolean =>
      manifest.parts.some((p) => p.name === name && p.size === entries.get(name)?.uncompressedSize)
    if (names.length !== manifest.parts.length || !names.every(right)) throw new Refusal('BACKUP_DAMAGED')
    return { manifest, size }
  })
}

/** `look`, and every byte of the file against the hash at its end. */
export async function verify(
  path: string,
  known: SchemaVersions,
  {
    signal,
    onRead,
    onSize,
  }: { signal: AbortSignal; onRead(bytes: number): void; onSize(bytes: number): void },
): Promise<Found> {
  const found = await look(path)
  onSize(found.size)
  const whole = createHash('sha256')
  await inFolder(() =>
    each(
      createReadStream(path, { highWaterMark: CHUNK, end: found.size - DIGEST_LENGTH - 1 }),
      signal,
      (chunk) => {
        whole.update(chunk)
        onRead(chunk.length)
      },
    ),
  )
  const written = await inFolder(() =>
    gathered(createReadStream(path, { start: found.size - DIGEST_LENGTH })),
  )
  if (written.toString('latin1') !== whole.digest('hex')) throw new Refusal('BACKUP_DAMAGED')
  const { schema } = found.manifest
  if (schema.record > known.record || schema.private > known.private) throw new Refusal('BACKUP_NEWER')
  return found
}

/**
 * Takes the named parts out into a directory and compares the size and hash of every one, taken out or not.
 * @throws Refusal BACKUP_DAMAGED, BACKUP_FOLDER_GONE, DISK_FULL, READ_ONLY, CANCELLED
 */
export async function takeOut(
  path: string,
  { manifest }: Found,
  {
    into,
    names,
    signal,
    onRead,
  }: {
    into: string
    names: readonly PartName[]
    signal: AbortSignal
    onRead(bytes: number): void
  },
): Promise<void> {
  await withZip(path, async (zip, entries) => {
    for (const part of manifest.parts) {
      const entry = entries.get(part.name)
      if (entry === undefined) throw new Refusal('BACKUP_DAMAGED')
      const digest = createHash('sha256')
      const source = await stream(zip, entry)
      const size = names.includes(part.name)
        ? await intoFile(source, join(into, part.name), digest, signal, onRead)
        : await intoHash(source, digest, signal, onRead)
      if (size !== part.size || digest.digest('hex') !== part.sha256) throw new Refusal('BACKUP_DAMAGED')
    }
  })
}

async function intoHash(
  source: Readable,
  digest: Hash,
  signal: AbortSignal,
  onRead: (bytes: number) => void,
): Promise<number> {
  let size = 0
  await inFolder(() =>
    each(source, signal, (chunk) => {
      digest.update(chunk)
      size += chunk.length
      onRead(chunk.length)
    }),
  )
  return size
}

async function intoFile(
  source: Readable,
  target: string,
  digest: Hash,
  signal: AbortSignal,
  onRead: (bytes: number) => void,
): Promise<number> {
  const handle = await inProfile(() => open(target, 'wx', 0o600))
  let size = 0
  try {
    await inFolder(() =>
      each(source, signal, async (chunk) => {
        digest.update(chunk)
        await inProfile(() => handle.write(chunk, 0, chunk.length, size))
        size += chunk.length
        onRead(chunk.length)
      }),
    )
    await inProfile(() => handle.sync())
  } finally {
    await handle.close()
  }
  return size
}

async function each(
  source: Readable,
  signal: AbortSignal,
  take: (chunk: Buffer) => void | Promise<void>,
): Promise<void> {
  for await (const chunk of source) {
    goOn(signal)
    await take(chunk as Buffer)
  }
}

async function gathered(source: Readable): Promise<Buffer> {
  const chunks: Buffer[] = []
  for await (const chunk of source) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks)
}

async function sizeOf(path: string): Promise<number> {
  const facts = await inFolder(() => stat(path))
  // A pipe or a device would be read without end.
  if (!facts.isFile()) throw new Refusal('BACKUP_NOT_ONE')
  return facts.size
}

async function assertHead(path: string, size: number): Promise<void> {
  const head =
    size < 40 ? Buffer.alloc(0) : await inFolder(() => gathered(createReadStream(path, { end: 39 })))
  const ours = head.subarray(0, 4).equals(HEAD) && head.subarray(30, 40).equals(FIRST)
  if (!ours) throw new Refusal('BACKUP_NOT_ONE')
}

const version = z.looseObject({ format: z.int() })

function parsed(text: string): Manifest {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    throw new Refusal('BACKUP_DAMAGED')
  }
  const format = version.safeParse(value)
  if (format.success && format.data.format > BACKUP_FORMAT) throw new Refusal('BACKUP_NEWER')
  const found = manifestSchema.safeParse(value)
  if (!found.success) throw new Refusal('BACKUP_DAMAGED')
  return found.data
}

/** Every entry by name. Strict: one of each, none compressed or encrypted, no name that is not ours. */
async function withZip<T>(
  path: string,
  work: (zip: ZipFile, entries: ReadonlyMap<string, Entry>) => Promise<T>,
): Promise<T> {
  const handle = await inFolder(() => open(path, 'r'))
  try {
    const zip = await new Promise<ZipFile>((resolve, reject) => {
      fromFd(handle.fd, { lazyEntries: true, autoClose: false }, (error, opened) =>
        error === null ? resolve(opened) : reject(error),
      )
    })
    return await work(zip, await entriesOf(zip))
  } catch (error) {
    if (error instanceof Refusal) throw error
    const system = error instanceof Error && 'errno' in error
    // yauzl's own words about a broken archive; the system's are about the folder.
    throw system
      ? await inFolder(() => Promise.reject(error)).catch((told: unknown) => told)
      : new Refusal('BACKUP_DAMAGED')
  } finally {
    await handle.close().catch(() => undefined)
  }
}

function entriesOf(zip: ZipFile): Promise<Map<string, Entry>> {
  const allowed: readonly string[] = [...PART_NAMES, MANIFEST]
  const entries = new Map<string, Entry>()
  return new Promise((resolve, reject) => {
    zip.on('error', reject)
    zip.on('entry', (entry: Entry) => {
      const plain = entry.compressionMethod === 0 && (entry.generalPurposeBitFlag & 1) === 0
      if (!plain || !allowed.includes(entry.fileName) || entries.has(entry.fileName)) {
        reject(new Refusal('BACKUP_DAMAGED'))
        return
      }
      entries.set(entry.fileName, entry)
      zip.readEntry()
    })
    zip.on('end', () => resolve(entries))
    zip.readEntry()
  })
}

function stream(zip: ZipFile, entry: Entry): Promise<Readable> {
  return new Promise((resolve, reject) => {
    zip.openReadStream(entry, (error, source) => (error === null ? resolve(source) : reject(error)))
  })
}
