import { EventEmitter } from 'node:events'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createHeldBack } from '../../../src/main/heldBack.ts'
import { followPower } from '../../../src/main/powerEvents.ts'
import { createLocking } from '../../../src/main/locking.ts'
import type { Rooms } from '../../../src/main/rooms/rooms.ts'
import type { OpenRecord } from '../../../src/main/services/record/openRecord.ts'
import { defaultPreferences } from '../../../src/main/services/record/preferences.ts'
import type { Vault } from '../../../src/main/vault/Vault.ts'
import type { Windows } from '../../../src/main/window/windows.ts'
import type { HeldNote } from '../../../src/shared/contract/app.ts'
import type { SessionView } from '../../../src/shared/contract/sessions.ts'

const MINUTE = 60_000
const NOW = Date.UTC(2025, 5, 2, 14)

beforeEach(() => void vi.useFakeTimers({ now: NOW }))
afterEach(() => void vi.useRealTimers())

/** Everything around locking, told apart by what happened in which order. */
function around({ answers = true, unsaved = [] as readonly HeldNote[], quitAnyway = false } = {}) {
  const heldBack = createHeldBack()
  const order: string[] = []
  let [recordOpen, privateOpen, appShown] = [true, true, true]
  let finishClosing = (): void => undefined
  let hold = false
  const sessions: SessionView[] = []
  const record = {
    preferences: { current: () => defaultPreferences('practice') },
    sessions: { around: async () => sessions },
  } as unknown as OpenRecord
  const rooms = {
    record: () => (recordOpen ? record : null),
    notice: () => null,
    private: () => (privateOpen ? {} : null),
    place: () => (recordOpen ? { sampleKey: null } : null),
    closePrivate: async () => {
      privateOpen = false
      order.push('private closed')
    },
    closeAll: async () => {
      if (!recordOpen) return
      recordOpen = false
      order.push('unreadable')
      if (hold) await new Promise<void>((resolve) => (finishClosing = resolve))
      await Promise.resolve()
      order.push('closed')
    },
  } as unknown as Rooms
  const shown: Record<string, unknown> = {
    isPageAlive: () => appShown,
    send: (name: string) => {
      order.push(`sent ${name}`)
      if (name === 'flush' && answers) queueMicrotask(() => locking.pageFlushed(unsaved))
    },
    showDoor: () => void order.push('door'),
    closeApp: () => {
      appShown = false
      order.push('page gone')
    },
  }
  // What else windows can do (theme, content protection) is nothing to locking's order.
  const windows = new Proxy(shown, {
    get: (target, name: string) => target[name] ?? (() => undefined),
  }) as unknown as Windows
  const vault = { lock: () => void order.push('keys gone') } as unknown as Vault
  const locking = createLocking({
    windows,
    rooms,
    vault,
    clock: { now: () => Date.now() },
    heldBack,
    onSampleClosed: () => void order.push('sample forgotten'),
    askToQuit: async () => {
      order.push('asked')
      return quitAnyway
    },
    log: () => undefined,
  })
  return {
    locking,
    order,
    heldBack,
    sessions,
    holdClosing: () => void (hold = true),
    finishClosing: () => finishClosing(),
    isOpen: () => recordOpen,
  }
}

test('lock: what is typed is saved first, then both files, the keys and the page go, in this order', async () => {
  const { locking, order } = around()
  await locking.lock()
  expect(order).toEqual([
    'sent flush',
    'door',
    'unreadable',
    'page gone',
    'closed',
    'keys gone',
    'sent vaultState',
  ])
  await locking.lock()
  expect(order).toHaveLength(7)
})

test('a page that does not answer keeps nothing open for longer than a second and a half', async () => {
  const { locking, isOpen } = around({ answers: false })
  const locked = locking.lock()
  await vi.advanceTimersByTimeAsync(1499)
  expect(isOpen()).toBe(true)
  await vi.advanceTimersByTimeAsync(1)
  await locked
  expect(isOpen()).toBe(false)
})

test('a quit during a lock waits until the lock is done', async () => {
  const { locking, order, holdClosing, finishClosing } = around()
  holdClosing()
  const locked = locking.lock()
  await vi.advanceTimersByTimeAsync(10)
  expect(order).toContain('unreadable')
  let ended = false
  const end = locking.closeForGood().then(() => (ended = true))
  const again = locking.lock().then(() => order.push('second lock answered'))
  await vi.advanceTimersByTimeAsync(5000)
  expect(ended).toBe(false)
  finishClosing()
  await Promise.all([locked, end, again])
  expect(order.filter((what) => what === 'closed')).toHaveLength(1)
  expect(order.indexOf('second lock answered')).toBeGreaterThan(order.indexOf('closed'))
})

test('idle: everything after ten minutes without a key, the private room after two, unless Write is in use', async () => {
  const { locking, order, isOpen } = around()
  locking.opened()
  locking.privateOpened()
  await vi.advanceTimersByTimeAsync(2 * MINUTE)
  expect(order).toEqual(['sent flush', 'private closed', 'sent privateRoom'])
  await vi.advanceTimersByTimeAsync(7 * MINUTE)
  locking.activity()
  await vi.advanceTimersByTimeAsync(10 * MINUTE - 1)
  expect(isOpen()).toBe(true)
  await vi.advanceTimersByTimeAsync(1000)
  expect(isOpen()).toBe(false)

  const writing = around()
  writing.locking.opened()
  writing.locking.privateOpened()
  writing.locking.rememberPlace({
    path: '/write/0198c0de-0000-7000-8000-000000000000',
    caret: null,
    scroll: 0,
  })
  await vi.advanceTimersByTimeAsync(9 * MINUTE)
  expect(writing.order).toEqual([])
  await vi.advanceTimersByTimeAsync(2 * MINUTE)
  expect(writing.isOpen()).toBe(false)
})

