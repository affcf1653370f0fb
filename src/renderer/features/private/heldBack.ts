import { HeldBack, useHeld } from '../../api/heldBack.ts'

/*
 * Private words that could not be committed before the room locked: kept in this page's memory, shown
 * nowhere, and saved as soon as the room is open again. They never go through main, not even encrypted: the
 * page goes when everything locks, and they with it.
 */
export const heldPrivate = new HeldBack()

export const useHeldBack = (sessionId: string): boolean => useHeld(heldPrivate, sessionId)
