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

export const holdBack = (sessionId: string, words: HeldBack): void => void held.set(sessionId, words)
export const isHeldBack = (sessionId: string): boolean => held.has(sessionId)

export function takeHeldBack(sessionId: string): HeldBack | undefined {
  const words = held.get(sessionId)
  held.delete(sessionId)
  return words
}
