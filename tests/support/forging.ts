import type { Verification } from '../../src/shared/contract/app.ts'
import { verification } from '../../src/shared/contract/app.ts'
import { verifier } from '../../src/main/services/record/verifier.ts'
import type { Row, SqlParams, Store, WriteHandle } from '../../src/main/store/Store.ts'

/** With the key in hand: the triggers out, the change in, the triggers back as they were, letter for letter. */
export function force(store: Store, work: (h: WriteHandle) => Promise<unknown>): Promise<void> {
  return store.write(async (h) => {
    const triggers = await h.all<{ name: string; sql: string }>(
      `SELECT name, sql FROM sqlite_schema WHERE type = 'trigger' ORDER BY name`,
    )
    for (const { name } of triggers) await h.run(`DROP TRIGGER "${name}"`)
    await work(h)
    for (const { sql } of triggers) await h.run(sql)
  })
}

/** In the order in which they may be filled; emptied the other way round. */
const SIGNED = ['sessions', 'loops', 'notes', 'bodies', 'goal_links', 'addenda', 'seals'] as const
export type Signed = Readonly<Record<(typeof SIGNED)[number], readonly Row[]>>

export async function signedRows(store: Store): Promise<Signed> {
  return store.read(async (h) => {
    const rows = await Promise.all(SIGNED.map((table) => h.all(`SELECT * FROM ${table}`)))
    return Object.fromEntries(SIGNED.map((table, place) => [table, rows[place] ?? []])) as unknown as Signed
  })
}

/** Puts every signed row back as it was. The index of words is left alone. */
export function putBack(store: Store, before: Signed): Promise<void> {
  return force(store, async (h) => {
    for (const table of [...SIGNED].reverse()) await h.run(`DELETE FROM ${table}`)
    for (const table of SIGNED) {
      for (const row of before[table]) {
        const columns = Object.keys(row)
        await h.run(
          `INSERT INTO ${table} (${columns.map((c) => `"${c}"`).join()}) VALUES (${columns.map((c) => `:${c}`).join()})`,
          row as SqlParams,
        )
      }
    }
  })
}

/** What a verifier that starts now finds; in the shape that the page would get, or the test fails. */
export async function verified(store: Store, now = 0): Promise<Verification> {
  const found = verifier({ store, clock: { now: () => now }, changed: () => undefined })
  await found.run()
  return verification.parse(found.found())
}
