import { createHash, type Hash } from 'node:crypto'
import { type FileHandle, open, rm } from 'node:fs/promises'
import { crc32 } from 'node:zlib'
import { giveWay, type Saving } from '../store/givingWay.ts'
import { DIGEST_LENGTH, MANIFEST, type PartName } from './format.ts'
import type { Manifest, Part } from './manifest.ts'
import { fromBytes, type PartSource, readingFrom, type ReadPart } from './sources.ts'
import { goOn, inFolder } from './troubles.ts'
import { endOf, localHeader, localHeaderLength, type ZipEntry } from './zip.ts'

const COMMENT = 'Bracket backup; SHA-256 of all before but the parts: '

const CHUNK = 2 * 1024 * 1024
/** After so much the disk is asked to begin, so that the last fsync has little left to wait for. */
const SYNC_EVERY = 4 * CHUNK
/** Chunks on their way here: hashing is what takes longest, and must not wait for a thread to wake up. */
const READ_AHEAD = 2

export interface Writing {
  /** Made new; whatever stands there under this name goes. */
  readonly target: string
  readonly parts: readonly PartSource[]
  /** All of the manifest but the parts, which are known by their hashes only once they are written. */
  readonly about: Omit<Manifest, 'parts'>
  readonly signal: AbortSignal
  /** Whom to give way to. */
  readonly saving: Saving
  /** Bytes that have been written. */
  readonly onWritten: (bytes: number) => void
}

/**
 * A zip without compression (ciphertext has none to give): the parts, then the manifest that knows their hashes,
 * then, as the archive's comment, the hash of everything else, so that not one bit can change unnoticed and no byte
 * is hashed twice. Each part is read once and goes straight to where it will lie.
 * On the disk when this resolves; removed when it rejects.
 * @throws Refusal BACKUP_NO_ROOM, BACKUP_FOLDER_GONE, BACKUP_FOLDER_READ_ONLY, CANCELLED; HoldBroken
 */
export async function writeBackup(writing: Writing): Promise<void> {
  const { target } = writing
  try {
    await inFolder(() => rm(target, { force: true }))
    const handle = await inFolder(() => open(target, 'wx', 0o600))
    try {
      await pour(writing, handle)
      await inFolder(() => handle.sync())
    } finally {
      await handle.close()
    }
  } catch (error) {
    await rm(target, { force: true }).catch(() => undefined)
    throw error
  }
}

async function pour(writing: Writing, handle: FileHandle): Promise<void> {
  const { about } = writing
  const digest = createHash('sha256')
  const entries: ZipEntry[] = []
  const parts: Part[] = []
  const file = output(handle)
  const add = async (name: PartName | typeof MANIFEST, size: number, hash: Hash, read: ReadPart) => {
    const at = file.at
    file.skip(localHeaderLength(name, size))
    const entry = { name, size, at, crc32: await poured(file, size, hash, read, writing) }
    entries.push(entry)
    // In front of its bytes stands their checksum, so it is written after them.
    const header = localHeader(entry)
    digest.update(header)
    await inFolder(() => handle.write(header, 0, header.length, at))
  }
  // All at once: a held file that is given up while another part is being written must be heard of.
  const sources = await Promise.all(writing.parts.map(readingFrom))
  try {
    for (const [n, { name, size }] of writing.parts.entries()) {
      const hash = createHash('sha256')
      await add(name, size, hash, sources[n]?.read ?? fromBytes(new Uint8Array()))
      parts.push({ name, size, sha256: hash.digest('hex') })
    }
  } finally {
    for (const source of sources) await source.close()
  }
  const manifest = Buffer.from(JSON.stringify({ ...about, parts } satisfies Manifest, null, 2), 'utf8')
  // Not a part: its bytes go into the last hash, after its header, as they lie.
  const nothing = createHash('sha256')
  await add(MANIFEST, manifest.length, nothing, fromBytes(manifest))
  const end = endOf(entries, file.at, `${COMMENT}${'0'.repeat(DIGEST_LENGTH)}`)
  digest.update(manifest).update(end.subarray(0, -DIGEST_LENGTH))
  end.write(digest.digest('hex'), end.length - DIGEST_LENGTH, 'latin1')
  await file.write(end)
  await file.settled()
}

/**
 * Reads ahead and writes behind, so that reading, hashing and writing go on at the same time, in the same few
 * stretches of memory: fresh memory for every chunk costs more than reading it. Gives the CRC-32.
 */
async function poured(
  file: Output,
  size: number,
  hash: Hash,
  read: ReadPart,
  { signal, saving, onWritten }: Pick<Writing, 'signal' | 'saving' | 'onWritten'>,
): Promise<number> {
  let sum = 0
  const free: ArrayBuffer[] = []
  const coming: Promise<Uint8Array<ArrayBuffer>>[] = []
  let asked = 0
  const ask = (): void => {
    for (; asked < size && coming.length < READ_AHEAD; asked += CHUNK) {
      const chunk = read(asked, Math.min(CHUNK, size - asked), free.pop() ?? new ArrayBuffer(CHUNK))
      // Nobody may be waiting for it any more when it fails.
      chunk.catch(() => undefined)
      coming.push(chunk)
    }
  }
  ask()
  let before: ArrayBuffer | null = null
  for (let at = 0; at < size;) {
    const chunk = await coming.shift()
    goOn(signal)
    giveWay(saving)
    // A source that is shorter than it was said to be.
    if (chunk?.length !== Math.min(CHUNK, size - at)) throw new Error('SHORT_SOURCE')
    at += chunk.length
    ask()
    const written = file.write(chunk)
    hash.update(chunk)
    sum = crc32(chunk, sum)
    await written
    if (before !== null) free.push(before)
    before = chunk.buffer
    onWritten(file.at)
  }
  return sum
}

interface Output {
  readonly at: number
  skip(bytes: number): void
  /** Resolves when the write before it has been made. */
  write(bytes: Uint8Array): Promise<void>
  settled(): Promise<void>
}

function output(handle: FileHandle): Output {
  let at = 0
  let unsynced = 0
  let last: Promise<unknown> = Promise.resolve()
  let syncing: Promise<unknown> = Promise.resolve()
  return {
    get at() {
      return at
    },
    skip(bytes) {
      at += bytes
    },
    async write(bytes) {
      const before = last
      const from = at
      at += bytes.length
      last = before.then(() => inFolder(() => writeAll(handle, bytes, from)))
      last.catch(() => undefined)
      unsynced += bytes.length
      if (unsynced >= SYNC_EVERY) {
        unsynced = 0
        // What it says of failures the sync at the end says too.
        syncing = Promise.all([syncing, handle.datasync().catch(() => undefined)])
      }
      await before
    },
    async settled() {
      await last
      await syncing
    },
  }
}

/** All of it, at this place. */
export async function writeAll(handle: FileHandle, bytes: Uint8Array, from: number): Promise<void> {
  for (let done = 0; done < bytes.length;) {
    const { bytesWritten } = await handle.write(bytes, done, bytes.length - done, from + done)
    done += bytesWritten
  }
}
