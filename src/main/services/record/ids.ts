import { v7 } from 'uuid'

/** A UUIDv7 that sorts by our clock, which tests may have moved. */
export const newId = (now: number): string => v7({ msecs: Math.max(0, now) })
