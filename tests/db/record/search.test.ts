import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { OpenRecord } from '../../../src/main/services/record/openRecord.ts'
import {
  addClient,
  addSession,
  beginning,
  DAY,
  holds,
  HOUR,
  MORNING,
  RecordFile,
  sign,
  soap,
  write,
} from '../../support/recordFile.ts'

/** As people write them: with marks, from right to left, in one piece or in letters and marks, in other scripts. */
const WORDS = [
  'anxiety',
  'Ångström',
  'naïve',
  'Übergangsangst',
  'straße',
  'Łódź',
  'İstanbul',
  'một',
  'Việt',
  'который',
  'Ёлка',
  'їжак',
  'ψυχή',
  'ΐδιος',
  'שָׁלוֹם',
  'דיכאון',
  'قَلَق',
  'مدرسة',
  'हिन्दी',
  'চিন্তা',
  'ความกังวล',
  '불안해요',
  '한국어',
  'がっこう',
  'ポケット',
  '不安障害',
  '𝒜𝒷𝒸',
  'DSM5',
  'PHQ9',
  '300mg',
  'NEAR',
  'AND',
  'NOT',
  'OR',
  'plain',
  'searchable',
]
const GLUE = [
  ' ',
  '\n',
  ', ',
  ' "',
  '" ',
  ' (',
  ') ',
  '*',
  '🙂',
  ' 🏳️‍🌈',
  '-',
  ':',
  '^',
  '…',
  '\u200f ',
  "'s ",
  ';',
  ' + ',
  '/',
]
const form = fc.constantFrom<'NFC' | 'NFD'>('NFC', 'NFD')

async function found(record: OpenRecord, text: string): Promise<string[]> {
  return (await record.search.query(text, 'newest')).hits.map((h) => h.noteId)
}

test('every written word is found, in whatever form it was written and is typed, whole or from two letters on', async () => {
  const file = new RecordFile()
  const record = await file.open()
  const ana = await addClient(record)
  const note = await write(record, await addSession(record, ana, MORNING), 'x')
  let { revision } = note
  const piece = fc.record({ word: fc.constantFrom(...WORDS), form, glue: fc.constantFrom(...GLUE) })
  await fc.assert(
    fc.asyncProperty(
      fc.array(piece, { minLength: 1, maxLength: 12 }),
      form,
      fc.nat(),
      async (pieces, typed, cut) => {
        const text = pieces.map((p) => p.glue + p.word.normalize(p.form)).join('')
        revision = (await record.notes.save(note.id, revision, soap(text))).revision
        for (const { word } of pieces) {
          const whole = word.normalize(typed)
          const start = beginning(whole, 2 + (cut % 5))
          for (const query of [whole, `${whole} `, `"${whole}"`, ` ${whole.toLowerCase()}`, start]) {
            const { hits } = await record.search.query(query, 'newest')
            expect(
              hits.map((h) => h.noteId),
              `${query} in ${text}`,
            ).toEqual([note.id])
            expect(hits[0]?.snippet.match, `${query} in ${text}`).not.toBe('')
          }
        }
        const all = pieces.slice(0, 8).map((p) => p.word)
        expect(await found(record, all.join(' '))).toEqual([note.id])
      },
    ),
    { numRuns: 25 },
  )
}, 60_000)

test('nothing that a person types is an error, or read as a command', async () => {
  const file = new RecordFile()
  const record = await file.open()
  const ana = await addClient(record, 'NEAR and dear')
  const note = await write(record, await addSession(record, ana, MORNING), 'alpha beta near gamma')
  await write(record, await addSession(record, ana, MORNING + HOUR), 'alpha delta')
  const token = fc.constantFrom(
    ...[
      'NEAR',
      'NEAR(',
      'AND',
      'OR',
      'NOT',
      '*',
      '"',
      '""',
      "'",
      '-',
      '--',
      ':',
      'plain:',
      '^',
      '^a',
      '{',
      '}',
      '(',
      ')',
    ],
    ...[
      '+',
      ',',
      ';',
      '\\',
      '%',
      '_',
      '\0',
      '\u2028',
      '\ud800',
      '\u202e',
      'alpha',
      'beta',
      '“',
      '”',
      'rank',
      ':expression',
    ],
    ...[' ', '  ', '\t', '🙂', '\u0301', '\ufe0f', 'ab'.repeat(40)],
  )
  const typed = fc.oneof(
    fc.array(token, { maxLength: 10 }).map((t) => t.join('')),
    fc.array(token, { maxLength: 10 }).map((t) => t.join(' ')),
    fc.string({ unit: 'binary', maxLength: 30 }),
  )
  await fc.assert(
    fc.asyncProperty(typed, fc.constantFrom('newest' as const, 'best' as const), async (text, order) => {
      const { hits, clients } = await record.search.query(text.slice(0, 200), order)
      expect(hits.length).toBeLessThanOrEqual(2)
      expect(clients.length).toBeLessThanOrEqual(1)
    }),
    { numRuns: 150 },
  )
  expect(await found(record, 'alpha NOT delta')).toEqual([])
  expect(await found(record, 'alpha -delta')).toHaveLength(1)
  expect(await found(record, 'plain: alpha')).toEqual([])
  expect(await found(record, 'NEAR(alpha gamma)')).toEqual([note.id])
  expect(await found(record, 'beta OR delta')).toEqual([])
  expect(await found(record, '"alpha beta"')).toEqual([note.id])
  expect(await found(record, '"beta alpha"')).toEqual([])
  expect(await found(record, 'beta alpha')).toEqual([note.id])
})

