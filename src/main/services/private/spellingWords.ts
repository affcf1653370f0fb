import { Refusal } from '../../../shared/contract/result.ts'
import { personalWord } from '../../../shared/domain/personalWord.ts'
import { dropSpellingWord, putSpellingWord, spellingWords } from '../../store/spellingWords.ts'
import type { Store } from '../../store/Store.ts'
import type { Clock } from '../../../shared/domain/clock.ts'

/**
 * The words that spelling takes for right in private notes. They were written there and say something by themselves (a
 * name, a place): they never stand in the record.
 */
export function privateSpellingWords({ store, clock }: { readonly store: Store; readonly clock: Clock }) {
  return {
    words: (): Promise<string[]> => store.read(spellingWords),
    async add(typed: string): Promise<void> {
      const word = personalWord(typed)
      if (word === null) throw new Refusal('BAD_INPUT', 'word')
      await store.write((h) => putSpellingWord(h, word, clock.now()))
    },
    remove: (word: string): Promise<void> => store.write((h) => dropSpellingWord(h, word)),
  }
}
