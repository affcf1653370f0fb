import { createHash, type Hash } from 'node:crypto'
import { type FileHandle, open, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import { fromFd, type Entry, type ZipFile } from 'yauzl'
import { z } from '../../shared/contract/schema.ts'
import { Refusal } from '../../shared/contract/result.ts'
import { giveWay, type Saving } from '../store/givingWay.ts'
import { BACKUP_FORMAT, DIGEST_LENGTH, MANIFEST, PART_NAMES, type PartName } from './format.ts'
import { manifest as manifestSchema, type Manifest } from './manifest.ts'
import { goOn, inFolder, inProfile } from './troubles.ts'
import { writeAll } from './writing.ts'

const MANIFEST_LIMIT = 64 * 1024
const CHUNK = 1024 * 1024
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

export interface Reading {
  readonly path: string
  /** The newest schema that can be opened here. */
  readonly schema: SchemaVersions
  /** Which parts to take out, and where; the directory is there already. Null: all are compared and none is kept. */
  readonly into: { readonly directory: string; readonly names: readonly PartName[] } | null
  /** What is taken out is on the disk when this resolves; not needed for what is thrown away again. */
  readonly durable: boolean
  readonly signal: AbortSignal
  /** Whom to give way to. */
  readonly saving: Saving
  /** Bytes read, and of how many. */
  readonly onRead: (bytes: number, of: number) => void
}

/** What a file says of itself, believed only after `readThrough`. @throws Refusal BACKUP_NOT_ONE, _DAMAGED, _NEWER, _FOLDER_GONE */
export function look(path: string): Promise<Found> {
  return withFile(path, async (handle, size) => {
    const { manifest } = await manifestIn(handle, size)
    return { manifest, size }
  })
}

/**
 * `look`, and every byte of the file against the hash of its part or the one at the end of the file, in one
 * reading. What was taken out of a file that then shows damage is the caller's to remove.
 * @throws Refusal BACKUP_*, DISK_FULL, READ_ONLY, CANCELLED
 */
export function readThrough(reading: Reading): Promise<Found> {
  const { path, schema: known, into, durable, signal, saving, onRead } = reading
  return withFile(path, async (handle, size) => {
    const { manifest, places } = await manifestIn(handle, size)
    if (manifest.schema.record > known.record || manifest.schema.private > known.private)
      throw new Refusal('BACKUP_NEWER')
    const rest = createHash('sha256')
    let at = 0
    const upTo = async (end: number, take: (chunk: Buffer) => void | Promise<void>): Promise<void> => {
      for await (const chunk of chunks(handle, at, end)) {
        goOn(signal)
        giveWay(saving)
        at += chunk.length
        await take(chunk)
        onRead(at, size)
      }
    }
    for (const { name, from, length } of places) {
      await upTo(from, (chunk) => void rest.update(chunk))
      const hash = createHash('sha256')
      const target = into?.names.includes(name) === true ? join(into.directory, name) : null
      if (target === null) await upTo(from + length, (chunk) => void hash.update(chunk))
      else await takeOut(target, durable, hash, (take) => upTo(from + length, take))
      const said = manifest.parts.find((part) => part.name === name)
      if (said?.size !== length || said.sha256 !== hash.digest('hex')) throw new Refusal('BACKUP_DAMAGED')
    }
    await upTo(size - DIGEST_LENGTH, (chunk) => void rest.update(chunk))
    const written = await bytesAt(handle, at, DIGEST_LENGTH)
    if (written.toString('latin1') !== rest.digest('hex')) throw new Refusal('BACKUP_DAMAGED')
    return { manifest, size }
  })
}

/** Writes behind, so that the next bytes are read and hashed meanwhile; a chunk is its own until the one after next. */
async function takeOut(
  target: string,
  durable: boolean,
  hash: Hash,
  pour: (take: (chunk: Buffer) => Promise<void>) => Promise<void>,
): Promise<void> {
  const handle = await inProfile(() => open(target, 'wx', 0o600))
  try {
    let last: Promise<unknown> = Promise.resolve()
    let at = 0
    await pour(async (chunk) => {
      const before = last
      const from = at
      at += chunk.length
      last = before.then(() => inProfile(() => writeAll(handle, chunk, from)))
      last.catch(() => undefined)
      hash.update(chunk)
      await before
    })
    await last
    if (durable) await inProfile(() => handle.sync())
  } finally {
    await handle.close()
  }
}

/**
 * Reads ahead by one, in the same four stretches of memory in turn: fresh memory for every chunk costs more than reading
 * it. So a chunk holds until the one after next is asked for. Ends early, as damage, when the file is shorter than it was.
 */
async function* chunks(handle: FileHandle, from: number, end: number): AsyncGenerator<Buffer> {
  // One being read, one being hashed, one being written, one waiting to be.
  const memory = Array.from({ length: Math.min(4, Math.ceil((end - from) / CHUNK)) }, () =>
    Buffer.allocUnsafeSlow(Math.min(CHUNK, end - from)),
  )
  let turn = 0
  const ask = (at: number): Promise<Buffer> | null => {
    if (at >= end) return null
    const into = memory[turn++ % memory.length]?.subarray(0, Math.min(CHUNK, end - at))
    const asked = inFolder(() => bytesAt(handle, at, Math.min(CHUNK, end - at), into))
    asked.catch(() => undefined)
    return asked
  }
  let next = ask(from)
  for (let at = from; next !== null;) {
    const chunk = await next
    at += chunk.length
    next = ask(at)
    yield chunk
  }
}

async function bytesAt(
  handle: FileHandle,
  at: number,
  length: number,
  bytes = Buffer.allocUnsafe(length),
): Promise<Buffer> {
  for (let read = 0; read < length;) {
    const { bytesRead } = await handle.read(bytes, read, length - read, at + read)
    if (bytesRead === 0) throw new Refusal('BACKUP_DAMAGED')
    read += bytesRead
  }
  return bytes
}

interface Place {
  readonly name: PartName
  /** Where its bytes begin. */
  readonly from: number
  readonly length: number
}

async function manifestIn(
  handle: FileHandle,
  size: number,
): Promise<{ manifest: Manifest; places: Place[] }> {
  if (size < 40 + DIGEST_LENGTH) throw new Refusal('BACKUP_NOT_ONE')
  const head = await bytesAt(handle, 0, 40)
  const ours = head.subarray(0, 4).equals(HEAD) && head.subarray(30, 40).equals(FIRST)
  if (!ours) throw new Refusal('BACKUP_NOT_ONE')
  const zip = await new Promise<ZipFile>((resolve, reject) => {
    fromFd(handle.fd, { lazyEntries: true, autoClose: false }, (error, opened) =>
      error === null ? resolve(opened) : reject(error),
    )
  })
  const entries = await entriesOf(zip)
  const entry = entries.get(MANIFEST)
  if (entry === undefined || entry.uncompressedSize > MANIFEST_LIMIT) throw new Refusal('BACKUP_DAMAGED')
  const manifest = parsed((await gathered(await stream(zip, entry))).toString('utf8'))
  const places: Place[] = []
  for (const { name, size: length } of manifest.parts) {
    const part = entries.get(name)
    if (part?.uncompressedSize !== length) throw new Refusal('BACKUP_DAMAGED')
    const { fileDataStart: from } = await zip.readLocalFileHeaderPromise(part, { minimal: true })
    places.push({ name, from, length })
  }
  if (entries.size !== places.length + 1) throw new Refusal('BACKUP_DAMAGED')
  places.sort((a, b) => a.from - b.from)
  let end = 0
  for (const { from, length } of places) {
    // Two parts in the same bytes would leave others unread.
    if (from < end) throw new Refusal('BACKUP_DAMAGED')
    end = from + length
  }
  if (end > size - DIGEST_LENGTH) throw new Refusal('BACKUP_DAMAGED')
  return { manifest, places }
}

async function withFile<T>(path: string, work: (handle: FileHandle, size: number) => Promise<T>): Promise<T> {
  const facts = await inFolder(() => stat(path))
  // A pipe or a device would be waited for, or read, without end.
  if (!facts.isFile()) throw new Refusal('BACKUP_NOT_ONE')
  const handle = await inFolder(() => open(path, 'r'))
  try {
    return await work(handle, facts.size)
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

async function gathered(source: Readable): Promise<Buffer> {
  const all: Buffer[] = []
  for await (const chunk of source) all.push(chunk as Buffer)
  return Buffer.concat(all)
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
