import { z } from '../../shared/contract/schema.ts'
import type { ReadHandle, WriteHandle } from './Store.ts'

/* Both rooms keep words that spelling takes for right, each in its own file and in a table of the same shape. */

const row = z.strictObject({ word: z.string() })

export async function spellingWords(h: ReadHandle): Promise<string[]> {
  return (await h.all(`SELECT word FROM spelling_words ORDER BY word COLLATE NOCASE, word`)).map(
    (found) => row.parse(found).word,
  )
}

export async function putSpellingWord(h: WriteHandle, word: string, now: number): Promise<void> {
  await h.run(
    `INSERT INTO spelling_words (word, added_at) VALUES (:word, :now) ON CONFLICT (word) DO NOTHING`,
    {
      word,
      now,
    },
  )
}

export async function dropSpellingWord(h: WriteHandle, word: string): Promise<void> {
  await h.run(`DELETE FROM spelling_words WHERE word = :word`, { word })
}
