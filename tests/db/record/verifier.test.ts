import { expect, test } from 'vitest'
import type { WriteHandle } from '../../../src/main/store/Store.ts'
import { schemaHash } from '../../../src/main/store/migrate.ts'
import { recordMigrations } from '../../../src/main/store/record/migrations/index.ts'
import { linkHash } from '../../../src/main/services/record/seal.ts'
import { force, putBack, signedRows, verified } from '../../support/forging.ts'
import {
  addClient,
  addSession,
  HOUR,
  MORNING,
  RecordFile,
  sealed,
  sign,
  soap,
  write,
} from '../../support/recordFile.ts'

const STRANGER = '0198c0de-0000-7000-8000-000000000000'

/** Ana: three notes (the first with a goal, a homework and an addendum). Ben: one, and a draft. */
async function practice() {
  const file = new RecordFile()
  const record = await file.open()
  await record.preferences.set({ ...record.preferences.current(), authorName: 'R. Alvarez' })
  const [ana, ben] = [await addClient(record, 'Ana'), await addClient(record, 'Ben')]
  const [goal, other] = [await record.goals.create(ana, 'One'), await record.goals.create(ana, 'Two')]
  const a1 = await write(record, await addSession(record, ana, MORNING - 9 * HOUR), 'First words', 'Plan one')
  await record.goals.link(a1.id, goal, 'better')
  await record.loops.add(ana, a1.session.id, 'homework', 'Diary')
  await sign(record, a1, 'Line one')
  await record.signing.completeAll()
  const a2 = await sealed(file, record, ana, 'Second words', MORNING - 7 * HOUR)
  const addendum = await record.notes.addAddendum(a1.id, 'One more thing')
  const a3 = await sealed(file, record, ana, 'Third words', MORNING - 5 * HOUR)
  const b1 = await sealed(file, record, ben, 'Of another client', MORNING - 3 * HOUR)
  const draft = await write(record, await addSession(record, ben, MORNING), 'A draft')
  return { file, record, ana, ben, goal, other, a1, a2, a3, b1, draft, addendum }
}

type Practice = Awaited<ReturnType<typeof practice>>
type Change = [
  what: string,
  change: (h: WriteHandle, p: Practice) => Promise<unknown>,
  who: (p: Practice) => string[],
]

const set = (table: string, columns: string, where: (p: Practice) => string): Change[1] => {
  return (h, p) => h.run(`UPDATE ${table} SET ${columns} WHERE ${where(p)}`)
}
const rowOf = (id: string): string => `(SELECT row FROM notes WHERE id = '${id}')`
const onA2 = (columns: string): Change => [
  `note: ${columns}`,
  set('notes', columns, (p) => `id = '${p.a2.id}'`),
  (p) => [p.a2.id],
]
const forgedSeal =
  (subject: (p: Practice) => string, sequence = 5, sealedAt = 1): Change[1] =>
  async (h, p) => {
    const last = await h.get<{ hash: string }>(
      `SELECT hash FROM seals WHERE client_id = :ana ORDER BY sequence DESC LIMIT 1`,
      { ana: p.ana },
    )
    const link = {
      clientId: p.ana,
      sequence,
      kind: 'note' as const,
      subjectId: subject(p),
      sealedAt,
      contentHash: 'f'.repeat(64),
      previous: last?.hash ?? '',
    }
    await h.run(
      `INSERT INTO seals VALUES (:clientId, :sequence, :kind, :subjectId, :sealedAt, :contentHash, :previous, :hash)`,
      { ...link, hash: linkHash(link) },
    )
  }

