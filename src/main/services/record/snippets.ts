import { Refusal } from '../../../shared/contract/result.ts'
import type { Snippet } from '../../../shared/contract/snippets.ts'
import type { GlossaryRow } from '../../../shared/domain/glossaryCsv.ts'
import { shortOf } from '../../../shared/domain/shorthand.ts'
import {
  allSnippets,
  dropSnippet,
  findShort,
  insertSnippet,
  updateSnippet,
} from '../../store/record/queries/snippets.ts'
import type { ReadHandle } from '../../store/Store.ts'
import { newId } from './ids.ts'
import type { RecordStore } from './RecordStore.ts'

/** What a glossary would do to the one that stands. */
export interface GlossaryChanges {
  readonly add: readonly GlossaryRow[]
  readonly change: readonly (GlossaryRow & { readonly id: string; readonly before: string })[]
  readonly same: number
}

/** Ends of lines as they are everywhere here; what hangs over at the ends nobody meant. */
const kept = (long: string): string => long.replace(/\r\n?/gu, '\n').trim()

/** A person's shorthand. */
export function snippetService({ store, clock, changed }: RecordStore) {
  async function compare(h: ReadHandle, rows: readonly GlossaryRow[]): Promise<GlossaryChanges> {
    const standing = new Map((await allSnippets(h)).map((one) => [one.short, one]))
    const add: GlossaryRow[] = []
    const change: (GlossaryRow & { id: string; before: string })[] = []
    for (const { short, long } of rows) {
      const before = standing.get(short)
      if (before === undefined) add.push({ short, long: kept(long) })
      else if (before.long !== kept(long)) {
        change.push({ short, long: kept(long), id: before.id, before: before.long })
      }
    }
    return { add, change, same: rows.length - add.length - change.length }
  }

  return {
    list: (): Promise<Snippet[]> => store.read(allSnippets),

    async save(id: string | null, typed: string, long: string): Promise<string> {
      const now = clock.now()
      const short = shortOf(typed)
      if (short === null) throw new Refusal('BAD_INPUT', 'short')
      const snippet = { id: id ?? newId(now), short, long: kept(long) }
      await store.write(async (h) => {
        const holder = await findShort(h, short)
        if (holder !== undefined && holder.id !== id) throw new Refusal('SHORT_TAKEN', 'short')
        if (id === null) await insertSnippet(h, snippet, now)
        else if (!(await updateSnippet(h, snippet, now))) throw new Refusal('NOT_FOUND')
      })
      changed('snippets')
      return snippet.id
    },

    async remove(id: string): Promise<void> {
      if (!(await store.write((h) => dropSnippet(h, id)))) throw new Refusal('NOT_FOUND')
      changed('snippets')
    },

    compare: (rows: readonly GlossaryRow[]): Promise<GlossaryChanges> => store.read((h) => compare(h, rows)),

    /** All rows or none, in one transaction; compared with what stands at that moment. */
    async take(rows: readonly GlossaryRow[]): Promise<{ added: number; changed: number }> {
      const now = clock.now()
      const taken = await store.write(async (h) => {
        const { add, change } = await compare(h, rows)
        for (const row of add) await insertSnippet(h, { ...row, id: newId(now) }, now)
        for (const { id, short, long } of change) await updateSnippet(h, { id, short, long }, now)
        return { added: add.length, changed: change.length }
      })
      if (taken.added + taken.changed > 0) changed('snippets')
      return taken
    },
  }
}
