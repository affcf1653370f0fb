import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { open, rm, type FileHandle } from 'node:fs/promises'
import type { Readable } from 'node:stream'
import { ZipFile } from 'yazl'
import { MANIFEST, type Manifest, type Part, type PartName } from './manifest.ts'
import { goOn, inFolder, inProfile } from './troubles.ts'

export const CHUNK = 256 * 1024
/** Hexadecimal digits at the very end of the file: the SHA-256 of every byte before them. */
export const DIGEST_LENGTH = 64
const COMMENT = 'Bracket backup; SHA-256 of all before: '

export interface Source {
  readonly name: PartName
  readonly path: string
  /** Bytes. */
  readonly size: number
}

export interface Writing {
  /** Made new; whatever stands there under this name goes. */
  readonly target: string
  readonly sources: readonly Source[]
  readonly describe: (parts: Part[]) => Manifest
  readonly signal: AbortSignal
  /** Bytes that have been written. */
  readonly onWritten: (bytes: number) => void
}

/**
 * A zip without compression (ciphertext has none to give): the parts, then the manifest that knows their hashes,
 * then, as the archive's comment, the hash of everything before it, so that not one bit can change unnoticed.
 * On the disk when this resolves; removed when it rejects.
 * @throws Refusal BACKUP_NO_ROOM, BACKUP_FOLDER_GONE, BACKUP_FOLDER_READ_ONLY, CANCELLED
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

async function pour({ sources, describe, signal, onWritten }: Writing, handle: FileHandle): Promise<void> {
  const zip = new ZipFile()
  zip.on('error', (error: Error) => output.destroy(error))
  // yazl types less than it gives: a PassThrough.
  const output = zip.outputStream as Readable
  const filling = inProfile(() => fill(zip, sources, describe))
  filling.catch((error: unknown) => output.destroy(error instanceof Error ? error : new Error('SOURCE')))
  const digest = createHash('sha256')
  let held: Buffer = Buffer.alloc(0)
  let at = 0
  const put = async (bytes: Buffer): Promise<void> => {
    await inFolder(() => handle.write(bytes, 0, bytes.length, at))
    at += bytes.length
    onWritten(at)
  }
  for await (const chunk of output) {
    goOn(signal)
    // The last bytes of all are the place of the digest, and are known only when nothing comes after them.
    const bytes = Buffer.concat([held, chunk as Buffer])
    const whole = bytes.subarray(0, Math.max(0, bytes.length - DIGEST_LENGTH))
    held = bytes.subarray(whole.length)
    digest.update(whole)
    if (whole.length > 0) await put(whole)
  }
  await filling
  await put(Buffer.from(digest.digest('hex'), 'latin1'))
}

async function fill(zip: ZipFile, sources: readonly Source[], describe: Writing['describe']): Promise<void> {
  const how = { compress: false, mtime: new Date(Date.UTC(2000, 0, 1)), mode: 0o100600 }
  const parts: Part[] = []
  for (const { name, path, size } of sources) {
    const stream = createReadStream(path, { highWaterMark: CHUNK })
    const digest = createHash('sha256')
    stream.on('data', (chunk) => digest.update(chunk))
    const ended = new Promise<void>((resolve, reject) => {
      stream.once('error', reject)
      stream.once('end', () => resolve())
    })
    // Listening for data sets a stream going; yazl takes it up again when it is this part's turn.
    stream.pause()
    zip.addReadStream(stream, name, { ...how, size })
    await ended
    parts.push({ name, size, sha256: digest.digest('hex') })
  }
  zip.addBuffer(Buffer.from(JSON.stringify(describe(parts), null, 2), 'utf8'), MANIFEST, how)
  zip.end({ forceZip64Format: false, comment: `${COMMENT}${'0'.repeat(DIGEST_LENGTH)}` })
}
