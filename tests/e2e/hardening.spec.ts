import { expect, test, type Page } from '@playwright/test'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { channels } from '../../src/shared/contract/index.ts'
import {
  launch,
  PASSPHRASE,
  removeProfile,
  ROOT,
  vaultProfile,
  type Running,
} from '../support/application.ts'
import { appChannels, unlockChannels } from '../support/channelNames.ts'
import { addSession } from '../support/oneSession.ts'
import { filesWith } from '../support/scan.ts'

/** security.md, "Hardening": to the letter. */
const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; " +
  "worker-src 'self'; connect-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; " +
  "require-trusted-types-for 'script'; trusted-types lexical bracket-worker 'allow-duplicates'"

let profile: string
let running: Running
let door: Page
let page: Page
const complaints: string[] = []

/** Both pages from their first line on: what they report, and what the console says of the policy. */
async function watch(watched: Page): Promise<void> {
  watched.on('console', (message) => {
    if (/content security|trusted ?type|refused to|insecure/iu.test(message.text())) complaints.push(message.text())
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

test.beforeAll(async () => {
  profile = await vaultProfile()
  running = await launch({ profile })
  door = await running.door()
  page = await running.page()
})

test.afterAll(async () => {
  await running.stop()
  removeProfile(profile)
})

/** Both pages are there from the start: the door in front, the application's page locked behind it. */
const both = (): [string, Page][] => [
  ['the door', door],
  ['the application', page],
]

test('the pages come from app:// alone, and every answer carries the whole policy', async () => {
  const directory = path.join(ROOT, 'out/renderer')
  const files = readdirSync(directory, { recursive: true, encoding: 'utf8', withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(directory, path.join(entry.parentPath, entry.name)).split(path.sep).join('/'))
  const urls = ['app://bracket/', 'app://unlock/', ...files.map((file) => `app://bracket/${file}`)].filter(
    (url) => !url.endsWith('/unlock.html') && !url.endsWith('/paper.html'),
  )
  const answers = await fetched(urls.map((url) => ({ url })))
  for (const answer of answers) expect(answer, answer.url).toMatchObject({ status: 200, policy: POLICY, sniff: 'nosniff' })
  expect(answers.length).toBeGreaterThan(3)
  for (const [, watched] of both()) {
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
      `app://bracket/${path.join(profile, 'vault.json')}`,
      'app://bracket/index.html%00.js',
      'app://other/',
      'app://bracket.evil/',
    ].map((url) => ({ url })),
    { url: 'app://bracket/', method: 'POST' },
    { url: 'app://bracket/', method: 'PUT' },
  ])
  for (const answer of answers) expect(answer, answer.url).toMatchObject({ status: 404, length: 0, policy: POLICY })
})

interface Asked {
  url: string
  method?: string
}

/** What the pages' own session answers, asked from main, where no policy stands in between. */
function fetched(asked: Asked[]) {
  return running.app.evaluate(
    async ({ session }, wanted) => {
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
    },
    asked,
  )
}

test('neither page gets Node, Electron or a way to them', async () => {
  for (const [name, watched] of both()) {
    const found = await watched.evaluate(() =>
      ['require', 'process', 'module', 'exports', 'Buffer', 'global', '__dirname', 'ipcRenderer', 'electron', 'chrome']
        .filter((word) => word in globalThis)
        .filter((word) => word !== 'chrome'),
    )
    expect(found, name).toEqual([])
  }
})

test('each page has its own channels and none of the other', async () => {
  const offered = (watched: Page): Promise<string[]> =>
    watched.evaluate(() => {
      const { bracket } = globalThis as unknown as { bracket: Record<string, Record<string, unknown>> }
      return Object.entries(bracket).flatMap(([domain, verbs]) =>
        typeof verbs === 'function' ? [domain] : Object.keys(verbs).map((verb) => `${domain}.${verb}`),
      )
    })
  expect((await offered(page)).toSorted()).toEqual(['on', ...appChannels].toSorted())
  expect((await offered(door)).toSorted()).toEqual(['on', ...unlockChannels].toSorted())
  expect(unlockChannels.every((name) => name.startsWith('vault.'))).toBe(true)
  expect(appChannels.some((name) => name.startsWith('vault.'))).toBe(false)
})

test('what a page is given cannot be changed', async () => {
  for (const [name, watched] of both()) {
    const loose = await watched.evaluate(() => {
      const api = (globalThis as unknown as { bracket: object }).bracket
      const own = Object.getOwnPropertyDescriptor(globalThis, 'bracket')
      const open: string[] = []
      if (own?.writable !== false || own.configurable !== false) open.push('window.bracket')
      const visit = (part: object, at: string): void => {
        for (const key of Object.getOwnPropertyNames(part)) {
          const inner: unknown = (part as Record<string, unknown>)[key]
          try {
            ;(part as Record<string, unknown>)[key] = () => 'taken over'
          } catch {
            // Frozen, and in strict mode says so.
          }
          if ((part as Record<string, unknown>)[key] !== inner) open.push(`${at}.${key}`)
          if (typeof inner === 'object' && inner !== null) visit(inner, `${at}.${key}`)
        }
        try {
          Object.defineProperty(part, 'planted', { value: 1 })
          open.push(`${at}.planted`)
        } catch {
          // Not extensible.
        }
      }
      visit(api, 'bracket')
      return open
    })
    expect(loose, name).toEqual([])
  }
})

test('a call that is not from our window, frame and origin is FORBIDDEN', async () => {
  const answers = await running.app.evaluate(
    async ({ BrowserWindow, session }, preloads) => {
      const told: Record<string, unknown> = {}
      const cases = [
        ['our page in a window of somebody else', 'app://bracket/', 'index.cjs', 'bracket.clients.list({})'],
        ['the door in a window of somebody else', 'app://unlock/', 'unlock.cjs', 'bracket.vault.state({})'],
        ['a data: page', 'data:text/html,<p>x</p>', 'index.cjs', 'bracket.app.context({})'],
        ['a data: page at the door', 'data:text/html,<p>x</p>', 'unlock.cjs', 'bracket.vault.state({})'],
        ['the door’s preload at the application’s origin', 'app://bracket/', 'unlock.cjs', 'bracket.vault.state({})'],
        ['a blank page', 'about:blank', 'index.cjs', 'bracket.app.flushed({})'],
      ] as const
      for (const [name, url, preload, script] of cases) {
        const window = new BrowserWindow({
          show: false,
          webPreferences: {
            session: session.fromPartition('bracket', { cache: false }),
            preload: `${preloads}/${preload}`,
            sandbox: true,
            contextIsolation: true,
          },
        })
        await window.loadURL(url)
        told[name] = await window.webContents.executeJavaScript(script)
        window.destroy()
      }
      return told
    },
    path.join(ROOT, 'out/preload'),
  )
  for (const [name, answer] of Object.entries(answers)) {
    expect(answer, name).toEqual({ ok: false, code: 'FORBIDDEN' })
  }
  expect(Object.keys(answers)).toHaveLength(6)
})

test('every channel refuses the other page, a frame within ours, and a sender that is gone', async () => {
  const names = Object.keys(channels)
  const answers = await running.app.evaluate(
    async ({ BrowserWindow, ipcMain }, wanted) => {
      // Electron's own table of what answers `invoke`: so the door is knocked at with any sender we like.
      const handlers = (ipcMain as unknown as { _invokeHandlers: Map<string, (...args: unknown[]) => unknown> })
        ._invokeHandlers
      const at = (origin: string) =>
        BrowserWindow.getAllWindows().find((window) => window.webContents.getURL().startsWith(origin))?.webContents
      const [app, unlock] = [at('app://bracket'), at('app://unlock')]
      const told: Record<string, unknown[]> = {}
      for (const { name, audience } of wanted) {
        const [own, other] = audience === 'app' ? [app, unlock] : [unlock, app]
        const events = [
          { sender: other, senderFrame: other?.mainFrame },
          { sender: own, senderFrame: null },
          { sender: own, senderFrame: other?.mainFrame },
          { sender: own, senderFrame: { ...own?.mainFrame, url: own?.getURL(), origin: own?.mainFrame.origin } },
          { sender: own, senderFrame: undefined },
        ]
        told[name] = []
        for (const event of events) {
          told[name].push(await Promise.resolve(handlers.get(name)?.(event, {})).catch((error) => String(error)))
        }
      }
      return told
    },
    names.map((name) => ({ name, audience: channels[name as keyof typeof channels].audience })),
  )
  expect(Object.keys(answers).toSorted()).toEqual(names.toSorted())
  for (const [name, told] of Object.entries(answers)) {
    for (const answer of told) expect(answer, name).toEqual(REFUSED)
  }
})

const REFUSED = { ok: false, code: 'FORBIDDEN' }

test('code that is not ours does not run: eval, strings, inline script and style, markup', async () => {
  for (const [name, watched] of both()) {
    const told = await watched.evaluate(async () => {
      const attempt = async (work: () => unknown): Promise<string> => {
        // In a task of its own: the debugger, through which this test speaks, may eval where the page may not.
        await new Promise((resolve) => setTimeout(resolve, 0))
        try {
          await work()
          return 'went through'
        } catch (error) {
          return error instanceof Error ? error.name : 'refused'
        }
      }
      const scope = globalThis as unknown as Record<string, unknown>
      const ran = async (plant: () => unknown): Promise<string> => {
        delete scope['ran']
        try {
          plant()
        } catch {
          return 'refused'
        }
        await new Promise((resolve) => setTimeout(resolve, 30))
        return 'ran' in scope ? 'ran' : 'refused'
      }
      const element = (tag: string, set: (made: HTMLElement) => void): void => {
        const made = document.createElement(tag)
        set(made)
        document.body.append(made)
        made.remove()
      }
      const probe = document.body.appendChild(document.createElement('p'))
      const style = document.createElement('style')
      style.append('p { color: rgb(1, 2, 3) !important }')
      document.head.append(style)
      probe.setAttribute('style', 'color: rgb(1, 2, 3)')
      const styled = getComputedStyle(probe).color === 'rgb(1, 2, 3)' ? 'styled' : 'refused'
      style.remove()
      probe.remove()
      return {
        eval: await attempt(() => (0, eval)('1')),
        function: await attempt(() => new Function('return 1')()),
        wasm: await attempt(() => WebAssembly.compile(new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0]))),
        timer: await ran(() => setTimeout('globalThis.ran = true' as unknown as () => void, 0)),
        script: await ran(() => element('script', (made) => made.append('globalThis.ran = true'))),
        handler: await ran(() => element('img', (made) => made.setAttribute('onerror', 'globalThis.ran = true'))),
        markup: await attempt(() => (document.createElement('p').innerHTML = '<b>x</b>')),
        policy: await attempt(() =>
          (globalThis as unknown as { trustedTypes: { createPolicy(n: string, r: object): void } }).trustedTypes.createPolicy(
            'mine',
            { createHTML: (text: string) => text },
          ),
        ),
        module: await attempt(() => import(/* @vite-ignore */ 'data:text/javascript,globalThis.ran=true')),
        remote: await attempt(() => import(/* @vite-ignore */ 'https://example.invalid/a.js')),
        worker: await attempt(() => new Worker('data:text/javascript,1')),
        serviceWorker: await attempt(() => navigator.serviceWorker.register('/sw.js')),
        style: styled,
      }
    })
    const through = Object.entries(told).filter(([, answer]) => ['went through', 'ran', 'styled'].includes(answer))
    expect(through, name).toEqual([])
    // The tour below counts violations: here is the proof that they are noticed.
    expect((await violationsAfterInlineStyle(watched)).length, name).toBeGreaterThan(0)
  }
})

