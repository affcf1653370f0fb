/*
 * Apart from wiping.ts, because the page at the door needs the words and not the shapes, and is the first thing that
 * anybody waits for.
 */

/** What has to be typed before a vault is destroyed; spaces around it and capitals do not count. */
export const DESTROY_WORDS = 'destroy this vault'
