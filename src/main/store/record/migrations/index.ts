import { notebook } from './0001-notebook.ts'

/** In order; a released one never changes again. */
export const recordMigrations = [notebook] as const