async function violationsAfterInlineStyle(watched: Page): Promise<string[]> {
  return watched.evaluate(async () => {
    const seen: string[] = []
    const note = (event: SecurityPolicyViolationEvent): void => void seen.push(event.effectiveDirective)
    addEventListener('securitypolicyviolation', note)
    const style = document.createElement('style')
    style.append('p {}')
    document.head.append(style)
    style.remove()
    await new Promise((resolve) => setTimeout(resolve, 50))
    removeEventListener('securitypolicyviolation', note)
    return seen
  })
}

test('no way out: fetch, sockets, beacons, pictures, frames, plugins', async () => {
  for (const [name, watched] of both()) {
    const told = await watched.evaluate(async () => {
      const outcome = (work: (done: (how: string) => void) => void): Promise<string> =>
        new Promise((resolve) => {
          setTimeout(() => resolve('silence'), 3000)
          try {
            work(resolve)
          } catch (error) {
            resolve(error instanceof Error ? 'refused' : 'refused')
          }
        })
      const request = (url: string): Promise<string> =>
        fetch(url).then(
          () => 'answered',
          () => 'refused',
        )
      const loaded = (tag: string, set: (made: HTMLElement) => void): Promise<string> =>
        outcome((done) => {
          const made = document.createElement(tag)
          made.addEventListener('load', () => done('loaded'))
          made.addEventListener('error', () => done('refused'))
          set(made)
          document.body.append(made)
        })
      const away = 'http://127.0.0.1:9/'
      return {
        fetch: await request(away),
        own: await request('app://bracket/index.html'),
        file: await request('file:///etc/hostname'),
        data: await request('data:text/plain,x'),
        xhr: await outcome((done) => {
          const made = new XMLHttpRequest()
          made.addEventListener('load', () => done('answered'))
          made.addEventListener('error', () => done('refused'))
          made.open('GET', away)
          made.send()
        }),
        socket: await outcome((done) => {
          const made = new WebSocket('ws://127.0.0.1:9/')
          made.addEventListener('open', () => done('answered'))
          made.addEventListener('error', () => done('refused'))
        }),
        events: await outcome((done) => {
          const made = new EventSource(away)
          made.addEventListener('open', () => done('answered'))
          made.addEventListener('error', () => done('refused'))
        }),
        picture: await loaded('img', (made) => made.setAttribute('src', `${away}a.png`)),
        sheet: await loaded('link', (made) => {
          made.setAttribute('rel', 'stylesheet')
          made.setAttribute('href', `${away}a.css`)
        }),
      }
    })
    expect(
      Object.entries(told).filter(([, how]) => how !== 'refused'),
      name,
    ).toEqual([])

    const frames = await watched.evaluate(async () => {
      const told: string[] = []
      for (const [tag, attribute, value] of [
        ['iframe', 'src', 'app://bracket/'],
        ['iframe', 'src', 'data:text/html,<p>x</p>'],
        ['iframe', 'srcdoc', '<p>x</p>'],
        ['object', 'data', 'app://bracket/'],
        ['embed', 'src', 'app://bracket/'],
      ] as const) {
        const made = document.createElement(tag)
        try {
          made.setAttribute(attribute, value)
        } catch {
          continue
        }
        document.body.append(made)
        await new Promise((resolve) => setTimeout(resolve, 60))
        const inner = 'contentWindow' in made ? (made.contentWindow as { bracket?: unknown } | null) : null
        try {
          if (inner?.bracket !== undefined) told.push(`${tag} ${attribute}`)
        } catch {
          // Another origin: an error page of Chromium's.
        }
        made.remove()
      }
      const view = document.createElement('webview')
      document.body.append(view)
      if ('loadURL' in view || 'getWebContentsId' in view) told.push('webview')
      view.remove()
      return told
    })
    expect(frames, name).toEqual([])
  }
})

