import { api } from '../../api/client.ts'
import { dictionary } from '../../editor/spelling/spelling.ts'
import { WordBook } from '../../editor/spelling/WordBook.ts'

/**
 * The private lane's words: kept in the private room, right nowhere else, and forgotten by this page when the room
 * locks. The dictionary's thread never has them.
 */
export const privateWords = new WordBook(
  {
    words: async () => (await api.privateRoom.spellingWords({})).words,
    add: async (word) => void (await api.privateRoom.addSpellingWord({ word })),
  },
  dictionary,
)
