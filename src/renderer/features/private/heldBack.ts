import { useSyncExternalStore } from 'react'
import type { Section } from '../../../shared/document/document.ts'

/*
 * Private words that could not be committed before the room locked: kept in this page's memory, shown
 * nowhere, and saved as soon as the room is open again. The page itself goes when everything locks.
 */
export interface HeldBack {
  readonly revision: number
  readonly sections: readonly Section[]
}

const held = new Map<string, HeldBack>()
const listeners = new Set<() => void>()

function set(sessionId: string, words: HeldBack | undefined): void {
  if (words === undefined) held.delete(sessionId)
  else held.set(sessionId, words)
  for (const listener of listeners) listener()
}

export const holdBack = (sessionId: string, words: HeldBack): void => set(sessionId, words)

export function takeHeldBack(sessionId: string): HeldBack | undefined {
  const words = held.get(sessionId)
  set(sessionId, undefined)
  return words
}

export const useHeldBack = (sessionId: string): boolean =>
  useSyncExternalStore(
    (listener) => {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    () => held.has(sessionId),
  )
