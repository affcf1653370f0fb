import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { createPaper, type PaperOptions } from '../../../src/main/export/paper.ts'
import type { Sheet } from '../../../src/main/export/sheet.ts'
import type { OpenRecord } from '../../../src/main/services/record/openRecord.ts'
import { addClient, addSession, DAY, HOUR, RecordFile, sealed, write } from '../../support/recordFile.ts'
import { wordsOf } from '../../support/paperText.ts'
import { rounds, temporaryDirectory } from '../../support/storeFiles.ts'

interface Desk {
  record: OpenRecord | null
  place: () => Promise<string | null>
  proposed: string[]
  left: [string, readonly string[]][]
  printed: boolean
  sheets: Sheet[]
  sample: boolean
}

/** Paper over a real record; the press gives the sheet itself instead of a PDF. */
async function desk() {
  const file = new RecordFile()
  const record = await file.open()
  const ana = await addClient(record, 'Ana Zysk')
  const note = await sealed(file, record, ana, 'Signed words')
  const folder = temporaryDirectory()
  const state: Desk = {
    record,
    place: async () => path.join(folder, 'out.pdf'),
    proposed: [],
    left: [],
    printed: true,
    sheets: [],
    sample: false,
  }
  const options: PaperOptions = {
    record: () => state.record,
    press: {
      pdf: async (sheet) => {
        state.sheets.push(sheet)
        return Buffer.from(sheet.body)
      },
      print: async (sheet) => {
        state.sheets.push(sheet)
        return state.printed
      },
    },
    clock: { now: () => file.now },
    vaultDirectory: path.dirname(file.path),
    isSample: () => state.sample,
    choosePlace: (name) => {
      state.proposed.push(name)
      return state.place()
    },
    locale: () => ({ language: 'en-US', region: 'US', zone: 'America/Chicago' }),
    onLeft: async (how, ids) => void state.left.push([how, ids]),
  }
  const one = { subject: { kind: 'note', noteId: note.id }, size: 'letter', setDown: true } as const
  const many = {
    subject: { kind: 'client', clientId: ana, from: '2025-06-01', to: '2025-06-30' },
    size: 'a4',
    setDown: false,
  } as const
  return { file, record, ana, note, folder, state, paper: createPaper(options), one, many }
}

test('a note is written where the person chose and nowhere else, and said to have left', async () => {
  const { paper, one, many, folder, state, note } = await desk()
  expect(await paper.save(one, false)).toBe(true)
  expect(readFileSync(path.join(folder, 'out.pdf'), 'utf8')).toContain('Signed words')
  expect(readdirSync(folder)).toEqual(['out.pdf'])
  expect(await paper.print(many)).toBe(true)
  expect(await paper.save(many, true)).toBe(true)
  expect(state.proposed).toEqual([
    'bracket-note-2025-06-02.pdf',
    'bracket-notes-Ana Zysk-2025-06-01-to-2025-06-30.pdf',
  ])
  expect(state.left).toEqual([
    ['pdf', [note.id]],
    ['print', [note.id]],
    ['pdf', [note.id]],
  ])
})

test('cancelled: nothing is made, written or said to have left', async () => {
  const { paper, one, folder, state } = await desk()
  state.place = async () => null
  state.printed = false
  expect(await paper.save(one, false)).toBe(false)
  expect(await paper.print(one)).toBe(false)
  expect(readdirSync(folder)).toEqual([])
  expect(state.left).toEqual([])
  expect(state.sheets).toHaveLength(1)
})

test('locked while the dialog stood open: nothing leaves', async () => {
  const { paper, one, folder, state } = await desk()
  state.place = async () => {
    state.record = null
    return path.join(folder, 'out.pdf')
  }
  await expect(paper.save(one, false)).rejects.toMatchObject({ code: 'LOCKED' })
  expect(readdirSync(folder)).toEqual([])
  expect(state.sheets).toEqual([])
})

test('a file cannot take the place of the vault’s own', async () => {
  const { paper, one, file, state } = await desk()
  const inside = path.join(path.dirname(file.path), 'deeper')
  mkdirSync(inside)
  for (const target of [file.path, path.join(inside, 'x.pdf'), path.join(inside, '..', 'x.pdf')]) {
    state.place = async () => target
    await expect(paper.save(one, false)).rejects.toMatchObject({ code: 'PLACE_REFUSED' })
  }
  expect(existsSync(path.join(inside, 'x.pdf'))).toBe(false)
  expect(state.left).toEqual([])
})

