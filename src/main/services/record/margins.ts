import type { Setting } from '../../../shared/contract/app.ts'
import { margins, type Margins } from '../../../shared/contract/sessions.ts'
import { getSetting, putSetting } from '../../store/record/queries/settings.ts'
import type { ReadHandle, WriteHandle } from '../../store/Store.ts'

const KEY = 'margins'

/** Source 000: ten to fifteen minutes around each session. A school's timetable leaves none: off until wanted. */
export const defaultMargins = (setting: Setting): Margins =>
  setting === 'school' ? { reviewMinutes: 0, writingMinutes: 0 } : { reviewMinutes: 10, writingMinutes: 10 }

export async function readMargins(h: ReadHandle, setting: Setting): Promise<Margins> {
  const stored = await getSetting(h, KEY)
  try {
    return stored === undefined ? defaultMargins(setting) : margins.parse(JSON.parse(stored))
  } catch {
    return defaultMargins(setting)
  }
}

export const writeMargins = (h: WriteHandle, next: Margins): Promise<void> =>
  putSetting(h, KEY, JSON.stringify(next))
