import {
  closeSync,
  constants,
  fstatSync,
  fsyncSync,
  openSync,
  read,
  readSync,
  renameSync,
  rmSync,
  writeSync,
} from 'node:fs'
import { dirname } from 'node:path'
import { promisify } from 'node:util'
import { OpenError } from './openError.ts'

const PLAINTEXT_HEADER = Buffer.from('SQLite format 3\0', 'latin1')
const SMALLEST_FILE = 512
const COPY_CHUNK = 1024 * 1024
const reading = promisify(read)

/**
 * Our own descriptor of the database file, held from before the connection opens until after it has closed.
 *
 * POSIX drops every lock a process has on a file when the process closes *any* descriptor of it. Opening and
 * closing the file beside a live connection would quietly give up locking_mode=EXCLUSIVE, so the header check
 * and every copy go through this one descriptor. Nothing else in this process may open a database file.
 */
export class DatabaseFile {
  readonly path: string
  readonly #descriptor: number

  private constructor(path: string, descriptor: number) {
    this.path = path
    this.#descriptor = descriptor
  }

  /** Makes an empty file, mode 0600. Throws OpenError EXISTS when there is one. */
  static create(path: string): DatabaseFile {
    const flags = constants.O_RDWR | constants.O_CREAT | constants.O_EXCL
    return new DatabaseFile(
      path,
      guarded(() => openSync(path, flags, 0o600)),
    )
  }

  /** Opens an existing file and looks at it. Throws OpenError MISSING, READONLY, DAMAGED or PLAINTEXT. */
  static open(path: string): DatabaseFile {
    const file = new DatabaseFile(
      path,
      guarded(() => openSync(path, constants.O_RDWR)),
    )
    try {
      // A file cut to nothing would look to SQLite like a new, empty database.
      if (fstatSync(file.#descriptor).size < SMALLEST_FILE) throw new OpenError('DAMAGED', 'SIZE')
      file.assertEncrypted()
    } catch (thrown) {
      file.close()
      throw thrown
    }
    return file
  }

  /** Throws OpenError PLAINTEXT when the file starts like an unencrypted database. */
  assertEncrypted(): void {
    const header = Buffer.alloc(PLAINTEXT_HEADER.length)
    const read = guarded(() => readSync(this.#descriptor, header, 0, header.length, 0))
    if (read < header.length) throw new OpenError('DAMAGED', 'SIZE')
    if (header.equals(PLAINTEXT_HEADER)) throw new OpenError('PLAINTEXT')
  }

  /**
   * Copies the file as it is, which is whole only right after a truncating checkpoint with nothing written
   * since. The copy appears under its name only when it is complete and on the disk. Replaces what is there.
   */
  copyTo(target: string): void {
    const part = `${target}.part`
    rmSync(part, { force: true })
    try {
      guarded(() => this.#copyAndSync(part))
      guarded(() => renameSync(part, target))
      guarded(() => syncDirectory(dirname(target)))
    } finally {
      rmSync(part, { force: true })
    }
  }

  /** In bytes. */
  size(): number {
    return guarded(() => fstatSync(this.#descriptor).size)
  }

  /** Fills `bytes` without holding up this thread; gives the part that was filled, less only at the end of the file. */
  async readAt(at: number, bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>> {
    let filled = 0
    while (filled < bytes.length) {
      const left = bytes.length - filled
      const { bytesRead } = await reading(this.#descriptor, bytes, filled, left, at + filled)
      if (bytesRead === 0) break
      filled += bytesRead
    }
    return bytes.subarray(0, filled)
  }

  /** Makes the file's own directory entry durable; does nothing on Windows, which has no such call. */
  syncDirectory(): void {
    guarded(() => syncDirectory(dirname(this.path)))
  }

  close(): void {
    closeSync(this.#descriptor)
  }

  /** After a failed creation: the file is ours and holds nothing. */
  closeAndRemove(): void {
    this.close()
    for (const suffix of ['', '-wal', '-shm', '-journal']) rmSync(this.path + suffix, { force: true })
  }

  #copyAndSync(part: string): void {
    const out = openSync(part, constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL, 0o600)
    try {
      const chunk = Buffer.alloc(COPY_CHUNK)
      for (let at = 0; ;) {
        const read = readSync(this.#descriptor, chunk, 0, chunk.length, at)
        if (read === 0) break
        for (let written = 0; written < read;) written += writeSync(out, chunk, written, read - written)
        at += read
      }
      fsyncSync(out)
    } finally {
      closeSync(out)
    }
  }
}

function syncDirectory(directory: string): void {
  if (process.platform === 'win32') return
  const descriptor = openSync(directory, constants.O_RDONLY)
  try {
    fsyncSync(descriptor)
  } finally {
    closeSync(descriptor)
  }
}

function guarded<T>(work: () => T): T {
  try {
    return work()
  } catch (thrown) {
    throw thrown instanceof OpenError ? thrown : new OpenError(...codeOf(thrown))
  }
}

function codeOf(thrown: unknown): [OpenError['code'], string] {
  const name = thrown instanceof Error && 'code' in thrown ? String(thrown.code) : 'UNKNOWN'
  if (name === 'ENOENT') return ['MISSING', '']
  if (name === 'EEXIST') return ['EXISTS', '']
  if (name === 'EACCES' || name === 'EPERM' || name === 'EROFS') return ['READONLY', name]
  if (name === 'ENOSPC' || name === 'EDQUOT') return ['FULL', name]
  if (name === 'EBUSY') return ['IN_USE', name]
  return ['IO', /^[A-Z0-9_]{1,30}$/.test(name) ? name : 'UNKNOWN']
}