test('WebRTC finds no way to a network, not even to itself', async () => {
  for (const [name, watched] of both()) {
    const told = await watched.evaluate(async () => {
      const [here, there] = [new RTCPeerConnection(), new RTCPeerConnection()]
      const found: string[] = []
      const through = (from: RTCPeerConnection, to: RTCPeerConnection): Promise<void> =>
        new Promise((resolve) => {
          from.addEventListener('icecandidate', ({ candidate }) => {
            if (candidate === null) return resolve()
            if (candidate.candidate !== '') found.push(candidate.candidate)
            void to.addIceCandidate(candidate).catch(() => undefined)
          })
        })
      const gathered = Promise.all([through(here, there), through(there, here)])
      const channel = here.createDataChannel('x')
      await here.setLocalDescription(await here.createOffer())
      await there.setRemoteDescription(here.localDescription as RTCSessionDescription)
      await there.setLocalDescription(await there.createAnswer())
      await here.setRemoteDescription(there.localDescription as RTCSessionDescription)
      await gathered
      const state = channel.readyState
      here.close()
      there.close()
      return { found, state }
    })
    expect(told, name).toEqual({ found: [], state: 'connecting' })
  }
})

test('nothing navigates, opens a window or submits a form', async () => {
  const windows = (): Promise<number> =>
    running.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)
  const before = await windows()
  for (const [name, watched] of both()) {
    const url = watched.url()
    const opened = await watched.evaluate(() => {
      Object.assign(globalThis, { stayed: true })
      return ['https://example.invalid/', 'app://unlock/', 'about:blank', 'data:text/html,x', ''].map(
        (address) => window.open(address, '_blank') === null,
      )
    })
    expect(opened, name).toEqual([true, true, true, true, true])

    for (const attempt of [
      'https://example.invalid/',
      'http://127.0.0.1:9/',
      'file:///etc/hostname',
      'app://bracket/index.html?x=1',
      'app://unlock/',
      'app://bracket/',
      'data:text/html,<p>x</p>',
      'javascript:void(document.title="ran")',
      'devtools://devtools/bundled/inspector.html',
      'chrome://version',
    ]) {
      await watched.evaluate((address) => {
        try {
          location.assign(address)
        } catch {
          // Refused even to try.
        }
      }, attempt)
    }
    await watched.evaluate(async () => {
      const link = document.createElement('a')
      link.href = 'https://example.invalid/'
      document.body.append(link)
      link.click()
      link.target = '_blank'
      link.click()
      link.rel = 'noopener'
      link.click()
      link.remove()
      const refresh = document.createElement('meta')
      refresh.httpEquiv = 'refresh'
      refresh.content = '0; url=https://example.invalid/'
      document.head.append(refresh)
      for (const target of ['', '_blank', '_top']) {
        const form = document.createElement('form')
        form.action = 'https://example.invalid/'
        form.method = 'post'
        form.target = target
        document.body.append(form)
        form.submit()
        form.remove()
      }
      const base = document.createElement('base')
      base.href = 'https://example.invalid/'
      document.head.append(base)
      await new Promise((resolve) => setTimeout(resolve, 300))
      refresh.remove()
      base.remove()
    })
    expect(watched.url(), name).toBe(url)
    expect(await watched.evaluate(() => 'stayed' in globalThis), name).toBe(true)
    expect(await watched.title(), name).not.toBe('ran')
  }
  expect(await windows()).toBe(before)
})

