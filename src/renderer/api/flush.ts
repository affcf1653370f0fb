import { useEffect, useRef } from 'react'
import type { HeldNote } from '../../shared/contract/app.ts'

interface Flusher {
  /** Commits what is typed. */
  readonly commit: () => Promise<unknown>
  /** Asked afterwards: what could not be committed and would be lost with the page. */
  readonly unsaved: () => HeldNote | null
}

const flushers = new Set<Flusher>()

/** The editor registers what commits its unsaved text. Returns the function that takes it off again. */
export function registerFlusher(
  commit: () => Promise<unknown>,
  unsaved: () => HeldNote | null = () => null,
): () => void {
  const flusher = { commit, unsaved }
  flushers.add(flusher)
  return () => void flushers.delete(flusher)
}

/** Runs them all; one that fails does not keep the others from saving. Answers what is not committed. */
export async function flushAll(): Promise<HeldNote[]> {
  const all = [...flushers]
  await Promise.allSettled(all.map(async ({ commit }) => commit()))
  return all.flatMap(({ unsaved }) => unsaved() ?? [])
}

/**
 * For a field whose words are kept when it is left: no blur is fired when a shortcut takes the screen away, so
 * `keep` runs then too, and at a flush. It must do nothing when there is nothing new.
 */
export function useKeepOnLeave(keep: (leaving: boolean) => Promise<unknown>): void {
  const latest = useRef(keep)
  useEffect(() => {
    latest.current = keep
  })
  useEffect(() => {
    const stop = registerFlusher(() => latest.current(false))
    return () => {
      // A flush may come while this is under way; it waits for it.
      const kept = latest.current(true).catch(() => undefined)
      stop()
      const stopWaiting = registerFlusher(() => kept)
      void kept.then(stopWaiting)
    }
  }, [])
}