test('sleep and the system’s own lock lock at once', async () => {
  for (const act of ['suspend', 'screenLocked'] as const) {
    const { locking, isOpen } = around()
    locking.opened()
    locking[act]()
    await vi.advanceTimersByTimeAsync(100)
    expect(isOpen(), act).toBe(false)
  }
})

test('each of the system’s events, as it is emitted: sleep, screen lock, another user', async () => {
  for (const event of ['suspend', 'lock-screen', 'user-did-resign-active']) {
    const { locking, isOpen, order } = around()
    const system = new EventEmitter()
    followPower(system, locking, () => void order.push('salvage left'))
    locking.opened()
    system.emit(event)
    await vi.advanceTimersByTimeAsync(100)
    expect(isOpen(), event).toBe(false)
    expect(order, event).toContain('salvage left')
    // Told twice (a lid that is closed locks the screen, then sleeps), it is one lock.
    system.emit('suspend')
    await vi.advanceTimersByTimeAsync(100)
    expect(order.filter((what) => what === 'closed')).toHaveLength(1)
  }
})

test('waking up: locked if the time was over meanwhile, though nothing announced the sleep; open if it was not', async () => {
  for (const [minutes, open] of [
    [9, true],
    [11, false],
  ] as const) {
    const { locking, isOpen } = around()
    const system = new EventEmitter()
    followPower(system, locking, () => undefined)
    locking.opened()
    // Timers stand still while a machine sleeps; the clock does not.
    vi.setSystemTime(Date.now() + minutes * MINUTE)
    system.emit('resume')
    await vi.advanceTimersByTimeAsync(100)
    expect(isOpen(), `${minutes} minutes`).toBe(open)
    await locking.closeForGood()
  }
})

test('a file that waits for an answer at the door is closed by the same events', async () => {
  for (const event of ['suspend', 'lock-screen', 'user-did-resign-active']) {
    const { locking, isOpen } = around()
    const system = new EventEmitter()
    followPower(system, locking, () => undefined)
    locking.held()
    system.emit(event)
    await vi.advanceTimersByTimeAsync(100)
    expect(isOpen(), event).toBe(false)
  }
})

test('kept across the lock: the place, and when the running session began; no name and no text', async () => {
  const { locking, sessions } = around()
  const session = {
    kind: 'individual',
    status: 'scheduled',
    startsAt: NOW - 20 * MINUTE,
    endsAt: NOW + 30 * MINUTE,
    startedAt: NOW - 18 * MINUTE,
    endedAt: null,
    note: null,
  } as unknown as SessionView
  sessions.push(
    { ...session, startsAt: NOW - 200 * MINUTE, endsAt: NOW - 150 * MINUTE, startedAt: null },
    session,
  )
  const place = { path: '/today', caret: null, scroll: 0 }
  locking.rememberPlace(place)
  await locking.lock()
  expect(locking.place()).toEqual(place)
  expect(locking.runningSince()).toBe(NOW - 18 * MINUTE)
})

test('the private room’s own lock and a whole one at the same moment ask the page once', async () => {
  const { locking, order } = around()
  await Promise.all([locking.closePrivate(), locking.lock()])
  expect(order.filter((what) => what === 'sent flush')).toHaveLength(1)
  expect(order).toContain('private closed')
  expect(order).toContain('page gone')
})

const words = [
  {
    noteId: '0198c0de-0000-7000-8000-000000000000',
    revision: 3,
    sections: [{ key: 'plan', text: 'quokka', lexical: null }],
    beside: null,
  },
]

test('words that could not be saved outlast a lock unreadable, and are given back once to the same vault', async () => {
  const { locking, heldBack } = around({ unsaved: words })
  const key = Buffer.alloc(32, 7)
  heldBack.open(key)
  await locking.lock()
  expect(heldBack.take()).toEqual([])
  heldBack.open(Buffer.alloc(32, 8))
  expect(heldBack.take()).toEqual([])
  heldBack.open(key)
  expect(heldBack.take()).toEqual(words)
  expect(heldBack.take()).toEqual([])
})

test('quitting asks first when words could not be saved, and stays if the person wants to', async () => {
  const stays = around({ unsaved: words })
  expect(await stays.locking.closeForGood()).toBe(false)
  expect(stays.isOpen()).toBe(true)
  const goes = around({ unsaved: words, quitAnyway: true })
  expect(await goes.locking.closeForGood()).toBe(true)
  expect(goes.isOpen()).toBe(false)
  const saved = around()
  expect(await saved.locking.closeForGood()).toBe(true)
  expect(saved.order).not.toContain('asked')
})

test('its owner’s leaving is counted also while nothing is open; a lock by hand is not', async () => {
  const { locking } = around()
  const system = new EventEmitter()
  followPower(system, locking, () => undefined)
  await locking.lock()
  expect(locking.timesAway()).toBe(0)
  // Not every system announces the sleep that 'resume' ends.
  const events = ['suspend', 'lock-screen', 'user-did-resign-active', 'resume']
  for (const [before, event] of events.entries()) {
    expect(locking.timesAway()).toBe(before)
    system.emit(event)
  }
  expect(locking.timesAway()).toBe(events.length)
})

test('files that are being closed are told of until they are closed', async () => {
  const { locking, holdClosing, finishClosing } = around()
  holdClosing()
  expect(locking.isClosing()).toBe(false)
  const locked = locking.lock()
  await vi.advanceTimersByTimeAsync(10)
  expect(locking.isClosing()).toBe(true)
  finishClosing()
  await locked
  expect(locking.isClosing()).toBe(false)
})