const CHANGES: readonly Change[] = [
  onA2(`summary = 'Another line'`),
  onA2(`author = 'Somebody else'`),
  onA2(`template = 'dap'`),
  onA2(`structured = '{}'`),
  onA2(`structured = replace(structured, 'individual', 'home-visit')`),
  onA2(`actual_start = actual_start + 60000`),
  onA2(`actual_end = actual_end - 1`),
  onA2(`created_at = created_at + 1`),
  onA2(`sealed_at = sealed_at - 86400000`),
  onA2(`late = 1 - late`),
  onA2(`blank = 1`),
  onA2(`state = 'draft'`),
  ['text', set('bodies', `plain = plain || '.'`, (p) => `row = ${rowOf(p.a2.id)}`), (p) => [p.a2.id]],
  [
    'how it looked',
    set('bodies', `document = replace(document, 'root', 'Root')`, (p) => `row = ${rowOf(p.a2.id)}`),
    (p) => [p.a2.id],
  ],
  ['no document', set('bodies', `document = 'no JSON'`, (p) => `row = ${rowOf(p.a2.id)}`), (p) => [p.a2.id]],
  ['no body', (h, p) => h.run(`DELETE FROM bodies WHERE row = ${rowOf(p.a2.id)}`), (p) => [p.a2.id]],
  [
    'two notes change their words',
    async (h, p) => {
      const rows = await h.all<{ row: number; document: string; plain: string }>(
        `SELECT row, document, plain FROM bodies WHERE row IN (${rowOf(p.a1.id)}, ${rowOf(p.a2.id)})`,
      )
      for (const [place, { row }] of rows.entries()) {
        const { document = '', plain = '' } = rows[1 - place] ?? {}
        await h.run(`UPDATE bodies SET document = :document, plain = :plain WHERE row = :row`, {
          row,
          document,
          plain,
        })
      }
    },
    (p) => [p.a1.id, p.a2.id],
  ],
  [
    'two notes change their sessions',
    async (h, p) => {
      await h.run(`UPDATE notes SET session_id = :free WHERE id = :id`, {
        free: p.draft.session.id,
        id: p.draft.id,
      })
      const spare = await h.get<{ id: string }>(
        `INSERT INTO sessions (id, client_id, kind, starts_at, ends_at, zone, status, line, started_at, ended_at, written,
           removed_at, created_at) SELECT '${STRANGER}', client_id, kind, starts_at, ends_at, zone, status, line, started_at,
           ended_at, written, removed_at, created_at FROM sessions WHERE id = :id RETURNING id`,
        { id: p.a1.session.id },
      )
      await h.run(`UPDATE notes SET session_id = :to WHERE id = :id`, { to: spare?.id ?? '', id: p.a1.id })
      await h.run(`UPDATE notes SET session_id = :to WHERE id = :id`, { to: p.a1.session.id, id: p.a3.id })
    },
    (p) => [p.a1.id, p.a3.id],
  ],
  [
    'a note given to another client',
    set('notes', `client_id = (SELECT id FROM clients WHERE name = 'Ben')`, (p) => `id = '${p.a2.id}'`),
    (p) => [p.a2.id],
  ],
  ['addendum text', set('addenda', `text = text || '!'`, () => 'true'), (p) => [p.a1.id]],
  ['addendum author', set('addenda', `author = ''`, () => 'true'), (p) => [p.a1.id]],
  ['addendum time', set('addenda', `created_at = created_at + 1`, () => 'true'), (p) => [p.a1.id]],
  [
    'addendum moved to another note',
    (h, p) => h.run(`UPDATE addenda SET note_id = :to`, { to: p.a3.id }),
    (p) => [p.a3.id],
  ],
  ['addendum gone', (h) => h.run(`DELETE FROM addenda`), (p) => [p.addendum]],
  [
    'addendum that nobody signed',
    (h, p) =>
      h.run(`INSERT INTO addenda VALUES ('${STRANGER}', :note, 'Forged', 'R. Alvarez', 1)`, {
        note: p.b1.id,
      }),
    (p) => [p.b1.id],
  ],
  [
    'first seal gone',
    (h, p) => h.run(`DELETE FROM seals WHERE subject_id = :id`, { id: p.a1.id }),
    (p) => [p.a1.id],
  ],
  [
    'middle seal gone',
    (h, p) => h.run(`DELETE FROM seals WHERE subject_id = :id`, { id: p.a2.id }),
    (p) => [p.a2.id],
  ],
  [
    'last seal gone',
    (h, p) => h.run(`DELETE FROM seals WHERE subject_id = :id`, { id: p.a3.id }),
    (p) => [p.a3.id],
  ],
  ['all seals gone', (h) => h.run(`DELETE FROM seals`), (p) => [p.a1.id, p.a2.id, p.a3.id, p.b1.id]],
  [
    'a note and its body gone',
    async (h, p) => {
      await h.run(`DELETE FROM bodies WHERE row = ${rowOf(p.a2.id)}`)
      await h.run(`DELETE FROM notes WHERE id = :id`, { id: p.a2.id })
    },
    (p) => [p.a2.id],
  ],
  [
    'a note and its seal gone',
    async (h, p) => {
      await h.run(`DELETE FROM bodies WHERE row = ${rowOf(p.a2.id)}`)
      await h.run(`DELETE FROM notes WHERE id = :id`, { id: p.a2.id })
      await h.run(`DELETE FROM seals WHERE subject_id = :id`, { id: p.a2.id })
    },
    // The log still says that it was signed; and there is a gap, before the addendum to the first note.
    (p) => [p.a1.id, p.a2.id],
  ],
  [
    'the newest note and its seal gone',
    async (h, p) => {
      await h.run(`DELETE FROM bodies WHERE row = ${rowOf(p.b1.id)}`)
      await h.run(`DELETE FROM notes WHERE id = :id`, { id: p.b1.id })
      await h.run(`DELETE FROM seals WHERE subject_id = :id`, { id: p.b1.id })
    },
    (p) => [p.b1.id],
  ],
  [
    'a note sealed by nobody',
    (h, p) => h.run(`UPDATE notes SET state = 'sealed', sealed_at = 1 WHERE id = :id`, { id: p.draft.id }),
    (p) => [p.draft.id],
  ],
  [
    'seal time',
    set('seals', `sealed_at = sealed_at + 1`, (p) => `subject_id = '${p.a2.id}'`),
    (p) => [p.a2.id],
  ],
  [
    'seal hash',
    set('seals', `hash = '${'0'.repeat(64)}'`, (p) => `subject_id = '${p.a2.id}'`),
    (p) => [p.a2.id],
  ],
  ...[0, -7, Number.MIN_SAFE_INTEGER].map((number): Change => [
    `the newest seal as number ${number}`,
    set('seals', `sequence = ${number}`, (p) => `subject_id = '${p.a3.id}'`),
    (p) => [p.a1.id, p.a3.id],
  ]),
  ['seal kind', set('seals', `kind = 'addendum'`, (p) => `subject_id = '${p.a2.id}'`), (p) => [p.a2.id]],
  [
    'two seals change places',
    async (h, p) => {
      for (const [from, to] of [
        [1, 99],
        [2, 1],
        [99, 2],
      ] as const) {
        await h.run(`UPDATE seals SET sequence = :to WHERE client_id = :ana AND sequence = :from`, {
          ana: p.ana,
          from,
          to,
        })
      }
    },
    (p) => [p.a1.id, p.a2.id],
  ],
  ['a forged later seal', forgedSeal(() => STRANGER), () => [STRANGER]],
  ['a forged seal over a draft', forgedSeal((p) => p.draft.id), (p) => [p.draft.id]],
  ['a forged seal with no sort of id', forgedSeal(() => 'not an id at all'), () => ['not an id at all']],
  ['a forged seal out of order', forgedSeal(() => STRANGER, 77), () => [STRANGER]],
  ['a forged seal from beyond time', forgedSeal(() => STRANGER, 5, 2 ** 52), () => [STRANGER]],
  [
    'a forged seal that no number of ours holds',
    (h, p) =>
      h.run(
        `INSERT INTO seals VALUES (:ana, 9223372036854775807, 'note', 'x', 9223372036854775807, '', '', '')`,
        {
          ana: p.ana,
        },
      ),
    (p) => [p.ana],
  ],
  ['how a goal went', set('goal_links', `trend = 'worse'`, () => 'true'), (p) => [p.a1.id]],
  ['a goal taken away', (h) => h.run(`DELETE FROM goal_links`), (p) => [p.a1.id]],
  [
    'a goal added',
    (h, p) =>
      h.run(`INSERT INTO goal_links VALUES (:a2, :other, 'better', 1)`, { a2: p.a2.id, other: p.other }),
    (p) => [p.a2.id],
  ],
  ['a goal in other words', set('goals', `text = 'Not this'`, (p) => `id = '${p.goal}'`), (p) => [p.a1.id]],
  ['what was set down', set('loops', `text = text || ' of dreams'`, () => 'true'), (p) => [p.a1.id]],
  ['what sort of thing was set down', set('loops', `kind = 'self'`, () => 'true'), (p) => [p.a1.id]],
  ['something set down is gone', (h) => h.run(`DELETE FROM loops`), (p) => [p.a1.id]],
  [
    'something that was never set down',
    (h, p) =>
      h.run(`INSERT INTO loops VALUES ('${STRANGER}', :ana, :session, 'plan', 'Forged', 1, NULL, NULL, '')`, {
        ana: p.ana,
        session: p.a2.session.id,
      }),
    (p) => [p.a2.id],
  ],
  [
    'when its session was',
    set('sessions', `starts_at = starts_at - 1`, (p) => `id = '${p.a2.session.id}'`),
    (p) => [p.a2.id],
  ],
  [
    'what sort of session it was',
    set('sessions', `kind = 'contact'`, (p) => `id = '${p.a2.session.id}'`),
    (p) => [p.a2.id],
  ],
]

