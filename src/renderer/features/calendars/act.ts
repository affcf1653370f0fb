import { sentenceFor } from '../../api/sentences.ts'
import { announce } from '../../ui/Status.tsx'

/** Does it, and says so; where it is refused, says why. */
export async function act(work: () => Promise<unknown>, said?: string): Promise<void> {
  try {
    await work()
    if (said !== undefined) announce({ text: said })
  } catch (error) {
    announce({ text: sentenceFor(error) })
  }
}
