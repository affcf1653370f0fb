import { expect, test, type Page } from '@playwright/test'
import path from 'node:path'
import { channels } from '../../src/shared/contract/index.ts'
import { ask, ROOT } from '../support/application.ts'
import { openBothPages, type BothPages } from '../support/bothPages.ts'
import { appChannels, unlockChannels } from '../support/channelNames.ts'

/* The door between page and main process, in the real application: what each page is handed, and who may knock. */

let at: BothPages

test.beforeAll(async () => {
  at = await openBothPages()
})
test.afterAll(() => at.close())

test('neither page gets Node, Electron or a way to them', async () => {
  for (const [name, watched] of at.both()) {
    const found = await watched.evaluate(() =>
      [
        'require',
        'process',
        'module',
        'exports',
        'Buffer',
        'global',
        '__dirname',
        'ipcRenderer',
        'electron',
        'chrome',
      ]
        .filter((word) => word in globalThis)
        .filter((word) => word !== 'chrome'),
    )
    expect(found, name).toEqual([])
  }
})

test('neither page can draw in three dimensions, through whatever driver', async () => {
  for (const [name, watched] of at.both()) {
    const drawn = await watched.evaluate(() => {
      const can = (kind: string): boolean => document.createElement('canvas').getContext(kind) !== null
      return ['2d', 'webgl', 'webgl2'].filter(can)
    })
    expect(drawn, name).toEqual(['2d'])
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
  expect((await offered(at.page)).toSorted()).toEqual(['on', ...appChannels].toSorted())
  expect((await offered(at.door)).toSorted()).toEqual(['on', ...unlockChannels].toSorted())
  const atTheDoor = /^(?:vault|restore|damage|destruction)\./
  expect(unlockChannels.every((name) => atTheDoor.test(name))).toBe(true)
  expect(appChannels.some((name) => atTheDoor.test(name))).toBe(false)
})

test('what a page is given cannot be changed', async () => {
  for (const [name, watched] of at.both()) {
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
  const answers = await at.running.app.evaluate(
    async ({ BrowserWindow, session }, preloads) => {
      const told: Record<string, unknown> = {}
      const cases = [
        ['our page in a window of somebody else', 'app://bracket/', 'index.cjs', 'bracket.clients.list({})'],
        ['the door in a window of somebody else', 'app://unlock/', 'unlock.cjs', 'bracket.vault.state({})'],
        ['a data: page', 'data:text/html,<p>x</p>', 'index.cjs', 'bracket.app.context({})'],
        ['a data: page at the door', 'data:text/html,<p>x</p>', 'unlock.cjs', 'bracket.vault.state({})'],
        [
          'the door’s preload at the application’s origin',
          'app://bracket/',
          'unlock.cjs',
          'bracket.vault.state({})',
        ],
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
  const answers = await at.running.app.evaluate(
    async ({ BrowserWindow, ipcMain }, wanted) => {
      // Electron's own table of what answers `invoke`: so the door is knocked at with any sender we like.
      const handlers = (
        ipcMain as unknown as { _invokeHandlers: Map<string, (...args: unknown[]) => unknown> }
      )._invokeHandlers
      const at = (origin: string) =>
        BrowserWindow.getAllWindows().find((window) => window.webContents.getURL().startsWith(origin))
          ?.webContents
      const [app, unlock] = [at('app://bracket'), at('app://unlock')]
      const told: Record<string, unknown[]> = {}
      for (const { name, audience } of wanted) {
        const [own, other] = audience === 'app' ? [app, unlock] : [unlock, app]
        const events = [
          { sender: other, senderFrame: other?.mainFrame },
          { sender: own, senderFrame: null },
          { sender: own, senderFrame: other?.mainFrame },
          {
            sender: own,
            senderFrame: { ...own?.mainFrame, url: own?.getURL(), origin: own?.mainFrame.origin },
          },
          { sender: own, senderFrame: undefined },
        ]
        told[name] = []
        for (const event of events) {
          told[name].push(
            await Promise.resolve(handlers.get(name)?.(event, {})).catch((error) => String(error)),
          )
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

test('rubbish through every channel of both pages: refused by a code of the list, and the pages go on', async () => {
  for (const [name, watched] of at.both()) {
    const mine = name === 'the door' ? unlockChannels : appChannels
    const told = await watched.evaluate(async (names) => {
      const api = (
        globalThis as unknown as { bracket: Record<string, Record<string, (x: unknown) => Promise<unknown>>> }
      ).bracket
      const deep: Record<string, unknown> = {}
      let at = deep
      for (let level = 0; level < 400; level += 1) at = at['id'] = {} as Record<string, unknown>
      const loop: Record<string, unknown> = {}
      loop['id'] = loop
      const rubbish: unknown[] = [
        undefined,
        null,
        0,
        -1,
        Number.NaN,
        '',
        'clients.list',
        true,
        [],
        [{}],
        10n,
        new Date(0),
        new Map([['id', 1]]),
        new Uint8Array(1000),
        deep,
        loop,
        { id: "'; DROP TABLE notes; --" },
        { __proto__: { polluted: true }, constructor: 1 },
        JSON.parse('{"__proto__": {"polluted": true}, "id": "x"}'),
        {
          id: '../../vault.json',
          clientId: '\u0000',
          sessionId: '\ud800',
          text: '\u202e',
          noteId: 7,
          revision: 1e300,
        },
        {
          passphrase: ['x'],
          recordCode: {},
          text: Symbol.iterator.toString(),
          to: Infinity,
          from: -Infinity,
        },
      ]
      const enormous = { text: 'x'.repeat(10_000_000) }
      // Ten megabytes for those that take text, once each: copying them is what takes time.
      const large = [
        'notes.save',
        'privateRoom.save',
        'app.copy',
        'clients.create',
        'vault.unlock',
        'vault.prepare',
      ]
      const answers: string[] = []
      for (const channel of names) {
        const [domain = '', verb = ''] = channel.split('.')
        const inputs = large.includes(channel) ? [...rubbish, enormous] : rubbish
        for (const [place, input] of inputs.entries()) {
          const answer = await Promise.resolve(api[domain]?.[verb]?.(input)).catch(() => 'not cloned')
          const { ok, code } = answer as { ok?: boolean; code?: string }
          if (answer !== 'not cloned' && (ok !== false || code === undefined))
            answers.push(`${channel} ${place}`)
          else answers.push(answer === 'not cloned' ? answer : (code ?? ''))
        }
      }
      return { answers, polluted: 'polluted' in {} }
    }, mine)
    const expected = name === 'the door' ? ['BAD_INPUT', 'TOO_LARGE'] : ['BAD_INPUT', 'LOCKED', 'TOO_LARGE']
    expect(
      told.answers.filter((answer) => !['not cloned', ...expected].includes(answer)),
      name,
    ).toEqual([])
    expect(told.answers.length).toBeGreaterThanOrEqual(mine.length * 21)
    expect(told.polluted).toBe(false)
  }
  expect(await at.door.evaluate(() => document.readyState)).toBe('complete')
  expect(await ask(at.door, 'vault', 'state', {})).toMatchObject({ page: 'unlock', stop: null })
})
