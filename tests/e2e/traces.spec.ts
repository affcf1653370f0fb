import { expect, test } from '@playwright/test'
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { homedir, tmpdir } from 'node:os'
import path from 'node:path'
import {
  ask,
  call,
  launch,
  removeProfile,
  unlock,
  vaultProfile,
  type Running,
} from '../support/application.ts'
import { addSession, openPrivateRoom } from '../support/oneSession.ts'

/* What a day's work leaves around the encrypted files: names, titles, caches, dumps, and the desktop's own lists. */

let root: string
let profile: string
let running: Running | undefined
const env: Record<string, string> = {}

test.beforeEach(async () => {
  root = mkdtempSync(path.join(tmpdir(), 'bracket-traces-'))
  env['XAUTHORITY'] = process.env['XAUTHORITY'] ?? path.join(homedir(), '.Xauthority')
  for (const name of [
    'HOME',
    'TMPDIR',
    'XDG_CONFIG_HOME',
    'XDG_DATA_HOME',
    'XDG_CACHE_HOME',
    'XDG_RUNTIME_DIR',
  ]) {
    env[name] = path.join(root, name.toLowerCase())
    mkdirSync(env[name], { mode: 0o700 })
  }
  profile = await vaultProfile()
})
test.afterEach(async () => {
  await running?.stop()
  running = undefined
  removeProfile(profile)
  rmSync(root, { recursive: true, force: true, maxRetries: 5 })
})

const start = async (): Promise<Running> => (running = await launch({ profile, env }))

/** Every file below a directory, by its path from there. */
const filesIn = (directory: string): string[] =>
  existsSync(directory)
    ? readdirSync(directory, { recursive: true, encoding: 'utf8' }).filter((name) =>
        statSync(path.join(directory, name), { throwIfNoEntry: false })?.isFile(),
      )
    : []

test('no title, file name, cache, dictionary, dump or log says anything', async () => {
  const { app } = await start()
  const titles = new Set<string>()
  const lookAtTitles = async () => {
    for (const title of await app.evaluate(({ BrowserWindow }) =>
      BrowserWindow.getAllWindows().map((window) => window.getTitle()),
    ))
      titles.add(title)
  }
  let page = await unlock(running!)
  const written = await addSession(page, (field) => (field === 'name' ? 'Zanele Quorrick' : `w${field}`))
  for (const key of ['1', '2', '3', '4', ',']) {
    await page.keyboard.press(`Control+${key}`)
    await page.getByRole('heading', { level: 1 }).first().waitFor()
    await lookAtTitles()
  }
  await page.keyboard.press('Control+2')
  await page.getByRole('link', { name: 'Zanele Quorrick' }).first().click()
  await expect(page.getByRole('heading', { name: 'Zanele Quorrick' })).toBeVisible()
  await lookAtTitles()
  expect([...titles]).toEqual(['Bracket'])

  const told = await app.evaluate(async ({ app: self, session }) => {
    const sessions = [session.fromPartition('bracket', { cache: false }), session.defaultSession]
    return {
      spelling: sessions.map((one) => one.isSpellCheckerEnabled()),
      languages: sessions.map((one) => one.getSpellCheckerLanguages()),
      own: await Promise.all(sessions.map((one) => one.listWordsInSpellCheckerDictionary())),
      storage: sessions[0]?.getStoragePath() ?? null,
      dumps: self.getPath('crashDumps'),
    }
  })
  expect(told).toMatchObject({ spelling: [false, false], languages: [[], []], own: [[], []], storage: null })

  // The page dies in the middle of a note: nobody writes its memory down.
  await ask(page, 'notes', 'read', { noteId: written.noteId })
  await app.evaluate(({ BrowserWindow }) => {
    for (const window of BrowserWindow.getAllWindows())
      if (window.webContents.getURL().startsWith('app://bracket'))
        window.webContents.forcefullyCrashRenderer()
  })
  await running!.door()
  page = await unlock(running!)
  await page.getByRole('heading', { level: 1 }).first().waitFor()
  await call(page, 'notes', 'read', { noteId: 'nonsense' })
  await running!.stop()
  running = undefined

  // A random number that Electron draws at every first start; no memory of any process.
  expect(filesIn(told.dumps).filter((name) => name !== 'client_id')).toEqual([])
  expect(filesIn(root).filter((name) => /\.(?:dmp|core)$|(?:^|\/)core(?:\.\d+)?$/u.test(name))).toEqual([])
  const ours = filesIn(profile).filter((name) => !name.startsWith('chromium'))
  const known = /^(?:(?:record|private)\.db(?:-wal)?|vault\.json(?:\.\w+)?|window\.json|bracket\.log)$/u
  expect(ours.filter((name) => !known.test(name))).toEqual([])
  expect(ours).toContain('record.db')
  const chromium = filesIn(path.join(profile, 'chromium'))
  // An empty database of Chromium's own session, in which no page ever runs, has these three and no table.
  const empty = /^Local Storage\/leveldb\/(?:CURRENT|LOG|LOG\.old|MANIFEST-\d+)$/u
  // Compiled code of the application's own scripts at most: nothing that a page showed, cached or stored.
  const keeps =
    /(?:^|\/)(?:Cache|Local Storage|Session Storage|IndexedDB|Service Worker|blob_storage|Dictionaries|Custom Dictionary\.txt|Cookies|History|Visited Links|Favicons)(?:\/|$)/u
  expect(
    chromium.filter(
      (name) =>
        keeps.test(name) &&
        !empty.test(name) &&
        readFileSync(path.join(profile, 'chromium', name)).length > 0,
    ),
  ).toEqual([])
  for (const line of readFileSync(path.join(profile, 'bracket.log'), 'utf8').trim().split('\n'))
    expect(line).toMatch(/^\d{4}-\d\d-\d\dT[\d:.]+Z [\w.:-]+(?: [\w.:-]+)?$/u)
})

