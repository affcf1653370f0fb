import { expect, test, type Page } from '@playwright/test'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import {
  launch,
  PASSPHRASE,
  removeProfile,
  ROOT,
  vaultProfile,
  type Running,
} from '../support/application.ts'
import { openBothPages, type BothPages } from '../support/bothPages.ts'
import { addSession } from '../support/oneSession.ts'
import { filesWith } from '../support/scan.ts'

/** security.md, "Hardening": to the letter. */
const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; " +
  "worker-src 'self'; connect-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; " +
  "require-trusted-types-for 'script'; trusted-types lexical bracket-worker 'allow-duplicates'"
let at: BothPages

test.beforeAll(async () => {
  at = await openBothPages()
})
test.afterAll(() => at.close())

test('the pages come from app:// alone, and every answer carries the whole policy', async () => {
  const directory = path.join(ROOT, 'out/renderer')
  const files = readdirSync(directory, { recursive: true, encoding: 'utf8', withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) =>
      path.relative(directory, path.join(entry.parentPath, entry.name)).split(path.sep).join('/'),
    )
  const urls = ['app://bracket/', 'app://unlock/', ...files.map((file) => `app://bracket/${file}`)].filter(
    (url) => !url.endsWith('/unlock.html') && !url.endsWith('/paper.html'),
  )
  const answers = await fetched(urls.map((url) => ({ url })))
  for (const answer of answers)
    expect(answer, answer.url).toMatchObject({ status: 200, policy: POLICY, sniff: 'nosniff' })
  expect(answers.length).toBeGreaterThan(3)
  for (const [, watched] of at.both()) {
    const response = await watched.reload()
    expect(response?.headers()['content-security-policy']).toBe(POLICY)
  }
})

test('what is not on the list is not there, however it is spelt', async () => {
  const answers = await fetched([
    ...[
      'app://bracket/unlock.html',
      'app://bracket/paper.html',
      'app://unlock/paper.html',
      'app://paper/',
      'app://paper/paper.html',
      'app://unlock/index.html',
      'app://bracket/nothing.js',
      'app://bracket/../main/index.js',
      'app://bracket/..%2fmain%2findex.js',
      'app://bracket/%2e%2e/main/index.js',
      'app://bracket/assets/..%5c..%5cmain%5cindex.js',
      'app://bracket//etc/passwd',
      `app://bracket/${path.join(at.profile, 'vault.json')}`,
      'app://bracket/index.html%00.js',
      'app://other/',
      'app://bracket.evil/',
    ].map((url) => ({ url })),
    { url: 'app://bracket/', method: 'POST' },
    { url: 'app://bracket/', method: 'PUT' },
  ])
  for (const answer of answers)
    expect(answer, answer.url).toMatchObject({ status: 404, length: 0, policy: POLICY })
})

interface Asked {
  url: string
  method?: string
}

/** What the pages' own session answers, asked from main, where no policy stands in between. */
function fetched(asked: Asked[]) {
  return at.running.app.evaluate(async ({ session }, wanted) => {
    const pages = session.fromPartition('bracket', { cache: false })
    const answers = []
    for (const { url, method = 'GET' } of wanted) {
      const response = await pages.fetch(url, { method })
      answers.push({
        url,
        status: response.status,
        policy: response.headers.get('content-security-policy'),
        sniff: response.headers.get('x-content-type-options'),
        length: (await response.arrayBuffer()).byteLength,
      })
    }
    return answers
  }, asked)
}

test("Electron's checklist, as the windows have it: isolation, sandbox, web security, nothing experimental", async () => {
  const windows = await at.running.app.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows().map(({ webContents }) => ({
      preferences: (webContents as unknown as { getLastWebPreferences(): object }).getLastWebPreferences(),
      process: webContents.getOSProcessId(),
      type: webContents.getType(),
    })),
  )
  expect(windows).toHaveLength(2)
  for (const { preferences, type } of windows) {
    expect(type).toBe('window')
    expect(preferences).toMatchObject({
      nodeIntegration: false,
      nodeIntegrationInSubFrames: false,
      contextIsolation: true,
      sandbox: true,
      webSecurity: true,
      allowRunningInsecureContent: false,
      experimentalFeatures: false,
      enableBlinkFeatures: '',
      webviewTag: false,
    })
  }
  // The page that takes the passphrase never shares a process with the application's.
  expect(new Set(windows.map((window) => window.process)).size).toBe(2)
})

