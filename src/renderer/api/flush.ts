type Flusher = () => Promise<void>

const flushers = new Set<Flusher>()

/** The editor registers what commits its unsaved text. Returns the function that takes it off again. */
export function registerFlusher(flusher: Flusher): () => void {
  flushers.add(flusher)
  return () => void flushers.delete(flusher)
}

/** Runs them all; one that fails does not keep the others from saving. */
export async function flushAll(): Promise<void> {
  await Promise.allSettled([...flushers].map((flusher) => flusher()))
}
