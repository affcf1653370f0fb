import { notebook } from './0001-notebook.ts'
import { log } from './0002-log.ts'
import { calendar } from './0003-calendar.ts'
import { pen } from './0004-pen.ts'

/** In order; a released one never changes again. */
export const recordMigrations = [notebook, log, calendar, pen] as const