test('a file that is dropped is not opened', async () => {
  const dropped = path.join(profile, 'dropped.html')
  writeFileSync(dropped, '<title>dropped</title>')
  for (const [name, watched] of both()) {
    const url = watched.url()
    const session = await watched.context().newCDPSession(watched)
    const data = { items: [], files: [dropped], dragOperationsMask: 1 }
    for (const type of ['dragEnter', 'dragOver', 'drop'] as const) {
      await session.send('Input.dispatchDragEvent', { type, x: 100, y: 100, data })
    }
    await watched.evaluate(() => new Promise((resolve) => setTimeout(resolve, 150)))
    await session.detach()
    expect(watched.url(), name).toBe(url)
    expect(await watched.evaluate(() => document.title), name).not.toBe('dropped')
  }
  expect(await running.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)).toBe(2)
})

test('every permission and every device is denied', async () => {
  for (const [name, watched] of both()) {
    const told = await watched.evaluate(async () => {
      const refused = async (work: () => unknown): Promise<string> => {
        const late = new Promise<string>((resolve) => setTimeout(() => resolve('silence'), 3000))
        const asked = (async () => {
          try {
            const answer = await work()
            return answer === undefined || answer === 'denied' || (Array.isArray(answer) && answer.length === 0)
              ? 'denied'
              : 'granted'
          } catch {
            return 'denied'
          }
        })()
        return Promise.race([asked, late])
      }
      const devices = navigator as unknown as Record<string, Record<string, (options?: object) => unknown>>
      const states: Record<string, string> = {}
      for (const permission of ['geolocation', 'notifications', 'camera', 'microphone', 'clipboard-read', 'midi']) {
        const state = await navigator.permissions
          .query({ name: permission as PermissionName })
          .then((status) => status.state)
          .catch(() => 'denied')
        states[`query ${permission}`] = state
      }
      return {
        ...states,
        geolocation: await refused(
          () => new Promise((resolve, reject) => navigator.geolocation.getCurrentPosition(resolve, reject)),
        ),
        notifications: await refused(() => Notification.requestPermission()),
        media: await refused(() => navigator.mediaDevices.getUserMedia({ audio: true, video: true })),
        screen: await refused(() => navigator.mediaDevices.getDisplayMedia()),
        clipboard: await refused(() => navigator.clipboard.readText()),
        midi: await refused(() => navigator.requestMIDIAccess({ sysex: true })),
        hid: await refused(() => devices['hid']?.['requestDevice']?.({ filters: [] })),
        serial: await refused(() => devices['serial']?.['requestPort']?.()),
        usb: await refused(() => devices['usb']?.['requestDevice']?.({ filters: [] })),
        bluetooth: await refused(() => devices['bluetooth']?.['requestDevice']?.({ acceptAllDevices: true })),
        lock: await refused(() => devices['keyboard']?.['lock']?.()),
        idle: await refused(() =>
          (globalThis as unknown as { IdleDetector?: { requestPermission(): unknown } }).IdleDetector?.requestPermission(),
        ),
        fonts: await refused(() =>
          (globalThis as unknown as { queryLocalFonts?: () => unknown }).queryLocalFonts?.(),
        ),
      }
    })
    expect(
      Object.entries(told).filter(([, state]) => state !== 'denied'),
      name,
    ).toEqual([])
  }
})

