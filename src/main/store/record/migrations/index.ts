import { notebook } from './0001-notebook.ts'
import { log } from './0002-log.ts'

/** In order; a released one never changes again. */
export const recordMigrations = [notebook, log] as const
