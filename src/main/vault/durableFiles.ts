import { open, lstat, mkdir, readdir, rename, rm } from 'node:fs/promises'
import { dirname } from 'node:path'
import { randomBytes } from 'node:crypto'
import { VaultError } from './errors.ts'

/** The few things the vault does to a disk. An interface so that a test can stop the world between any two of them. */
export interface DurableFiles {
  /** Only an ordinary file of at most `limit` bytes is read. */
  read(path: string, limit: number): Promise<ReadOutcome>
  /** Replaces or makes the file: new file (mode 0600), fsync, rename, fsync of the directory. */
  write(path: string, content: string): Promise<void>
  /** Size in bytes; null if nothing is there; NaN if something is there that cannot be looked at. */
  size(path: string): Promise<number | null>
  remove(path: string): Promise<void>
  makeDirectory(path: string): Promise<void>
  /** Within one file system; both directories are fsynced. */
  move(from: string, to: string): Promise<void>
  /** False only if the directory says that it cannot be written; a full disk is not that. */
  writable(directory: string): Promise<boolean>
  names(directory: string): Promise<string[]>
}

export type ReadOutcome =
  | { readonly kind: 'bytes'; readonly bytes: Buffer }
  | { readonly kind: 'missing' | 'unreadable' | 'oversized' }

function errno(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : ''
}

/** What a failed write means; the system's own words name paths and stay here. */
export function writeRefusal(error: unknown): VaultError {
  const code = errno(error)
  if (code === 'EROFS' || code === 'EACCES' || code === 'EPERM') return new VaultError('PROFILE_READONLY')
  if (code === 'ENOSPC' || code === 'EDQUOT') return new VaultError('DISK_FULL')
  return new VaultError('WRITE_FAILED')
}

async function syncDirectory(path: string): Promise<void> {
  // Windows has no fsync for directories; NTFS journals the rename itself.
  if (process.platform === 'win32') return
  const handle = await open(path, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

/** On Windows a virus scanner may hold the target for a moment. */
async function renamePatiently(from: string, to: string): Promise<void> {
  for (let attempt = 0; ; attempt += 1) {
    try {
      await rename(from, to)
      return
    } catch (error) {
      const held = ['EPERM', 'EACCES', 'EBUSY'].includes(errno(error))
      if (process.platform !== 'win32' || !held || attempt === 9) throw error
      await new Promise((resolve) => setTimeout(resolve, 20 * (attempt + 1)))
    }
  }
}

export const diskFiles: DurableFiles = {
  async read(path, limit) {
    try {
      // A FIFO or device in the file's place would block or never end.
      const facts = await lstat(path)
      if (!facts.isFile()) return { kind: 'unreadable' }
      if (facts.size > limit) return { kind: 'oversized' }
      const handle = await open(path, 'r')
      try {
        const bytes = Buffer.alloc(limit + 1)
        let length = 0
        while (length <= limit) {
          const { bytesRead } = await handle.read(bytes, length, bytes.length - length, length)
          if (bytesRead === 0) return { kind: 'bytes', bytes: bytes.subarray(0, length) }
          length += bytesRead
        }
        return { kind: 'oversized' }
      } finally {
        await handle.close()
      }
    } catch (error) {
      return { kind: errno(error) === 'ENOENT' ? 'missing' : 'unreadable' }
    }
  },

  async write(path, content) {
    const fresh = `${path}.new`
    try {
      // A leftover of a crash goes; 'wx' then refuses to follow a link that somebody planted meanwhile.
      await rm(fresh, { force: true })
      const handle = await open(fresh, 'wx', 0o600)
      try {
        await handle.writeFile(content, 'utf8')
        await handle.sync()
      } finally {
        await handle.close()
      }
      await renamePatiently(fresh, path)
      await syncDirectory(dirname(path))
    } catch (error) {
      await rm(fresh, { force: true }).catch(() => undefined)
      throw writeRefusal(error)
    }
  },

  async size(path) {
    try {
      return (await lstat(path)).size
    } catch (error) {
      return errno(error) === 'ENOENT' ? null : Number.NaN
    }
  },

  async remove(path) {
    try {
      await rm(path, { force: true })
      await syncDirectory(dirname(path))
    } catch (error) {
      throw writeRefusal(error)
    }
  },

  async makeDirectory(path) {
    try {
      await mkdir(path, { recursive: true, mode: 0o700 })
      await syncDirectory(dirname(path))
    } catch (error) {
      throw writeRefusal(error)
    }
  },

  async move(from, to) {
    try {
      await renamePatiently(from, to)
      await syncDirectory(dirname(to))
      await syncDirectory(dirname(from))
    } catch (error) {
      throw writeRefusal(error)
    }
  },

  async writable(directory) {
    // Asking is not enough: Windows' access lists and read-only mounts show only when something is written.
    const probe = `${directory}/probe-${randomBytes(6).toString('hex')}`
    try {
      await (await open(probe, 'wx', 0o600)).close()
      return true
    } catch (error) {
      return !['EROFS', 'EACCES', 'EPERM'].includes(errno(error))
    } finally {
      await rm(probe, { force: true }).catch(() => undefined)
    }
  },

  async names(directory) {
    try {
      return await readdir(directory)
    } catch (error) {
      if (errno(error) === 'ENOENT') return []
      throw new VaultError('VAULT_FILE_UNREADABLE')
    }
  },
}
