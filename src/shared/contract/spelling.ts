import { personalWord, WORD_MAX } from '../domain/personalWord.ts'
import { appChannel } from './channel.ts'
import { z } from './schema.ts'
import { nothing } from './values.ts'

/** One word, as `personalWord` has it: NFC, straight apostrophes, no spaces. */
export const spellingWord = z
  .string()
  .max(WORD_MAX * 4)
  .transform((typed, context) => {
    const read = personalWord(typed)
    if (read !== null) return read
    context.addIssue({ code: 'custom', message: 'no word' })
    return z.NEVER
  })

/**
 * Words that spelling takes for right because the person said so, while writing in the record. What was said while
 * writing a private note stays in the private room (`privateRoom.spellingWords`).
 */
export const spelling = {
  words: appChannel(nothing, z.strictObject({ words: z.array(z.string()) })),
  add: appChannel(z.strictObject({ word: spellingWord }), nothing),
  remove: appChannel(z.strictObject({ word: spellingWord }), nothing),
}