test('nothing is downloaded', async () => {
  const begun = await running.app.evaluate(async ({ BrowserWindow, session }) => {
    const pages = session.fromPartition('bracket', { cache: false })
    const asked: { prevented: boolean }[] = []
    pages.on('will-download', (event) => asked.push({ prevented: event.defaultPrevented }))
    const [window] = BrowserWindow.getAllWindows()
    window?.webContents.downloadURL('data:text/plain,x')
    await window?.webContents.executeJavaScript(
      `{ const a = document.createElement('a'); a.href = URL.createObjectURL(new Blob(['x'])); a.download = 'x.txt';
         document.body.append(a); a.click(); a.remove() }`,
      true,
    )
    await new Promise((resolve) => setTimeout(resolve, 500))
    return asked
  })
  expect(begun.length).toBeGreaterThan(0)
  expect(begun.every(({ prevented }) => prevented)).toBe(true)
})

test('a blank page, the one place where Chromium asks nobody, has no rights', async () => {
  await page.evaluate(() => location.assign('about:blank'))
  await page.waitForURL('about:blank')
  const told = await page.evaluate(async () => {
    const { bracket } = globalThis as unknown as { bracket?: Record<string, Record<string, (x: unknown) => unknown>> }
    const flushed: unknown = await bracket?.['app']?.['flushed']?.({})
    const fetched = await fetch('app://bracket/').then(
      () => 'answered',
      () => 'refused',
    )
    return { flushed: flushed ?? { ok: false, code: 'FORBIDDEN' }, fetched }
  })
  expect(told).toEqual({ flushed: REFUSED, fetched: 'refused' })
})

test("Electron's checklist, as the windows have it: isolation, sandbox, web security, nothing experimental", async () => {
  const windows = await running.app.evaluate(({ BrowserWindow }) =>
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
  const facts = await running.app.evaluate(({ BrowserWindow, Menu, session }) => {
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
  await door.evaluate(() => (document.title = 'A name that nobody should read in the taskbar'))
  const titles = await running.app.evaluate(({ BrowserWindow }) =>
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
  expect(sources.filter(([, text]) => /\bipcMain\b.*from|import.*\bipcMain\b/u.test(text)).map(([name]) => name)).toEqual([
    path.join('ipc', 'guard.ts'),
  ])

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
    // Pasted twice: the second paste is where a policy of Trusted Types may be made only once.
    await own.app.evaluate(({ clipboard }) => clipboard.write({ html: '<p style="color: red"><b>Bold</b></p>', text: 'Bold' }))
    for (let turn = 0; turn < 2; turn += 1) await behind.keyboard.press('Control+KeyV')
    await expect(behind.getByRole('textbox', { name: 'Subjective' })).toContainText('BoldBold')
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
