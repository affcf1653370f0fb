import { link, open, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { Refusal } from '../../shared/contract/result.ts'

/** So many backups in one minute are not made by a person. */
const TRIES = 100

const isThere = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === 'EEXIST'

/**
 * Gives a file its first free name and takes the one it has away. Never over another file, whoever made it in the
 * same moment: a second link is refused where a file is. Sticks and some network folders know no links; there the
 * name is taken with an empty file that only one can make, and the rename goes over that one.
 * Rejects with what the system says.
 */
export async function giveName(
  file: string,
  folder: string,
  nameOf: (nth: number) => string,
  secondLink = link,
): Promise<string> {
  for (let nth = 1; nth <= TRIES; nth += 1) {
    const name = nameOf(nth)
    const target = join(folder, name)
    try {
      await secondLink(file, target)
      // One that stays is swept by the next backup; the name is given all the same.
      await rm(file, { force: true }).catch(() => undefined)
      return name
    } catch (error) {
      if (!isThere(error) && (await renamedTo(file, target))) return name
    }
  }
  throw new Refusal('INTERNAL')
}

/** False: something stands there already. */
async function renamedTo(file: string, target: string): Promise<boolean> {
  try {
    await (await open(target, 'wx', 0o600)).close()
  } catch (error) {
    if (isThere(error)) return false
    throw error
  }
  try {
    await rename(file, target)
    return true
  } catch (error) {
    await rm(target, { force: true }).catch(() => undefined)
    throw error
  }
}
