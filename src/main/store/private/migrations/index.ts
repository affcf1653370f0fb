import { privateRoom } from './0001-private-room.ts'

/** In order; a released one never changes again. */
export const privateMigrations = [privateRoom] as const
