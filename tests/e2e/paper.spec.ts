import { expect, test, type Page } from '@playwright/test'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { soap } from '../../src/shared/document/formats/builtIn.ts'
import { PRIVATE_SECTION } from '../../src/shared/document/privateDocument.ts'
import {
  ask,
  call,
  launch,
  removeProfile,
  unlock,
  vaultProfile,
  type Running,
} from '../support/application.ts'
import { sideways, violations } from '../support/looking.ts'
import { lock, openPrivateRoom } from '../support/oneSession.ts'
import { factsOf, fontsOf, pagesOf, tagsOf } from '../support/pdf.ts'
import { filesWith } from '../support/scan.ts'
import { soapNote } from '../support/words.ts'

/* A signed note leaves: as a PDF and to the printer, and nothing else leaves with it. */

const MINUTE = 60_000
const NOW = '2026-11-24T21:00:00Z'
const CLIENTS = 20
const ALL = { from: '2026-01-01', to: '2026-12-31' }
const LONG = 'Donaudampfschifffahrt'.repeat(30)
const UNUSUAL = `שלום עולם, نص عربي, 👩‍👩‍👧 emoji, ${LONG}`

let home: string
let chosen: string
let profile: string
let running: Running
let page: Page

test.describe.configure({ mode: 'serial' })
test.beforeAll(async () => {
  home = mkdtempSync(path.join(tmpdir(), 'bracket-paper-'))
  chosen = path.join(home, 'chosen')
  for (const name of ['chosen', 'tmp']) mkdirSync(path.join(home, name))
  profile = await vaultProfile()
  await start()
})
test.afterAll(async () => {
  await running.stop()
  removeProfile(profile)
  rmSync(home, { recursive: true, force: true })
})

async function start(): Promise<void> {
  const env = { TZ: 'America/Chicago', LANG: 'en_US.UTF-8', TMPDIR: path.join(home, 'tmp') }
  running = await launch({ profile, now: NOW, env })
  page = await unlock(running)
  await expect(page.getByRole('heading', { name: 'Today', level: 1 })).toBeVisible()
}

interface Chart {
  clientId: string
  name: string
  noteId: string
  sessionId: string
}
const charts: Chart[] = []
const word = (n: number, of: string): string => `w${n}${of}word`
const canary = (n: number): string => `canaryq${n}zx`

/** The native dialog, answered: the file goes there, or nowhere. What it was asked with is kept. */
async function answerDialog(name: string | null): Promise<void> {
  await running.app.evaluate(
    ({ dialog }, filePath) => {
      const kept = globalThis as { asked?: unknown[] }
      kept.asked = []
      dialog.showSaveDialog = (async (_: unknown, options: unknown) => {
        kept.asked?.push(options)
        return { canceled: filePath === null, filePath: filePath ?? '' }
      }) as typeof dialog.showSaveDialog
    },
    name === null ? null : path.join(chosen, name),
  )
}
const asked = () =>
  running.app.evaluate(
    () =>
      (globalThis as { asked?: { title: string; defaultPath: string; properties: string[] }[] }).asked ?? [],
  )

