import type { Hit } from '../../../shared/contract/search.ts'
import { searchExpression, searchWords, snippetOf } from '../../../shared/domain/snippet.ts'
import { findNames, findWords } from '../../store/record/queries/wordIndex.ts'
import type { RecordStore } from './RecordStore.ts'

const HITS = 20
const NAMES = 6

export interface SearchResult {
  hits: Hit[]
  clients: { id: string; name: string }[]
}

/** Searches the record; `indexDrafts` brings what is being written up to date first. */
export function searchService({ store }: RecordStore, indexDrafts: () => Promise<void>) {
  return {
    async query(text: string, order: 'newest' | 'best'): Promise<SearchResult> {
      const expression = searchExpression(text)
      if (expression === null) return { hits: [], clients: [] }
      await indexDrafts()
      return store.read(async (h) => {
        const words = searchWords(text)
        const rows = await findWords(h, expression, order, HITS)
        return {
          hits: rows.map(({ plain, ...hit }) => ({ ...hit, snippet: snippetOf(plain, words) })),
          clients: await findNames(h, text.trim(), NAMES),
        }
      })
    },
  }
}
