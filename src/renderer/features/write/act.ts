import { sentenceFor } from '../../api/sentences.ts'
import { announce } from '../../ui/Status.tsx'

/** Does something small beside the note; a refusal is said, and the field keeps what was typed (false). */
export async function act(work: () => Promise<unknown>): Promise<boolean> {
  try {
    await work()
    return true
  } catch (error) {
    announce({ text: sentenceFor(error) })
    return false
  }
}
