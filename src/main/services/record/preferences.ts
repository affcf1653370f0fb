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
  }
}

/** Read once at opening and kept: signing and locking ask for them synchronously. */
export async function preferenceService({ store, changed }: RecordStore, log: AuditLog, setting: Setting) {
  const stored = await store.read((h) => getSetting(h, KEY))
  const parsed = preferences.safeParse(stored === undefined ? undefined : safeJson(stored))
  // Settings of another version are not worth refusing a vault over: the defaults are safe.
  let current = parsed.success ? parsed.data : defaultPreferences(setting)

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

function safeJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
