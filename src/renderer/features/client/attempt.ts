import { sentenceFor } from '../../api/sentences.ts'
import { announce } from '../../ui/Status.tsx'

/** Does it; when main refuses, says why at the foot of the window. True when it was done. */
export async function attempt(act: () => Promise<unknown>): Promise<boolean> {
  try {
    await act()
    return true
  } catch (error) {
    announce({ text: sentenceFor(error) })
    return false
  }
}
