import path from 'node:path'
import { expect, test, vi } from 'vitest'
import { isForbiddenStart, readStart } from '../../../src/main/startup/arguments.ts'

const { app } = vi.hoisted(() => ({ app: { isPackaged: false, getPath: () => '/home/someone/.config' } }))
vi.mock('electron', () => ({ app }))

const BAD = [
  'remote-debugging-port=9222',
  'remote-debugging-port',
  'remote-debugging-pipe',
  'remote-debugging-address=0.0.0.0',
  'remote-debugging-io-pipes=1,2',
  'inspect',
  'inspect=0.0.0.0:9229',
  'inspect-brk',
  'inspect_brk=1',
  'inspect-brk-node',
  'inspect-wait',
  'inspect-port=1',
  'inspect-publish-uid=http',
  'debug',
  'debug-port=5858',
  'js-flags=--expose-gc',
]

test('a release refuses every switch that opens it, in each way that Chromium and Node would take it', () => {
  for (const bad of BAD) {
    for (const dashes of ['--', '-', '/']) {
      for (const argument of [dashes + bad, dashes + bad.toUpperCase()]) {
        expect(isForbiddenStart(['bracket', argument], true), argument).toBe(true)
        expect(isForbiddenStart(['bracket', '--profile=x', argument, 'y'], true), argument).toBe(true)
        expect(isForbiddenStart(['bracket', argument], false), argument).toBe(false)
      }
    }
  }
})

test('an ordinary start is no such thing', () => {
  const fine = [
    '--no-sandbox',
    '-psn_0_12345',
    '--lang=de',
    'inspect',
    '/home/inspect/x.ics',
    '--inspected',
    '--',
    '',
  ]
  for (const argument of fine) expect(isForbiddenStart(['--inspect', argument], true), argument).toBe(false)
})

test('the seams move profile and clock in a build that was never packaged, and do nothing in one that was', () => {
  vi.useFakeTimers({ now: Date.UTC(2025, 0, 1) })
  try {
    const argv = ['electron', '.', '--profile=some/where', '--now=2025-01-02T00:00:00Z', '--quick-derivation']
    expect(readStart(argv)).toEqual({
      profile: path.resolve('some/where'),
      clockOffset: 24 * 3_600_000,
      quickDerivation: true,
      seams: true,
    })
    expect(readStart(['electron', '.', '--now=teatime', '--profile'])).toEqual({
      profile: '/home/someone/.config/Bracket',
      clockOffset: 0,
      quickDerivation: false,
      seams: true,
    })
    app.isPackaged = true
    expect(readStart(argv)).toEqual({
      profile: '/home/someone/.config/Bracket',
      clockOffset: 0,
      quickDerivation: false,
      seams: false,
    })
  } finally {
    app.isPackaged = false
    vi.useRealTimers()
  }
})

test('on Windows everything lives in the local application data, never in the profile that roams', () => {
  const system = Object.getOwnPropertyDescriptor(process, 'platform')
  vi.stubEnv('LOCALAPPDATA', '/Users/someone/AppData/Local')
  try {
    Object.defineProperty(process, 'platform', { value: 'win32' })
    expect(readStart(['electron', '.']).profile).toBe(path.join('/Users/someone/AppData/Local', 'Bracket'))
  } finally {
    if (system !== undefined) Object.defineProperty(process, 'platform', system)
    vi.unstubAllEnvs()
  }
})
