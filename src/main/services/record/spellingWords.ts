import { Refusal } from '../../../shared/contract/result.ts'
import { personalWord } from '../../../shared/domain/personalWord.ts'
import { dropSpellingWord, putSpellingWord, spellingWords } from '../../store/spellingWords.ts'
import type { RecordStore } from './RecordStore.ts'

/** The words that spelling takes for right in the record. */
export function spellingWordService({ store, clock, changed }: RecordStore) {
  return {
    words: (): Promise<string[]> => store.read(spellingWords),

    async add(typed: string): Promise<void> {
      const word = personalWord(typed)
      if (word === null) throw new Refusal('BAD_INPUT', 'word')
      await store.write((h) => putSpellingWord(h, word, clock.now()))
      changed('spelling')
    },

    async remove(word: string): Promise<void> {
      await store.write((h) => dropSpellingWord(h, word))
      changed('spelling')
    },
  }
}