test('the session: in memory, no spelling service, no menu of Electron’s own, no title of the page', async () => {
  const facts = await at.running.app.evaluate(({ BrowserWindow, Menu, session }) => {
    const pages = session.fromPartition('bracket', { cache: false })
    return {
      ours: BrowserWindow.getAllWindows().every((window) => window.webContents.session === pages),
      persistent: pages.isPersistent(),
      path: pages.storagePath,
      spelling: [pages, session.defaultSession].map((one) => one.isSpellCheckerEnabled()),
      languages: pages.getSpellCheckerLanguages(),
      agents: pages.serviceWorkers.getAllRunning(),
      menu: process.platform === 'darwin' ? null : Menu.getApplicationMenu(),
    }
  })
  expect(facts).toEqual({
    ours: true,
    persistent: false,
    path: null,
    spelling: [false, false],
    languages: [],
    agents: {},
    menu: null,
  })
  await at.door.evaluate(() => (document.title = 'A name that nobody should read in the taskbar'))
  const titles = await at.running.app.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows().map((window) => window.getTitle()),
  )
  expect(titles).toEqual(['Bracket', 'Bracket'])
})

test('what stands in the sources: no way to the browser, file://, insecure switches; Electron pinned, fuses set', () => {
  const sources = ['src/main', 'src/preload'].flatMap((folder) =>
    readdirSync(path.join(ROOT, folder), { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.ts'))
      .map((name) => [name, readFileSync(path.join(ROOT, folder, name), 'utf8')] as const),
  )
  expect(sources.length).toBeGreaterThan(50)
  const forbidden =
    /openExternal|loadFile|file:\/\/|allowpopups|webSecurity: false|ignore-certificate-errors|disable-web-security|enableRemoteModule|sendSync|ipcMain\.on\(|executeJavaScript|allowServiceWorkers|bypassCSP|corsEnabled/u
  expect(sources.filter(([, text]) => forbidden.test(text)).map(([name]) => name)).toEqual([])
  expect(
    sources.filter(([, text]) => /\bipcMain\b.*from|import.*\bipcMain\b/u.test(text)).map(([name]) => name),
  ).toEqual([path.join('ipc', 'guard.ts')])

  const { devDependencies } = JSON.parse(readFileSync(path.join(ROOT, 'package.json'), 'utf8')) as {
    devDependencies: Record<string, string>
  }
  expect(devDependencies['electron']).toMatch(/^\d+\.\d+\.\d+$/u)
  const builder = readFileSync(path.join(ROOT, 'electron-builder.yml'), 'utf8')
  for (const [fuse, state] of [
    ['runAsNode', false],
    ['enableNodeOptionsEnvironmentVariable', false],
    ['enableNodeCliInspectArguments', false],
    ['grantFileProtocolExtraPrivileges', false],
    ['onlyLoadAppFromAsar', true],
    ['enableEmbeddedAsarIntegrityValidation', true],
  ] as const) {
    expect(builder).toMatch(new RegExp(`^\\s+${fuse}: ${state}\\s*(#.*)?$`, 'mu'))
  }
})

const complaints: string[] = []

/** Both pages from their first line on: what they report, and what the console says of the policy. */
async function watch(watched: Page): Promise<void> {
  watched.on('console', (message) => {
    if (/content security|trusted ?type|refused to|insecure/iu.test(message.text()))
      complaints.push(message.text())
  })
  await watched.addInitScript(() => {
    const seen: string[] = []
    Object.assign(globalThis, { violations: seen, marked: true })
    addEventListener('securitypolicyviolation', (event) =>
      seen.push(`${event.effectiveDirective} ${event.blockedURI} ${event.sourceFile}:${event.lineNumber}`),
    )
  })
  await watched.reload()
  await watched.waitForFunction(() => 'marked' in globalThis)
}

const violations = (watched: Page): Promise<string[]> =>
  watched.evaluate(() => (globalThis as unknown as { violations: string[] }).violations.splice(0))

test.describe('lived', () => {
  let own: Running
  let ownProfile: string

  test.beforeAll(async () => {
    ownProfile = await vaultProfile()
    own = await launch({ profile: ownProfile })
  })
  test.afterAll(async () => {
    await own.stop()
    removeProfile(ownProfile)
  })

  test('the main job runs under this policy: no violation, no complaint in the console', async () => {
    const [front, behind] = [await own.door(), await own.page()]
    for (const watched of [front, behind]) await watch(watched)
    await front.getByLabel('Passphrase', { exact: true }).fill(PASSPHRASE)
    const seenAtTheDoor = await violations(front)
    await front.getByRole('button', { name: 'Unlock' }).click()
    await expect(behind.getByRole('heading', { name: 'Today', level: 1 })).toBeVisible()
    await addSession(behind, (field) => (field === 'name' ? 'Tour' : ''))

    await behind.getByRole('button', { name: 'Add session' }).first().click()
    await behind.getByRole('dialog').getByRole('spinbutton').first().press('1')
    await behind.keyboard.press('Escape')
    await expect(behind.getByRole('dialog')).toHaveCount(0)
    await behind.keyboard.press('Control+KeyK')
    await expect(behind.getByRole('dialog')).toBeVisible()
    await behind.keyboard.type('set')
    // The first takes back what was typed.
    for (let turn = 0; turn < 2; turn += 1) await behind.keyboard.press('Escape')
    await expect(behind.getByRole('dialog')).toHaveCount(0)
    for (const screen of ['Clients', 'Search', 'Settings', 'Today']) {
      await behind.getByRole('link', { name: screen, exact: true }).first().click()
      await expect(behind.getByRole('heading', { name: screen, level: 1 })).toBeVisible()
    }
    await behind.getByRole('button', { name: 'Write note' }).first().click()
    await behind.getByRole('textbox', { name: 'Subjective' }).click()
    await behind.keyboard.type('- one\nTwo and three')
    // Copied and pasted twice: at the second paste a policy of Trusted Types is made a second time.
    for (const key of ['A', 'C', 'V', 'V']) await behind.keyboard.press(`Control+Key${key}`)
    await expect(behind.getByRole('textbox', { name: 'Subjective' })).toContainText(/three[^]*three/u)
    await expect(behind.getByRole('status', { name: 'Saved state', exact: true })).toContainText(/Saved/)

    expect([...seenAtTheDoor, ...(await violations(behind))]).toEqual([])
    expect(complaints).toEqual([])
  })

  test('the pages keep nothing on the disk, whatever is put into their storage', async () => {
    const word = `storagecanary${Date.now()}`
    const behind = await own.page()
    const kept = await behind.evaluate(async () => ({
      local: localStorage.length,
      session: sessionStorage.length,
      cookies: document.cookie,
      databases: (await indexedDB.databases()).length,
      caches: 'caches' in globalThis ? (await caches.keys()).length : 0,
    }))
    expect(kept).toEqual({ local: 0, session: 0, cookies: '', databases: 0, caches: 0 })

    await behind.evaluate(async (text) => {
      localStorage.setItem(text, text)
      sessionStorage.setItem(text, text)
      await new Promise((resolve, reject) => {
        const asked = indexedDB.open(text)
        asked.addEventListener('upgradeneeded', () => asked.result.createObjectStore(text).put(text, text))
        asked.addEventListener('success', resolve)
        asked.addEventListener('error', reject)
      }).catch(() => undefined)
    }, word)
    await own.stop()
    expect(filesWith([word], [ownProfile])).toEqual([])
    writeFileSync(path.join(ownProfile, 'planted'), Buffer.from(`..${word}..`, 'utf16le'))
    expect(filesWith([word], [ownProfile])).toHaveLength(1)
  })
})
