import type { Store } from '../../src/main/store/Store.ts'
import { must } from './trial.ts'

/** The notes that tests/support/storeChild.ts writes, counted. */
export interface Kept {
  readonly notes: number
  readonly last: number
  readonly words: number
  readonly wrong: number
}

export async function kept(store: Store): Promise<Kept> {
  const row = await store.read((handle) =>
    handle.get<Kept>(
      `SELECT count(*) AS notes, coalesce(max(id), 0) AS last, (SELECT count(*) FROM words) AS words,
        coalesce(sum(counter <> id OR body NOT LIKE 'note ' || id || ' %'), 0) AS wrong FROM notes`,
    ),
  )
  must(row !== undefined, 'no row')
  return row
}

/** Every note from the first to the last, whole, and at least the acknowledged ones. Gives the last. */
export async function mustKeep(store: Store, acknowledged: number): Promise<number> {
  const { notes, last, words, wrong } = await kept(store)
  must(last >= acknowledged, 'acknowledged and lost')
  must(notes === last && words === last, 'a unit is half there')
  must(wrong === 0, 'another text than was written')
  return last
}

/** The store that `opening` gives, closed when `work` is over. */
export async function inStore<T>(opening: Promise<Store>, work: (store: Store) => Promise<T>): Promise<T> {
  const store = await opening
  try {
    return await work(store)
  } finally {
    await store.close()
  }
}
