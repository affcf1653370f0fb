import { sentenceFor } from '../../api/sentences.ts'
import { announce } from '../../ui/Status.tsx'

/** Does something, says that it is done and offers to take it back; says why where it could not be. */
export async function attempt(
  act: () => Promise<unknown>,
  done: string,
  undo?: () => Promise<unknown>,
): Promise<boolean> {
  try {
    await act()
  } catch (error) {
    announce({ text: sentenceFor(error) })
    return false
  }
  announce(undo === undefined ? { text: done } : { text: done, action: undoing(undo) })
  return true
}

export const undoing = (undo: () => Promise<unknown>) => ({
  label: 'Undo',
  onAction: () => void attempt(undo, 'Back as it was.'),
})