test('the desktop’s dialogs leave what they leave in a folder that goes: at the end, and after kill -9', async () => {
  const share = env['XDG_DATA_HOME'] ?? ''
  writeFileSync(path.join(share, 'recently-used.xbel'), 'the person’s own list')
  mkdirSync(path.join(share, 'fonts'))
  const where = async (): Promise<{ temporary: string; data: string; chromium: string }> =>
    (await start()).app.evaluate(({ app }) => ({
      temporary: process.env['TMPDIR'] ?? '',
      data: process.env['XDG_DATA_HOME'] ?? '',
      chromium: app.getPath('temp'),
    }))
  const first = await where()
  const folder = path.dirname(first.temporary)
  expect(path.dirname(folder)).toBe(env['XDG_RUNTIME_DIR'])
  expect(first.chromium).toBe(first.temporary)
  expect(statSync(folder).mode & 0o777).toBe(0o700)
  // Fonts and themes are where they were; the list of recent files is not the person's, and starts empty.
  expect(readdirSync(first.data)).toEqual(['fonts'])
  writeFileSync(path.join(first.data, 'recently-used.xbel'), 'a client’s name')
  writeFileSync(path.join(first.temporary, '.org.chromium.Chromium.abcdef'), '%PDF-1.4 half printed')
  await running?.kill()

  const second = await where()
  expect(second).toEqual(first)
  expect(readdirSync(second.data)).toEqual(['fonts'])
  expect(existsSync(path.join(second.temporary, '.org.chromium.Chromium.abcdef'))).toBe(false)
  writeFileSync(path.join(second.data, 'recently-used.xbel'), 'a client’s name')
  await running?.stop()
  running = undefined
  expect(readdirSync(env['XDG_RUNTIME_DIR'] ?? '').filter((name) => name.startsWith('bracket-'))).toEqual([])
  expect(readFileSync(path.join(share, 'recently-used.xbel'), 'utf8')).toBe('the person’s own list')
  expect(existsSync(path.join(share, 'fonts'))).toBe(true)
})

test('every window is kept out of screenshots until the person chooses otherwise', async () => {
  const { app } = await start()
  await running!.door()
  // Nothing tells later whether a window is protected: the calls are counted as they are made.
  await app.evaluate(({ BrowserWindow }) => {
    const kept = globalThis as { asked?: boolean[] }
    kept.asked = []
    const real = BrowserWindow.prototype.setContentProtection
    BrowserWindow.prototype.setContentProtection = function (on) {
      kept.asked?.push(on)
      real.call(this, on)
    }
  })
  const asked = () => app.evaluate(() => (globalThis as { asked?: boolean[] }).asked?.splice(0) ?? [])
  const page = await unlock(running!)
  const { preferences } = await ask(page, 'app', 'context', {})
  expect(preferences.contentProtection).toBe(true)
  const first = await asked()
  expect(first.length).toBeGreaterThan(0)
  expect(new Set(first)).toEqual(new Set([true]))
  await openPrivateRoom(running!, page)
  const second = await asked()
  expect(second.length).toBeGreaterThan(0)
  expect(new Set(second)).toEqual(new Set([true]))
  await ask(page, 'app', 'setPreferences', { ...preferences, contentProtection: false })
  expect(new Set(await asked())).toEqual(new Set([false]))
})

test('another start beside a running one leaves its folder alone', async () => {
  const { app } = await start()
  const temporary = await app.evaluate(() => process.env['TMPDIR'] ?? '')
  writeFileSync(path.join(temporary, 'in-use'), '')
  await launch({ profile, env }).then(
    (second) => second.stop(),
    () => undefined,
  )
  expect(existsSync(path.join(temporary, 'in-use'))).toBe(true)
})