test('whatever is forced into a signed note with the triggers put back, the verifier finds it and names it', async () => {
  const p = await practice()
  const { store } = p.file
  const before = await signedRows(store)
  const goals = await store.read((h) => h.all<{ id: string; text: string }>('SELECT id, text FROM goals'))
  const intact = { state: 'intact', checked: 5, changed: [] }
  expect(await verified(store)).toEqual(intact)
  for (const [what, change, who] of CHANGES) {
    await force(store, (h) => change(h, p))
    expect(await store.read(schemaHash), what).toBe(recordMigrations.at(-1)?.schemaHash)
    const found = await verified(store)
    expect(found.state, what).toBe('changed')
    expect(
      found.changed.map((c) => c.noteId),
      what,
    ).toEqual(expect.arrayContaining(who(p)))
    await putBack(store, before)
    for (const goal of goals)
      await store.write((h) => h.run(`UPDATE goals SET text = :text WHERE id = :id`, { ...goal }))
    expect(await verified(store), `after ${what}`).toEqual(intact)
  }
}, 60_000)

test('at the next opening: found, told once, named by client; the others stay readable', async () => {
  const p = await practice()
  await p.record.close()
  await p.file.force(async (sql) => {
    const [trigger] = await sql.all(`SELECT sql FROM sqlite_schema WHERE name = 'bodies_sealed_update'`)
    await sql.exec('DROP TRIGGER bodies_sealed_update')
    await sql.exec(`UPDATE bodies SET plain = replace(plain, 'Second', 'Sacked') WHERE plain LIKE '%Second%'`)
    await sql.exec(String(trigger?.['sql']))
  })
  p.file.topics.length = 0
  const record = await p.file.open()
  expect(record.verification.found()).toEqual({ state: 'running', checked: 0, changed: [] })
  await record.verification.run()
  expect(record.verification.found()).toEqual({
    state: 'changed',
    checked: 5,
    changed: [{ noteId: p.a2.id, clientId: p.ana, clientName: 'Ana', at: MORNING }],
  })
  expect(p.file.topics.filter((topic) => topic === 'verification')).toHaveLength(1)
  expect((await record.notes.read(p.a1.id)).sections).toEqual(soap('First words', 'Plan one').sections)
})

test('locking in the middle of the check ends it without a finding', async () => {
  const p = await practice()
  const running = p.record.verification.run().catch(() => undefined)
  await p.record.close()
  await running
  expect(p.record.verification.found()).toMatchObject({ state: 'running', changed: [] })
})

test('a check that breaks off says so, once, instead of running for ever', async () => {
  const p = await practice()
  p.file.topics.length = 0
  // The thread is gone in the middle of everything: what a lost disk looks like from here.
  await p.file.crash()
  await expect(p.record.verification.run()).rejects.toMatchObject({ code: 'CLOSED' })
  expect(p.record.verification.found()).toEqual({ state: 'unchecked', checked: 0, changed: [] })
  expect(p.file.topics).toEqual(['verification'])
})

test('how something ended that was set down is said later, and the note is as it was signed', async () => {
  const p = await practice()
  const [homework] = (await p.record.notes.read(p.a1.id)).setDown
  await p.record.loops.close(homework?.id ?? '', 'done', 'Every night')
  await p.record.verification.run()
  expect(p.record.verification.found()).toMatchObject({ state: 'intact' })
})