test('drafts, days without a signed note and days the wrong way round are refused before any dialog', async () => {
  const { paper, one, many, record, ana, file, state } = await desk()
  const draft = await write(record, await addSession(record, ana, file.now - 3 * HOUR), 'Draft')
  const subjects = [
    [{ kind: 'note', noteId: draft.id }, 'ONLY_SIGNED'],
    [{ ...many.subject, from: '2024-01-01', to: '2024-02-01' }, 'NOTHING_SIGNED'],
    [{ ...many.subject, from: '2025-06-30', to: '2025-06-01' }, 'END_BEFORE_START'],
  ] as const
  for (const [subject, code] of subjects) {
    await expect(paper.save({ ...one, subject }, false)).rejects.toMatchObject({ code })
    await expect(paper.print({ ...one, subject })).rejects.toMatchObject({ code })
  }
  expect(state.proposed).toEqual([])
  expect(await paper.manifest(many.subject)).toEqual({
    notes: 1,
    addenda: 0,
    late: 0,
    changed: 0,
    unnamed: 1,
    drafts: 1,
    setDown: 0,
    first: '2025-06-02',
    last: '2025-06-02',
    size: 'letter',
  })
})

test('what a crash left beside the chosen place is known to the encrypted record and goes at the next opening', async () => {
  const { paper, file, record, folder, state } = await desk()
  const part = path.join(folder, '.bracket-0123456789abcdef.part')
  writeFileSync(part, 'half')
  await record.signedNotes.unfinished.set(part)
  await file.crash()
  state.record = await file.open()
  await paper.sweep()
  expect(readdirSync(folder)).toEqual([])
  expect(await state.record.signedNotes.unfinished.get()).toBeUndefined()
})

test('a sample’s pages are marked, each kind of them', async () => {
  const { paper, one, many, state } = await desk()
  state.sample = true
  await paper.save(one, false)
  await paper.print(many)
  await paper.printActivity({ kind: null, day: null }, { size: 'a4', names: false })
  expect(state.sheets).toHaveLength(3)
  for (const { body } of state.sheets) expect(body).toContain('Sample: made-up people, not a record.')
})

test('the log on paper: as it is filtered, checked, with codes unless names are wanted, and logged', async () => {
  const { paper, record, state, ana, file } = await desk()
  const everything = { kind: null, day: null }
  const { entries } = await paper.activityExtent(everything)
  expect(await paper.printActivity(everything, { size: 'letter', names: false })).toBe(true)
  const [printed] = state.sheets
  const words = wordsOf(printed?.body ?? '')
  expect(words).toContain('Note signed')
  expect(words).toContain(`client …${ana.slice(-8)}`)
  expect(words).not.toMatch(/Ana|Zysk|Signed words/u)
  expect(words).toContain(`Checked: ${entries} entries, unbroken.`)
  const head = await record.log.head()
  expect(head.sequence).toBe(entries + 1)
  expect(await record.log.newest('activity-printed')).toMatchObject({ count: entries, subject: null })

  expect(await paper.activityExtent({ kind: 'notes', day: null })).toMatchObject({ entries: 1, most: 5000 })
  await paper.printActivity({ kind: 'notes', day: null }, { size: 'a4', names: true })
  const named = wordsOf(state.sheets[1]?.body ?? '')
  expect(named).toContain('Ana Zysk')
  expect(named).not.toContain('Unlocked')
  expect(named).toContain(head.hash)

  state.printed = false
  expect(await paper.printActivity(everything, { size: 'a4', names: false })).toBe(false)
  expect((await record.log.list('out', null, null)).entries).toHaveLength(2)
  const none = { kind: null, day: { from: file.now + DAY, to: file.now + 2 * DAY } }
  await expect(paper.printActivity(none, { size: 'a4', names: false })).rejects.toMatchObject({
    code: 'NOT_FOUND',
  })
})

const LINES = rounds(50_000, 6_000)
test(`of a log of ${LINES} entries the newest are printed, the page says so, and pages of it come at once`, async () => {
  const { paper, record, state, file } = await desk()
  await file.store.write(async (h) => {
    for (let n = 0; n < LINES; n += 1) await record.log.append(h, n % 999 === 0 ? 'printed' : 'locked')
  })
  const { entries } = await paper.activityExtent({ kind: null, day: null })
  expect(entries).toBeGreaterThan(LINES)
  await paper.printActivity({ kind: null, day: null }, { size: 'a4', names: false })
  const body = state.sheets[0]?.body ?? ''
  expect(wordsOf(body)).toContain(`the newest 5,000 of ${entries.toLocaleString('en-US')} entries`)
  expect(body.match(/<tr>/gu)).toHaveLength(5000 + 1 + 7)
  expect(body).toContain(`Checked: ${entries.toLocaleString('en-US')} entries, unbroken.`)
  // Page after page of a rare kind, to the very end.
  let before: number | null = null
  let seen = 0
  for (;;) {
    const page: Awaited<ReturnType<typeof record.log.list>> = await record.log.list('out', null, before)
    seen += page.entries.length
    if (!page.more) break
    before = page.entries.at(-1)?.sequence ?? null
  }
  expect(seen).toBe(Math.ceil(LINES / 999) + 1)
}, 60_000)
