import { randomBytes } from 'node:crypto'
import { z } from '../../../shared/contract/schema.ts'
import { dropSetting, getSetting, putSetting } from '../../store/record/queries/settings.ts'
import type { RecordStore } from './RecordStore.ts'

const WATCH = 'calendar-watch'
const SALT = 'schedule-salt'
const watch = z.strictObject({
  folder: z.string(),
  /** Of the newest calendar that was taken from there: its name and when it was changed. */
  taken: z.strictObject({ name: z.string(), changedAt: z.number() }).nullable(),
})
export type Watch = z.infer<typeof watch>

/** What is remembered for calendars beside the calendars themselves. */
export function calendarSettings({ store, changed }: RecordStore) {
  return {
    /** Where the watched folder is and what was last taken from it. Never told to the page. */
    watch: (): Promise<Watch | null> =>
      store.read(async (h) => {
        const stored = await getSetting(h, WATCH)
        const parsed = watch.safeParse(stored === undefined ? null : JSON.parse(stored))
        return parsed.success ? parsed.data : null
      }),

    async setWatch(next: Watch | null): Promise<void> {
      await store.write((h) =>
        next === null ? dropSetting(h, WATCH) : putSetting(h, WATCH, JSON.stringify(next)),
      )
      changed('calendars')
    },

    /** Random, made once: the UIDs of the schedule that goes out are the same each time, and tell nobody anything. */
    salt: (): Promise<string> =>
      store.write(async (h) => {
        const known = await getSetting(h, SALT)
        if (known !== undefined) return known
        const salt = randomBytes(16).toString('hex')
        await putSetting(h, SALT, salt)
        return salt
      }),
  }
}
