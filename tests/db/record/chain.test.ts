import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Row, SqlParams } from '../../../src/main/store/Store.ts'
import { force, putBack, signedRows, type Signed, verified } from '../../support/forging.ts'
import { addClient, HOUR, RecordFile, sealed } from '../../support/recordFile.ts'

type Act = { kind: 'note'; client: number; text: string } | { kind: 'addendum'; note: number; text: string }

const words = fc
  .string({ unit: 'grapheme', minLength: 1, maxLength: 40 })
  .filter((s) => s.trim() !== '' && !s.includes('\0'))
const act: fc.Arbitrary<Act> = fc.oneof(
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('note' as const), client: fc.nat(2), text: words }) },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant('addendum' as const), note: fc.nat(99), text: words }),
  },
)

/** What a seal covers, by table. The rest (a revision, the time of the last save) says nothing that was signed. */
const COVERED: Readonly<Record<string, readonly string[]>> = {
  notes: [
    'id session_id client_id template created_at actual_start actual_end summary author structured sealed_at late blank',
  ],
  bodies: ['document plain row'],
  addenda: ['id note_id text author created_at'],
  seals: ['client_id sequence kind subject_id sealed_at content_hash previous hash'],
  sessions: ['kind starts_at ends_at zone client_id'],
}

/** The value with one bit the other way round, in a place that `where` chooses; null when there is no bit to turn. */
function turned(value: Row[string] | undefined, where: number, bit: number): string | number | null {
  if (typeof value === 'number') return flipNumber(value, bit)
  if (typeof value !== 'string' || value === '') return null
  const at = where % value.length
  const unit = value.charCodeAt(at) ^ (1 << (bit % 7))
  // Half of a pair is stored as another character anyway, and nothing holds a NUL.
  if (unit === 0 || /[\ud800-\udfff]/u.test(String.fromCharCode(unit, value.charCodeAt(at)))) return null
  return value.slice(0, at) + String.fromCharCode(unit) + value.slice(at + 1)
}

function flipNumber(value: number, bit: number): number {
  const turnedBit = 2 ** (bit % 40)
  return Math.floor(value / turnedBit) % 2 === 0 ? value + turnedBit : value - turnedBit
}

test('any sequence of notes and addenda verifies, and no single bit of it can be turned unnoticed', async () => {
  const file = new RecordFile()
  const record = await file.open()
  const clients = await Promise.all(['Ana', 'Ben', 'Cem'].map((name) => addClient(record, name)))
  const notes: string[] = []
  const { store } = file
  let links = 0

  await fc.assert(
    fc.asyncProperty(fc.array(act, { minLength: 1, maxLength: 6 }), async (acts) => {
      for (const step of acts) {
        file.now += HOUR
        if (step.kind === 'note') {
          notes.push((await sealed(file, record, clients[step.client] ?? '', step.text)).id)
          links += 1
        } else if (notes.length > 0) {
          await record.notes.addAddendum(notes[step.note % notes.length] ?? '', step.text)
          links += 1
        }
      }
      expect(await verified(store)).toEqual({ state: 'intact', checked: links, changed: [] })
    }),
    { numRuns: 5 },
  )

  const before = await signedRows(store)
  const tables = Object.keys(COVERED) as (keyof Signed)[]
  let flips = 0
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(
        ...tables.flatMap((t) => (COVERED[t]?.[0] ?? '').split(' ').map((c) => [t, c] as const)),
      ),
      fc.nat(),
      fc.nat(),
      fc.nat({ max: 39 }),
      async ([table, column], which, where, bit) => {
        const rows = before[table].filter((row) => turned(row[column], where, bit) !== null)
        const row = rows[which % Math.max(rows.length, 1)]
        fc.pre(row !== undefined)
        const next = turned(row[column], where, bit)
        const key = Object.keys(row).filter((c) => ['row', 'id', 'client_id', 'sequence'].includes(c))
        const named: SqlParams = Object.fromEntries(key.map((c) => [`key_${c}`, row[c] ?? null]))
        // What a constraint refuses even without a trigger is not in the file afterwards either.
        const forced = await force(store, (h) =>
          h.run(
            `UPDATE ${table} SET ${column} = :next WHERE ${key.map((c) => `${c} = :key_${c}`).join(' AND ')}`,
            { ...named, next },
          ),
        ).then(
          () => true,
          () => false,
        )
        fc.pre(forced)
        flips += 1
        const found = await verified(store)
        await putBack(store, before)
        expect(found.state, `${table}.${column}`).toBe('changed')
      },
    ),
    { numRuns: 60, maxSkipsPerRun: 50 },
  )
  expect(flips).toBeGreaterThanOrEqual(60)
  expect(await verified(store)).toEqual({ state: 'intact', checked: links, changed: [] })
}, 60_000)
