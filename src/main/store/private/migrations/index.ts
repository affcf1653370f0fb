import { privateRoom } from './0001-private-room.ts'
import { crossings } from './0002-crossings.ts'

/** In order; a released one never changes again. */
export const privateMigrations = [privateRoom, crossings] as const
