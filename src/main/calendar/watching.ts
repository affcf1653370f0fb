import { readdir, stat } from 'node:fs/promises'
import path from 'node:path'

/** Files looked at in a watched folder: it may be somebody's downloads. */
const MOST = 2_000

/**
 * The newest calendar in a folder. `file` null: there is none. Null: the folder cannot be reached. Links are not
 * followed out of it.
 */
export async function newestCalendar(
  folder: string,
): Promise<{ file: string | null; name: string; changedAt: number } | null> {
  const names = await readdir(folder, { withFileTypes: true }).catch(() => null)
  if (names === null) return null
  let newest: { file: string | null; name: string; changedAt: number } = {
    file: null,
    name: '',
    changedAt: 0,
  }
  const calendars = names.filter((one) => one.isFile() && /\.(ics|ical|icalendar)$/iu.test(one.name))
  for (const { name } of calendars.slice(0, MOST)) {
    const file = path.join(folder, name)
    const found = await stat(file).catch(() => null)
    if (found !== null && found.mtimeMs > newest.changedAt) newest = { file, name, changedAt: found.mtimeMs }
  }
  return newest
}
