import { preferences, type Preferences, type Setting } from '../../../shared/contract/app.ts'
import { DUE_HOURS } from '../../../shared/domain/sessionLife.ts'
import { getSetting, putSetting } from '../../store/record/queries/settings.ts'
import type { AuditLog } from './auditLog.ts'
import type { RecordStore } from './RecordStore.ts'

const KEY = 'preferences'

/** Idle: School 5 minutes, Practice 10. Everything else is the same until somebody changes it. */
export function defaultPreferences(setting: Setting): Preferences {
  return {
    idleMinutes: setting === 'school' ? 5 : 10,
    privateIdleMinutes: 2,
    dueHours: DUE_HOURS,
    theme: 'system',
    noteFont: 'serif',
    textSize: 100,
    notify: true,
    contentProtection: true,
    authorName: '',
    privateLane: true,
    spelling: 'en',
    shorthand: true,
  }
}

/** Read once at opening and kept: signing and locking ask for them synchronously. */
export async function preferenceService({ store, changed }: RecordStore, log: AuditLog, setting: Setting) {
  const stored = await store.read((h) => getSetting(h, KEY))
  const defaults = defaultPreferences(setting)
  // What an earlier version did not ask about yet has its default; the rest stays as it was chosen.
  const parsed = preferences.safeParse({ ...defaults, ...(stored === undefined ? {} : safeJson(stored)) })
  // Settings of another version are not worth refusing a vault over: the defaults are safe.
  let current = parsed.success ? parsed.data : defaults

  return {
    current: (): Preferences => current,
    async set(next: Preferences): Promise<void> {
      await store.write(async (h) => {
        await putSetting(h, KEY, JSON.stringify(next))
        await log.append(h, 'preferences-changed')
      })
      current = next
      changed('preferences')
    },
  }
}

function safeJson(text: string): object {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null ? value : {}
  } catch {
    return {}
  }
}
