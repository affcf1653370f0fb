import { useSyncExternalStore } from 'react'

/*
 * The privacy blur: for when the screen stands where the person in the room can see it. It blurs what is
 * marked data-veil, on every screen, until it is taken off.
 */
const listeners = new Set<() => void>()

export const isVeiled = (): boolean =>
  typeof document !== 'undefined' && 'veiled' in document.documentElement.dataset

export function toggleVeil(): void {
  const { dataset } = document.documentElement
  if (isVeiled()) delete dataset.veiled
  else dataset.veiled = ''
  for (const listener of listeners) listener()
}

const onVeil = (listener: () => void): (() => void) => {
  listeners.add(listener)
  return () => void listeners.delete(listener)
}

export const useVeiled = (): boolean => useSyncExternalStore(onVeil, isVeiled)

/** What a hover tells; nothing while the blur is on, because a pointer that rests would lift it. */
export const useHint = (text: string): { readonly title?: string } => (useVeiled() ? {} : { title: text })
