/*
 * Saving comes first. How many units are writing stands in memory that every thread can see, so that one that copies or
 * reads hundreds of megabytes can stand aside for the milliseconds that a save takes.
 */

/** Count of writing units, at index 0. */
export type Saving = Int32Array

/** Longer than a save takes. Something that goes on for longer, a whole calendar, is not waited for. */
const PATIENCE_MS = 20

/** This process's own; to be handed to a thread as its `workerData`. */
export const saving: Saving = new Int32Array(new SharedArrayBuffer(4))

/** Runs a unit that writes. */
export async function whileSaving<T>(unit: () => Promise<T>): Promise<T> {
  Atomics.add(saving, 0, 1)
  try {
    return await unit()
  } finally {
    if (Atomics.sub(saving, 0, 1) === 1) Atomics.notify(saving, 0)
  }
}

/** Between two pieces of work, in a thread that nobody waits for: it sleeps while somebody's words are being saved. */
export function giveWay(others: Saving): void {
  const writing = Atomics.load(others, 0)
  if (writing > 0) Atomics.wait(others, 0, writing, PATIENCE_MS)
}