test('twenty clients with signed notes, private notes of the same sessions, and a draft', async () => {
  const now = Date.parse(NOW)
  const { preferences } = await ask(page, 'app', 'context', {})
  await ask(page, 'app', 'setPreferences', { ...preferences, authorName: 'Dana Quill, LCSW' })
  await openPrivateRoom(running, page)
  for (let n = 0; n < CLIENTS; n += 1) {
    const name = `Client${n} Zaremba`
    const { id: clientId } = await ask(page, 'clients', 'create', {
      name,
      pronouns: '',
      birthDate: '1990-04-01',
      referralReason: word(n, 'referral'),
    })
    // The second one is about three days old: a late entry.
    const startsAt = now - (n === 1 ? 4320 : 90 + n) * MINUTE
    const endsAt = startsAt + 50 * MINUTE
    const { id: sessionId } = await ask(page, 'sessions', 'create', {
      clientId,
      kind: 'individual',
      startsAt,
      endsAt,
      zone: 'America/Chicago',
    })
    const { id: noteId, revision } = await ask(page, 'notes', 'open', { sessionId })
    const much = n === 2 ? ` ${'He counted the steps to the door and back again. '.repeat(650)}` : ''
    const strange = n === 3 ? ` ${UNUSUAL}` : ''
    await ask(page, 'notes', 'save', {
      noteId,
      revision,
      ...soapNote(
        soap.sections.map(({ key }) => ({
          key,
          text: key === 'plan' && n === 0 ? '' : `${word(n, key)}${much}${strange}`,
          lexical: null,
        })),
      ),
    })
    await ask(page, 'loops', 'add', { clientId, sessionId, kind: 'homework', text: word(n, 'home') })
    await ask(page, 'privateRoom', 'save', {
      sessionId,
      clientId,
      revision: 0,
      sections: [{ key: PRIVATE_SECTION, text: `${canary(n)} and more`, lexical: null }],
    })
    await ask(page, 'notes', 'sign', {
      noteId,
      revision: revision + 1,
      actualStart: startsAt,
      actualEnd: endsAt,
      summary: word(n, 'summary'),
    })
    charts.push({ clientId, name, noteId, sessionId })
  }
  // Locking seals what was signed.
  await lock(running, page)
  page = await unlock(running)
  await expect(page.getByRole('heading', { name: 'Today', level: 1 })).toBeVisible()
  await ask(page, 'notes', 'addAddendum', { noteId: charts[0]?.noteId ?? '', text: word(0, 'addendum') })
  const { id: draft } = await ask(page, 'sessions', 'create', {
    clientId: charts[0]?.clientId ?? '',
    kind: 'individual',
    startsAt: now - 30 * MINUTE,
    endsAt: now - 10 * MINUTE,
    zone: 'America/Chicago',
  })
  const { id: noteId, revision } = await ask(page, 'notes', 'open', { sessionId: draft })
  await ask(page, 'notes', 'save', {
    noteId,
    revision,
    ...soapNote([{ key: 'plan', text: 'draftonlyword', lexical: null }]),
  })
})

async function openSigned(n: number): Promise<void> {
  await page.keyboard.press('Control+2')
  await page
    .getByRole('link', { name: charts[n]?.name ?? '' })
    .first()
    .click()
  const notes = page.getByRole('region', { name: 'Notes', exact: true })
  await notes.getByRole('link', { name: new RegExp(word(n, 'summary')) }).click()
  await expect(page.getByRole('button', { name: 'Save as PDF…' })).toBeVisible()
}

test('a signed note is saved as a tagged PDF under a name without the client’s, after its contents were shown', async () => {
  await openSigned(0)
  await answerDialog('one.pdf')
  await page.getByRole('button', { name: 'Save as PDF…' }).click()
  const dialog = page.getByRole('dialog', { name: 'This note on paper' })
  await expect(dialog.getByRole('status', { name: 'What is in it' })).toHaveText(
    /1 signed note of Nov 24, 2026, with 1 addendum\./,
  )
  await expect(dialog.getByRole('checkbox', { name: /client’s name/ })).not.toBeChecked()
  await expect(dialog.getByRole('radio', { name: 'US Letter' })).toBeChecked()
  await dialog.getByRole('button', { name: 'Save as PDF…' }).click()
  await expect(page.getByRole('status', { name: 'Messages' })).toContainText(
    'The PDF is saved where you chose.',
  )
  await expect(dialog).toBeHidden()

  const [question] = await asked()
  expect(path.basename(question?.defaultPath ?? '')).toBe('bracket-note-2026-11-24.pdf')
  expect(question?.title).toBe('Bracket')
  expect(question?.properties).toContain('dontAddToRecent')
  expect(readdirSync(chosen)).toEqual(['one.pdf'])

  const file = path.join(chosen, 'one.pdf')
  const facts = factsOf(file)
  expect(facts).toMatchObject({ Title: 'Bracket', Tagged: 'yes', JavaScript: 'no' })
  expect(facts['Page size']).toMatch(/letter/)
  expect(JSON.stringify(facts)).not.toContain('Zaremba')
  const tags = tagsOf(file)
  expect(tags.filter((tag) => tag === 'H1')).toHaveLength(1)
  expect(tags.filter((tag) => tag === 'H2')).toHaveLength(6)
  expect(tags).toContain('TH')
  expect(readFileSync(file).includes('/Outlines')).toBe(true)

  const { seal, addenda } = await ask(page, 'notes', 'read', { noteId: charts[0]?.noteId ?? '' })
  const text = pagesOf(file).join('\n')
  for (const part of [
    word(0, 'subjective'),
    word(0, 'objective'),
    word(0, 'assessment'),
    word(0, 'addendum'),
    word(0, 'summary'),
    'Nothing written',
    'Dana Quill, LCSW',
    'America/Chicago (UTC−06:00)',
    seal?.hash ?? '?',
    'Number 2 in this client’s chain',
    '1 line set down with this note',
  ]) {
    expect(text).toContain(part)
  }
  expect(addenda).toHaveLength(1)
  expect(text).not.toContain(word(0, 'home'))
  expect(text).not.toContain('draftonlyword')
})

