import { expect, test, type Page } from '@playwright/test'
import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { openBothPages, type BothPages } from '../support/bothPages.ts'

/* What a page may not do, tried from within both pages. */

const REFUSED = { ok: false, code: 'FORBIDDEN' }
let at: BothPages

test.beforeAll(async () => {
  at = await openBothPages()
})
test.afterAll(() => at.close())

test('code that is not ours does not run: eval, strings, inline script and style, markup', async () => {
  for (const [name, watched] of at.both()) {
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
      const load = (address: string): Promise<unknown> => import(address)
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
        // oxlint-disable-next-line no-eval -- that it is refused is the point
        eval: await attempt(() => (0, eval)('1')),
        // oxlint-disable-next-line no-implied-eval -- likewise
        function: await attempt(() => new Function('return 1')()),
        wasm: await attempt(() => WebAssembly.compile(new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0]))),
        timer: await ran(() => setTimeout('globalThis.ran = true' as unknown as () => void, 0)),
        script: await ran(() => element('script', (made) => made.append('globalThis.ran = true'))),
        handler: await ran(() =>
          element('img', (made) => made.setAttribute('onerror', 'globalThis.ran = true')),
        ),
        markup: await attempt(() => (document.createElement('p').innerHTML = '<b>x</b>')),
        policy: await attempt(() =>
          (
            globalThis as unknown as { trustedTypes: { createPolicy(n: string, r: object): void } }
          ).trustedTypes.createPolicy('mine', { createHTML: (text: string) => text }),
        ),
        module: await attempt(() => load('data:text/javascript,globalThis.ran=true')),
        remote: await attempt(() => load('https://example.invalid/a.js')),
        worker: await attempt(() => new Worker('data:text/javascript,1')),
        serviceWorker: await attempt(() => navigator.serviceWorker.register('/sw.js')),
        style: styled,
      }
    })
    const through = Object.entries(told).filter(([, answer]) =>
      ['went through', 'ran', 'styled'].includes(answer),
    )
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
  for (const [name, watched] of at.both()) {
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
  for (const [name, watched] of at.both()) {
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
    at.running.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)
  const before = await windows()
  for (const [name, watched] of at.both()) {
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
  const dropped = path.join(at.profile, 'dropped.html')
  writeFileSync(dropped, '<title>dropped</title>')
  for (const [name, watched] of at.both()) {
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
  expect(await at.running.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)).toBe(2)
})

test('every permission and every device is denied', async () => {
  for (const [name, watched] of at.both()) {
    const told = await watched.evaluate(async () => {
      const refused = async (work: () => unknown): Promise<string> => {
        const late = new Promise<string>((resolve) => setTimeout(() => resolve('silence'), 3000))
        const asked = (async () => {
          try {
            const answer = await work()
            return answer === undefined ||
              answer === 'denied' ||
              (Array.isArray(answer) && answer.length === 0)
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
      for (const permission of [
        'geolocation',
        'notifications',
        'camera',
        'microphone',
        'clipboard-read',
        'midi',
      ]) {
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
          (
            globalThis as unknown as { IdleDetector?: { requestPermission(): unknown } }
          ).IdleDetector?.requestPermission(),
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
  const begun = await at.running.app.evaluate(async ({ BrowserWindow, session }) => {
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
    for (let turn = 0; turn < 50 && asked.length === 0; turn += 1)
      await new Promise((resolve) => setTimeout(resolve, 100))
    await new Promise((resolve) => setTimeout(resolve, 300))
    return asked
  })
  expect(begun.length).toBeGreaterThan(0)
  expect(begun.every(({ prevented }) => prevented)).toBe(true)
})

test('a blank page, the one place where Chromium asks nobody, has no rights', async () => {
  await at.page.evaluate(() => location.assign('about:blank'))
  await at.page.waitForURL('about:blank')
  const told = await at.page.evaluate(async () => {
    const { bracket } = globalThis as unknown as {
      bracket?: Record<string, Record<string, (x: unknown) => unknown>>
    }
    const flushed: unknown = await bracket?.['app']?.['flushed']?.({})
    const fetched = await fetch('app://bracket/').then(
      () => 'answered',
      () => 'refused',
    )
    return { flushed: flushed ?? { ok: false, code: 'FORBIDDEN' }, fetched }
  })
  expect(told).toEqual({ flushed: REFUSED, fetched: 'refused' })
})
