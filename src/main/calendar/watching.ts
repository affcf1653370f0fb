import { readdir, stat } from 'node:fs/promises'
import path from 'node:path'
import type { WatchView } from '../../shared/contract/calendar.ts'
import type { OpenRecord } from '../services/record/openRecord.ts'
import type { Watch } from '../services/record/calendarSettings.ts'

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

export interface WatchedFolderOptions {
  record(): OpenRecord | null
  /** A newer calendar has come, or gone again. */
  changed(): void
  /** What that file would change; null where it cannot be said. */
  newsOf(file: string): Promise<WatchView['news']>
}

/** The folder that is looked at now and then. It says what is there; it takes nothing. */
export function watchedFolder({ record, changed, newsOf }: WatchedFolderOptions) {
  let shown = ''
  /** Of the file that was looked at last. */
  let known: { name: string; changedAt: number; news: WatchView['news'] } | null = null
  const isKnown = (newest: { name: string; changedAt: number }): boolean =>
    known !== null && known.name === newest.name && known.changedAt === newest.changedAt
  const standing = async (watch: Watch) => {
    const newest = await newestCalendar(watch.folder)
    const view = {
      folder: path.basename(watch.folder) || watch.folder,
      waiting: newest !== null && isNewer(newest, watch.taken),
      gone: newest === null,
      news: newest !== null && isKnown(newest) ? (known?.news ?? null) : null,
    }
    return { newest, view, said: `${view.waiting} ${view.gone} ${JSON.stringify(view.news)}` }
  }
  return {
    async view(watch: Watch | null): Promise<WatchView | null> {
      if (watch === null) return null
      const { view, said } = await standing(watch)
      shown = said
      return view
    },
    newest: async (watch: Watch | null) => (watch === null ? null : newestCalendar(watch.folder)),
    /** Every few minutes, and after unlocking: has anything come, or has the folder gone? */
    async tick(): Promise<void> {
      const watch = await record()?.takingIn.watch()
      if (watch === null || watch === undefined) return
      const { newest, view } = await standing(watch)
      if (view.waiting && newest !== null && newest.file !== null && !isKnown(newest)) {
        const { name, changedAt } = newest
        const news = await newsOf(newest.file).catch(() => null)
        // Locked meanwhile: nothing of it stays.
        if (record() !== null) known = { name, changedAt, news }
      }
      const { said } = await standing(watch)
      if (said === shown) return
      shown = said
      changed()
    },
    forget(): void {
      shown = ''
      known = null
    },
  }
}

const isNewer = (
  newest: { file: string | null; name: string; changedAt: number },
  taken: Watch['taken'],
): boolean =>
  newest.file !== null &&
  (taken === null || newest.name !== taken.name || newest.changedAt !== taken.changedAt)