test('from two letters on; a closed word is a whole word; names by any part of them', async () => {
  const file = new RecordFile()
  const record = await file.open()
  const ana = await addClient(record, 'Zoë Ångström')
  const note = await write(record, await addSession(record, ana, MORNING), 'therapy went well')
  for (const text of ['', ' ', 't', ' t ', '*', '""', 'é']) {
    expect(await record.search.query(text, 'newest')).toEqual({ hits: [], clients: [] })
  }
  expect(await found(record, 'th')).toEqual([note.id])
  expect(await found(record, 'thera')).toEqual([note.id])
  expect(await found(record, 'thera ')).toEqual([])
  expect(await found(record, 'therapy ')).toEqual([note.id])
  expect(await found(record, 'erapy')).toEqual([])
  expect((await record.search.query('ångs', 'newest')).clients).toEqual([{ id: ana, name: 'Zoë Ångström' }])
  expect((await record.search.query('zoë', 'best')).clients).toHaveLength(1)
})

test('newest first by when the session was, whatever the order of writing; at most twenty', async () => {
  const file = new RecordFile()
  const record = await file.open()
  const ana = await addClient(record)
  const starts = Array.from({ length: 23 }, (_, n) => MORNING + ((n * 7) % 23) * DAY)
  file.now = MORNING + 23 * DAY
  for (const [place, startsAt] of starts.entries()) {
    const note = await write(record, await addSession(record, ana, startsAt), `common word ${place}`)
    if (place % 2 === 0) await sign(record, note)
  }
  await record.signing.completeAll()
  const { hits } = await record.search.query('common', 'newest')
  expect(hits.map((h) => h.at)).toEqual([...starts].sort((a, b) => b - a).slice(0, 20))
  const best = await record.search.query('common 7', 'best')
  expect(best.hits.map((h) => h.snippet.match)).toEqual(['common'])
})

test('a draft is found as it stands; a word taken out is not found, and gone from the file once sealed', async () => {
  const file = new RecordFile()
  const record = await file.open()
  const ana = await addClient(record)
  const [early, late] = ['qwertzuiop', 'yxcvbnmlkj']
  const draft = await write(record, await addSession(record, ana, MORNING), `She said ${early} twice`)
  await record.notes.settle()
  // The check can fail: at this moment the word is in the index, and so is its ending.
  expect(holds(await file.everything(), early.slice(3))).toBe(true)
  expect(await found(record, early)).toEqual([draft.id])

  const next = await record.notes.save(draft.id, draft.revision, soap(`She said ${late} once`))
  expect(await found(record, early)).toEqual([])
  expect(await found(record, late)).toEqual([draft.id])
  const blank = await record.notes.save(draft.id, next.revision, soap(''))
  expect(await found(record, late)).toEqual([])
  const last = await record.notes.save(draft.id, blank.revision, soap('Only this remains'))
  await sign(record, { ...draft, revision: last.revision })
  expect(await found(record, 'remains')).toEqual([draft.id])
  await record.signing.completeAll()

  expect(await found(record, 'remains')).toEqual([draft.id])
  const rows = await file.everything()
  expect(rows['draft_index']).toEqual([])
  for (const gone of [early, late, early.slice(3), late.slice(3)]) expect(holds(rows, gone), gone).toBe(false)
  expect(holds(rows, 'remains')).toBe(true)
})

test('an undone signature, a crash and a move leave the index with each note once', async () => {
  const file = new RecordFile()
  let record = await file.open()
  const ana = await addClient(record)
  const note = await write(record, await addSession(record, ana, MORNING), 'marzipan')
  await found(record, 'marzipan')
  await sign(record, note)
  const revision = await record.signing.undo(note.id)
  expect(await found(record, 'marzipan')).toEqual([note.id])
  await record.notes.save(note.id, revision, soap('nougat'))
  await file.crash()
  record = await file.open()
  expect(await found(record, 'marzipan')).toEqual([])
  expect(await found(record, 'nougat')).toEqual([note.id])
  await sign(record, await record.notes.read(note.id))
  await file.crash()
  record = await file.open()
  expect(await found(record, 'nougat')).toEqual([note.id])
  await sign(record, await record.notes.read(note.id))
  await record.close()
  record = await file.open()
  expect(await found(record, 'nougat')).toEqual([note.id])
  // FTS5's own check that index and content agree.
  await file.store.write((h) =>
    h.run(`INSERT INTO note_index (note_index, rank) VALUES ('integrity-check', 1)`),
  )
})
