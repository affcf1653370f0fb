import { v7 } from 'uuid'

let last = 0
let count = 0

/** A UUIDv7 that sorts by our clock, which tests may have moved; within one millisecond in the order of asking. */
export function newId(now: number): string {
  const msecs = Math.max(0, now)
  count = msecs === last ? count + 1 : 0
  last = msecs
  return v7({ msecs, seq: count })
}
