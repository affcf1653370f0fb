import { randomBytes } from 'node:crypto'
import { open, rename, rm } from 'node:fs/promises'
import path from 'node:path'
import { Refusal } from '../../shared/contract/result.ts'

/** Remembers, encrypted, where a file is being written, so that a crash's leftover can be found again. */
export interface Unfinished {
  get(): Promise<string | undefined>
  set(file: string): Promise<void>
  clear(): Promise<void>
}

const PART = /^\.bracket-[0-9a-f]{16}\.part$/u

/**
 * Puts a file in its place: a new file beside it under a name that says nothing, fsync, rename, fsync of the
 * folder. No copy is made anywhere else. Refused PLACE_REFUSED or PLACE_FULL with nothing left behind; killed
 * half-way, what is left is known to `unfinished` and goes with `sweep` at the next opening.
 */
export async function placeFile(target: string, bytes: Uint8Array, unfinished: Unfinished): Promise<void> {
  const part = path.join(path.dirname(target), `.bracket-${randomBytes(8).toString('hex')}.part`)
  // A new crash must not hide an older one's leftover.
  await sweep(unfinished)
  await unfinished.set(part)
  try {
    const handle = await open(part, 'wx', 0o600)
    try {
      await handle.writeFile(bytes)
      await handle.sync()
    } finally {
      await handle.close()
    }
    await replace(part, target)
  } catch (error) {
    await rm(part, { force: true }).catch(() => undefined)
    await unfinished.clear()
    throw refusalOf(error)
  }
  await syncFolder(path.dirname(target))
  await unfinished.clear()
}

/** Takes away what a crash left of a file that never came to its place. Nothing but a file of our making is touched. */
export async function sweep(unfinished: Unfinished): Promise<void> {
  const part = await unfinished.get()
  if (part === undefined) return
  // The folder may be on a stick that is not plugged in now: then it stays remembered.
  if (PART.test(path.basename(part)) && !(await gone(part))) return
  await unfinished.clear()
}

async function gone(part: string): Promise<boolean> {
  try {
    const folder = await open(path.dirname(part), 'r').catch((error: unknown) => {
      if (codeOf(error) === 'EISDIR' || process.platform === 'win32') return null
      throw error
    })
    await folder?.close()
    await rm(part, { force: true })
    return true
  } catch {
    return false
  }
}

/** On Windows a virus scanner may hold either file for a moment. */
async function replace(from: string, to: string): Promise<void> {
  for (let attempt = 0; ; attempt += 1) {
    try {
      await rename(from, to)
      return
    } catch (error) {
      const held = process.platform === 'win32' && ['EPERM', 'EACCES', 'EBUSY'].includes(codeOf(error))
      if (!held || attempt === 9) throw error
      await new Promise((resolve) => setTimeout(resolve, 20 * (attempt + 1)))
    }
  }
}

/** Best effort: the file itself is on the disk, and not every file system lets a folder be synced. */
async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return
  const handle = await open(folder, 'r').catch(() => null)
  await handle?.sync().catch(() => undefined)
  await handle?.close()
}

const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : ''

/** The system's own words name the path and stay here. */
const refusalOf = (error: unknown): Refusal =>
  new Refusal(['ENOSPC', 'EDQUOT', 'EFBIG'].includes(codeOf(error)) ? 'PLACE_FULL' : 'PLACE_REFUSED')
