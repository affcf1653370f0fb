import { WORD_MAX } from '../domain/personalWord.ts'
import { appChannel } from './channel.ts'
import { z } from './schema.ts'
import { line, nothing } from './values.ts'

/** Kept as `personalWord` has it (`shared/domain/personalWord.ts`); refused BAD_INPUT where that is no word. */
export const spellingWord = line(WORD_MAX * 2)

/**
 * Words that spelling takes for right because the person said so, while writing in the record. What was said while
 * writing a private note stays in the private room (`privateRoom.spellingWords`).
 */
export const spelling = {
  words: appChannel(nothing, z.strictObject({ words: z.array(z.string()) })),
  add: appChannel(z.strictObject({ word: spellingWord }), nothing),
  remove: appChannel(z.strictObject({ word: spellingWord }), nothing),
}