test('the client’s name goes into the file’s name only when that is chosen; cancelling writes nothing', async () => {
  const before = readdirSync(chosen)
  await answerDialog(null)
  await page.getByRole('button', { name: 'Save as PDF…' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByText(/Put the client’s name/).click()
  await dialog.getByRole('button', { name: 'Save as PDF…' }).click()
  await expect.poll(async () => (await asked()).length).toBe(1)
  expect(path.basename((await asked())[0]?.defaultPath ?? '')).toBe(
    'bracket-note-Client0 Zaremba-2026-11-24.pdf',
  )
  await expect(dialog.getByRole('button', { name: 'Save as PDF…' })).toBeVisible()
  await page.keyboard.press('Escape')
  expect(readdirSync(chosen)).toEqual(before)
})

test('a client’s notes between two days, from the client’s page', async () => {
  await page.keyboard.press('Control+2')
  await page.getByRole('link', { name: 'Client0 Zaremba' }).first().click()
  await page.getByRole('button', { name: 'Notes on paper…' }).click()
  const dialog = page.getByRole('dialog', { name: 'Notes on paper' })
  await expect(dialog.getByRole('status', { name: 'What is in it' })).toContainText(
    '1 note in these days is not signed; it stays here.',
  )
  await dialog.getByText(/With what was set down/).click()
  await dialog.getByText('A4', { exact: true }).click()
  await answerDialog('many.pdf')
  await dialog.getByRole('button', { name: 'Save as PDF…' }).click()
  await expect(dialog).toBeHidden()
  expect(path.basename((await asked())[0]?.defaultPath ?? '')).toBe(
    'bracket-notes-2026-08-24-to-2026-11-24.pdf',
  )
  const file = path.join(chosen, 'many.pdf')
  expect(factsOf(file)['Page size']).toMatch(/A4/)
  const text = pagesOf(file).join('\n')
  expect(text).toContain('Contents')
  expect(text).toContain(word(0, 'home'))
  expect(text).not.toContain('draftonlyword')
})

test('a draft does not go on paper, and the person is told why', async () => {
  await page.keyboard.press('Control+2')
  await page.getByRole('link', { name: 'Client0 Zaremba' }).first().click()
  await page
    .getByRole('region', { name: 'Notes', exact: true })
    .getByRole('link', { name: /Not signed yet/ })
    .click()
  await expect(page.getByRole('textbox', { name: 'Plan', exact: true })).toContainText('draftonlyword')
  await page.keyboard.press('Control+p')
  await expect(page.getByRole('status', { name: 'Messages' })).toContainText('Only signed notes go on paper.')
  const { notes } = await ask(page, 'clients', 'notes', {
    clientId: charts[0]?.clientId ?? '',
    before: null,
    limit: 10,
    only: null,
  })
  const draft = notes.find((note) => note.state === 'draft')
  expect(
    await call(page, 'paper', 'save', {
      subject: { kind: 'note', noteId: draft?.noteId ?? '' },
      size: 'a4',
      setDown: true,
      nameInFile: false,
    }),
  ).toEqual({ ok: false, code: 'ONLY_SIGNED' })
})

test('twenty clients’ PDFs hold every progress word, and no private one', async () => {
  await openPrivateRoom(running, page)
  for (const [n, { clientId, name }] of charts.entries()) {
    const file = path.join(chosen, `chart${n}.pdf`)
    await answerDialog(`chart${n}.pdf`)
    await ask(page, 'paper', 'save', {
      subject: { kind: 'client', clientId, ...ALL },
      size: n % 2 === 0 ? 'a4' : 'letter',
      setDown: true,
      nameInFile: false,
    })
    const pages = pagesOf(file)
    const text = pages.join('\n')
    const keys = ['subjective', 'objective', 'assessment', ...(n === 0 ? [] : ['plan']), 'summary', 'home']
    for (const key of keys) expect(text).toContain(word(n, key))
    expect(text).not.toContain('canaryq')
    expect(readFileSync(file).includes('canaryq')).toBe(false)
    expect(text).not.toContain(word(n, 'referral'))
    const fonts = fontsOf(file)
    expect(fonts.map((font) => font.name)).toContain('SourceSerif4-Regular')
    // Type 3 is how a colour emoji is drawn; no letter may be.
    expect(fonts.filter((font) => font.type === 'Type 3' && n !== 3)).toEqual([])
    for (const other of charts) if (other.name !== name) expect(text).not.toContain(`${other.name}\n`)
    for (const [at, words] of pages.entries()) {
      expect(words).toContain(name)
      expect(words).toContain(`Page ${at + 1} of ${pages.length}`)
      if (at > 0) expect(words).toMatch(/Signed by \u2068?Dana Quill, LCSW\u2069?, Nov 24, 2026/u)
    }
    if (n === 1) {
      expect(text).toContain('Late entry')
      expect(text).toContain('Session ended November 21, 2026, 3:50:00 PM')
    }
  }
  expect((await ask(page, 'privateRoom', 'search', { text: canary(3) })).hits).toHaveLength(1)
})

test('twenty pages and more stay whole: a heading is never the last line of a page', async () => {
  const pages = pagesOf(path.join(chosen, 'chart2.pdf'))
  expect(pages.length).toBeGreaterThanOrEqual(20)
  for (const words of pages) {
    const lines = words
      .trim()
      .split('\n')
      .map((line) => line.trim())
      .filter((line) => line !== '')
    const body = lines.filter((line) => !/^Page \d+ of \d+$|^Signed by|seal \d/u.test(line))
    expect(['Subjective', 'Objective', 'Assessment', 'Plan', 'Signature']).not.toContain(body.at(-1))
  }
})

test('other scripts and endless words are on the page', () => {
  const text = pagesOf(path.join(chosen, 'chart3.pdf')).join('\n')
  expect(text.replace(/\s/gu, '')).toContain(LONG)
  expect(text).toContain('emoji')
  expect(text.normalize('NFKC')).toMatch(/שלום|םולש/u)
})

test('the sheet is a page of its own: no scripts, another process and session, served once, gone afterwards', async () => {
  await running.app.evaluate(({ app, BrowserWindow }) => {
    const seen = globalThis as { sheets?: Record<string, unknown>[] }
    seen.sheets = []
    app.on('web-contents-created', (_, contents) => {
      contents.on('did-finish-load', () => {
        if (!contents.getURL().startsWith('app://paper')) return
        const window = BrowserWindow.fromWebContents(contents)
        const others = BrowserWindow.getAllWindows().filter((one) => one !== window && !one.isDestroyed())
        seen.sheets?.push({
          url: contents.getURL(),
          title: contents.getTitle(),
          windowTitle: window?.getTitle(),
          visible: window?.isVisible(),
          ownProcess: others.every((one) => one.webContents.getOSProcessId() !== contents.getOSProcessId()),
          ownSession: others.every((one) => one.webContents.session !== contents.session),
          storage: contents.session.getStoragePath(),
        })
      })
    })
  })
  await answerDialog('again.pdf')
  await ask(page, 'paper', 'save', {
    subject: { kind: 'note', noteId: charts[0]?.noteId ?? '' },
    size: 'a4',
    setDown: false,
    nameInFile: false,
  })
  const result = await running.app.evaluate(async ({ BrowserWindow, session }) => {
    const sheets = (globalThis as { sheets?: Record<string, unknown>[] }).sheets ?? []
    const url = String(sheets[0]?.['url'])
    const paper = session.fromPartition('paper')
    const statuses: number[] = []
    for (const each of [url, `${url}.css`, 'app://paper/', 'app://bracket/', 'app://paper/paper.html']) {
      statuses.push((await paper.fetch(each)).status)
    }
    const ours = BrowserWindow.getAllWindows()[0]?.webContents.session
    statuses.push((await ours?.fetch(url))?.status ?? 0)
    const policy = (await paper.fetch('app://paper/')).headers.get('content-security-policy')
    return {
      sheets,
      statuses,
      policy,
      addresses: BrowserWindow.getAllWindows().map((one) => one.webContents.getURL()),
      titles: BrowserWindow.getAllWindows().map((one) => one.getTitle()),
    }
  })
  expect(result.sheets).toHaveLength(1)
  expect(result.sheets[0]).toMatchObject({
    title: 'Bracket',
    windowTitle: 'Bracket',
    visible: false,
    ownProcess: true,
    ownSession: true,
    storage: null,
  })
  expect(String(result.sheets[0]?.['url'])).toMatch(/^app:\/\/paper\/[0-9a-f]{32}$/u)
  expect(result.statuses).toEqual([404, 404, 404, 404, 404, 404])
  expect(result.policy).toBe(
    "default-src 'none'; style-src 'self'; font-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  )
  expect(result.addresses.filter((url) => url.startsWith('app://paper'))).toEqual([])
  expect(new Set(result.titles)).toEqual(new Set(['Bracket']))
})

/** The system's print dialog, answered with what its callback is told; the document's title is kept. */
async function answerPrinter(success: boolean, reason: string): Promise<void> {
  await running.app.evaluate(
    ({ app }, answer) => {
      const kept = globalThis as { printed?: unknown[]; printer?: typeof answer; hooked?: boolean }
      kept.printed = []
      kept.printer = answer
      if (kept.hooked === true) return
      kept.hooked = true
      app.on('web-contents-created', (_, contents) => {
        contents.print = (options, callback) => {
          kept.printed?.push({ title: contents.getTitle(), ...options })
          if (kept.printer?.reason !== 'never')
            callback?.(kept.printer?.success === true, kept.printer?.reason ?? '')
        }
      })
    },
    { success, reason },
  )
}
const order = () =>
  ({ subject: { kind: 'note', noteId: charts[1]?.noteId ?? '' }, size: 'letter', setDown: false }) as const

test('printing opens the system’s dialog with a neutral title; cancelled and refused are told apart', async () => {
  await openSigned(1)
  await answerPrinter(true, '')
  await page.getByRole('region', { name: 'Progress note' }).focus()
  await page.keyboard.press('Control+p')
  const dialog = page.getByRole('dialog', { name: 'This note on paper' })
  await expect(dialog.getByRole('status', { name: 'What is in it' })).toContainText('1 late entry')
  await dialog.getByRole('button', { name: 'Print…' }).click()
  await expect(page.getByRole('status', { name: 'Messages' })).toContainText('Sent to the printer.')
  const printed = await running.app.evaluate(() => (globalThis as { printed?: unknown[] }).printed)
  expect(printed).toEqual([expect.objectContaining({ title: 'Bracket', silent: false, pageSize: 'Letter' })])
  await answerPrinter(false, 'Print job canceled')
  expect(await ask(page, 'paper', 'print', order())).toEqual({ printed: false })
  await answerPrinter(false, 'Invalid printer settings')
  expect(await call(page, 'paper', 'print', order())).toEqual({ ok: false, code: 'NOT_PRINTED' })
})

test('what left is in the log: which note, and how', async () => {
  const { entries } = await ask(page, 'auditLog', 'list', { kind: 'out', day: null, before: null })
  expect(entries[0]).toMatchObject({ action: 'printed', clientId: charts[1]?.clientId })
  expect(entries.filter((entry) => entry.action === 'exported-pdf')).toHaveLength(CLIENTS + 3)
})

test('axe finds nothing in either dialog, light or dark, and at 200 % all of it can be reached', async () => {
  const { preferences } = await ask(page, 'app', 'context', {})
  for (const [theme, textSize] of [
    ['light', 100],
    ['dark', 100],
    ['light', 200],
  ] as const) {
    await ask(page, 'app', 'setPreferences', { ...preferences, theme, textSize })
    await expect(page.locator('html')).toHaveAttribute('data-theme', theme)
    await openSigned(0)
    await page.getByRole('button', { name: 'Print', exact: true }).click()
    await looksRight()
    await page.keyboard.press('Escape')
    await page.keyboard.press('Control+2')
    await page.getByRole('link', { name: 'Client0 Zaremba' }).first().click()
    await page.getByRole('button', { name: 'Notes on paper…' }).click()
    await looksRight()
    await page.keyboard.press('Escape')
  }
  await ask(page, 'app', 'setPreferences', { ...preferences, theme: 'light', textSize: 100 })
})

async function looksRight(): Promise<void> {
  const dialog = page.getByRole('dialog')
  await expect(dialog.getByRole('status', { name: 'What is in it' })).toContainText('signed note')
  await page.waitForTimeout(250)
  // A modal dialog stands outside the landmarks on purpose; `region` (a best practice, not WCAG) minds that.
  expect(await violations(page)).toEqual([])
  expect(await sideways(page)).toBeLessThanOrEqual(0)
  await dialog.getByText('A4', { exact: true }).click({ trial: true })
  await dialog.getByRole('button', { name: 'Cancel' }).click({ trial: true })
}

test('nothing of it is anywhere but where it was put', async () => {
  const words = [word(0, 'subjective'), word(2, 'plan'), 'Zaremba', 'canaryq']
  const places = [profile, path.join(home, 'tmp'), process.env['HOME'] ?? '/nowhere']
  expect(filesWith(words, places)).toEqual([])
  expect(filesWith(['bracket-paper-'], [profile])).toEqual([])
})

test('locking takes a sheet away that waits for the printer', async () => {
  await answerPrinter(false, 'never')
  const waiting = call(page, 'paper', 'print', order()).catch(() => 'the page is gone')
  const sheets = () =>
    running.app.evaluate(
      ({ BrowserWindow }) =>
        BrowserWindow.getAllWindows().filter((one) => one.webContents.getURL().startsWith('app://paper'))
          .length,
    )
  await expect.poll(sheets).toBe(1)
  await lock(running, page)
  await waiting
  expect(await sheets()).toBe(0)
  page = await unlock(running)
})

test('killed while it saves, the file is whole or not there, and the next opening takes away what was left', async () => {
  const subject = { kind: 'client', clientId: charts[2]?.clientId ?? '', ...ALL } as const
  const elsewhere = [profile, path.join(home, 'tmp'), home, process.env['HOME'] ?? '/nowhere']
  const runtime = process.env['XDG_RUNTIME_DIR']
  for (const delay of [20, 120, 220, 320, 450]) {
    for (const name of readdirSync(chosen)) rmSync(path.join(chosen, name))
    await answerDialog('killed.pdf')
    const saving = call(page, 'paper', 'save', {
      subject,
      size: 'a4',
      setDown: true,
      nameInFile: false,
    }).catch(() => null)
    await new Promise((resolve) => setTimeout(resolve, delay))
    await running.kill()
    await saving
    // Dead, and nothing opened since: no page of it anywhere but at its place or beside it, under a name of ours.
    const left = readdirSync(chosen)
    expect(left.filter((name) => !/^(?:killed\.pdf|\.bracket-[0-9a-f]{16}\.part)$/u.test(name))).toEqual([])
    const pdfs = filesWith(['%PDF-'], runtime === undefined ? elsewhere : [...elsewhere, runtime])
    expect(pdfs.filter((found) => !found.startsWith(chosen))).toEqual([])
    await start()
    await expect.poll(() => readdirSync(chosen).filter((name) => name !== 'killed.pdf')).toEqual([])
    const file = path.join(chosen, 'killed.pdf')
    if (existsSync(file)) {
      expect(statSync(file).size).toBeGreaterThan(10_000)
      expect(pagesOf(file).length).toBeGreaterThanOrEqual(20)
    }
  }
})
