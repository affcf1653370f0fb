import { expect, test, type Page } from '@playwright/test'
import fc from 'fast-check'
import { execFile } from 'node:child_process'
import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { promisify } from 'node:util'
import { soap } from '../../src/shared/document/formats/builtIn.ts'
import { PRIVATE_SECTION } from '../../src/shared/document/privateDocument.ts'
import { wellFormed } from '../../src/shared/document/blocks.ts'
import {
  ask,
  call,
  launch,
  removeProfile,
  unlock,
  vaultProfile,
  type Running,
} from '../support/application.ts'
import { lock, openPrivateRoom } from '../support/oneSession.ts'
import { soapNote } from '../support/words.ts'

/*
 * Random charts, each with a canary in the private room, each as the PDF that a person would hand over: a dozen in
 * every run, a thousand before a release (BRACKET_CHARTS=1000). What these pages are made of is looked through for a
 * thousand charts in every run (tests/db/export/privateRoom.test.ts).
 */

const CHARTS = Number(process.env['BRACKET_CHARTS'] ?? '12')
const AT_ONCE = 50
const ALL = { from: '2020-01-01', to: '2030-12-31' } as const
const run = promisify(execFile)

const text = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 60 }),
  fc.constantFrom('', '<b>', '"; }', '</main>', 'שלום', '👩‍👩‍👧', 'x'.repeat(300), 'a\n\nb', 'q'.repeat(20)),
)
const chart = fc.record({ before: text, after: text, apart: text, name: text, setDown: fc.boolean() })
/** Read back from a PDF, letters of these words stand beside one another whatever stood around them. */
const word = (n: number, of: string): string => `w${n}${of}y`
const canary = (n: number): string => `canaryq${n}zx`

let profile: string
let folder: string
let running: Running

test.beforeEach(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'bracket-canaries-'))
  profile = await vaultProfile()
  running = await launch({ profile })
})
test.afterEach(async () => {
  await running.stop()
  removeProfile(profile)
  rmSync(folder, { recursive: true, force: true })
})

interface Plan {
  readonly name: string
  readonly note: ReturnType<typeof soapNote>
  readonly apart: { key: string; text: string; lexical: null }[]
  readonly home: string
  readonly summary: string
}
type Bracket = Record<
  string,
  Record<string, (input: object) => Promise<{ ok: boolean; code?: string; value: never }>>
>

/** Writes and signs them as the page's own calls do; gives back the clients' ids. */
const write = (page: Page, plans: readonly Plan[]): Promise<string[]> =>
  page.evaluate(async (list) => {
    const api = (globalThis as unknown as { bracket: Bracket }).bracket
    const asking = async <T>(domain: string, verb: string, input: object): Promise<T> => {
      const answer = await api[domain]?.[verb]?.(input)
      if (answer?.ok !== true) throw new Error(`${domain}.${verb}: ${answer?.code}`)
      return answer.value
    }
    const made: string[] = []
    for (const plan of list) {
      const about = { name: plan.name, pronouns: '', birthDate: null, referralReason: '' }
      const { id: clientId } = await asking<{ id: string }>('clients', 'create', about)
      // Not today: Today would be drawn anew, with one session more, at each of them.
      const endsAt = Date.now() - 200 * 86_400_000
      const span = { startsAt: endsAt - 3_000_000, endsAt, zone: 'UTC' }
      const session = { clientId, kind: 'individual', ...span }
      const { id: sessionId } = await asking<{ id: string }>('sessions', 'create', session)
      const note = await asking<{ id: string; revision: number }>('notes', 'open', { sessionId })
      await asking('notes', 'save', { noteId: note.id, revision: note.revision, ...plan.note })
      await asking('loops', 'add', { clientId, sessionId, kind: 'homework', text: plan.home })
      await asking('privateRoom', 'save', { sessionId, clientId, revision: 0, sections: plan.apart })
      await asking('notes', 'sign', {
        noteId: note.id,
        revision: note.revision + 1,
        actualStart: span.startsAt,
        actualEnd: endsAt,
        summary: plan.summary,
      })
      made.push(clientId)
    }
    return made
  }, plans)

test('of random charts every PDF holds its progress words, and none a word of the private room', async () => {
  test.setTimeout(60_000 + CHARTS * 600)
  const charts = fc.sample(chart, { numRuns: CHARTS, seed: 23 })
  const plans = charts.map(({ before, after, apart, name }, n): Plan => ({
    name: `${wellFormed(name)
      .replace(/[\p{C}\s]+/gu, ' ')
      .trim()
      .slice(0, 60)} Client${n}`.trim(),
    note: soapNote(
      soap.sections.map(({ key }) => ({
        key,
        text: wellFormed(`${before} ${word(n, key)} ${after}`),
        lexical: null,
      })),
    ),
    apart: [{ key: PRIVATE_SECTION, text: wellFormed(`${apart} ${canary(n)} ${after}`), lexical: null }],
    home: word(n, 'home'),
    summary: word(n, 'line'),
  }))
  let page = await unlock(running)
  const { preferences } = await ask(page, 'app', 'context', {})
  await ask(page, 'app', 'setPreferences', { ...preferences, idleMinutes: 60, privateIdleMinutes: 60 })
  await openPrivateRoom(running, page)
  await page.keyboard.press('Control+,')
  await expect(page.getByRole('heading', { name: 'Settings', level: 1 })).toBeVisible()
  const clients: string[] = []
  for (let n = 0; n < CHARTS; n += AT_ONCE) clients.push(...(await write(page, plans.slice(n, n + AT_ONCE))))
  // Locking seals what was signed; the private room is open again while the pages are made.
  await lock(running, page)
  page = await unlock(running)
  await openPrivateRoom(running, page)
  await running.app.evaluate(({ dialog }, place) => {
    let next = 0
    dialog.showSaveDialog = (async () => {
      next += 1
      return { canceled: false, filePath: `${place}/${next - 1}.pdf` }
    }) as typeof dialog.showSaveDialog
  }, folder)
  for (const [n, clientId] of clients.entries()) {
    const setDown = charts[n]?.setDown === true
    const order = {
      subject: { kind: 'client', clientId, ...ALL },
      size: 'a4',
      setDown,
      nameInFile: false,
    } as const
    expect(await call(page, 'paper', 'save', order)).toEqual({ ok: true, value: { saved: true } })
  }
  expect(readdirSync(folder)).toHaveLength(CHARTS)

  const read = async (n: number): Promise<string> =>
    (await run('pdftotext', ['-enc', 'UTF-8', path.join(folder, `${n}.pdf`), '-'])).stdout
  for (let n = 0; n < CHARTS; n += 2) {
    const [first, second] = await Promise.all([read(n), read(n + 1)])
    for (const [at, words] of [
      [n, first],
      [n + 1, second],
    ] as const) {
      const wanted = [...soap.sections.map(({ key }) => word(at, key)), word(at, 'line')]
      for (const one of wanted) expect(words.includes(one), one).toBe(true)
      expect(words.includes(word(at, 'home')), word(at, 'home')).toBe(charts[at]?.setDown === true)
      expect(words.includes('canaryq'), canary(at)).toBe(false)
    }
  }
  // They are there, and can be found where they belong.
  const { hits } = await ask(page, 'privateRoom', 'search', { text: canary(CHARTS - 1) })
  expect(hits).toHaveLength(1)
})
