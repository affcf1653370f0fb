import { notebook } from './0001-notebook.ts'
import { log } from './0002-log.ts'
import { calendar } from './0003-calendar.ts'

/** In order; a released one never changes again. */
export const recordMigrations = [notebook, log, calendar] as const
