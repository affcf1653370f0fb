import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { Locking } from '../../../src/main/locking.ts'
import type { Rooms } from '../../../src/main/rooms/rooms.ts'
import { createTrouble } from '../../../src/main/trouble.ts'
import { viewedNotes } from '../../../src/main/viewedNotes.ts'
import type { Windows } from '../../../src/main/window/windows.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

function around() {
  const order: string[] = []
  const state = { open: true, quietMs: 0, due: true, faults: 0 }
  const record = {
    log: { note: async (action: string) => void order.push(`logged ${action}`) },
    checkup: {
      due: async () => state.due,
      run: async () => {
        order.push('checked')
        state.due = false
        return { faults: state.faults }
      },
    },
  }
  const trouble = createTrouble({
    rooms: { record: () => (state.open ? record : null) } as unknown as Rooms,
    windows: {
      send: (name: string, what: object) => void order.push(`${name} ${JSON.stringify(what)}`),
    } as unknown as Windows,
    locking: {
      lock: async () => {
        state.open = false
        order.push('locked')
      },
    } as unknown as Locking,
    stop: (reason) => void order.push(`stopped ${reason}`),
    log: () => undefined,
    quietMs: () => state.quietMs,
  })
  return { trouble, order, state }
}

test.each([
  ['DAMAGE', 'record', 'RECORD_UNREADABLE', 'record'],
  ['DAMAGE', 'private', 'PRIVATE_UNREADABLE', 'private'],
  ['LOST', 'record', 'STORE_LOST', 'lost'],
  ['LOST', 'private', 'STORE_LOST', 'lost'],
] as const)(
  '%s of the %s: told first, then stopped by its name and locked, once',
  async (what, room, stop, told) => {
    const { trouble, order } = around()
    trouble.noticed(what, room)
    trouble.noticed(what, room)
    expect(order).toEqual([`trouble {"what":"${told}"}`, 'logged damage-noticed'])
    await vi.advanceTimersByTimeAsync(4000)
    expect(order.slice(2)).toEqual([`stopped ${stop}`, 'locked'])
  },
)

test('while a file is being opened it is the entrance that says what is wrong', async () => {
  const { trouble, order, state } = around()
  state.open = false
  trouble.noticed('DAMAGE', 'record')
  await vi.advanceTimersByTimeAsync(10_000)
  expect(order).toEqual([])
})

test('the full check waits until nobody has touched anything for half a minute, and runs when it is due', async () => {
  const { trouble, order, state } = around()
  state.quietMs = 29_999
  trouble.tick()
  await vi.advanceTimersByTimeAsync(1)
  expect(order).toEqual([])
  state.quietMs = 30_000
  trouble.tick()
  trouble.tick()
  await vi.advanceTimersByTimeAsync(1)
  trouble.tick()
  await vi.advanceTimersByTimeAsync(1)
  expect(order).toEqual(['checked'])
})

test('faults found by the full check are damage', async () => {
  const { trouble, order, state } = around()
  Object.assign(state, { quietMs: 60_000, faults: 2 })
  trouble.tick()
  await vi.advanceTimersByTimeAsync(5000)
  expect(order).toEqual([
    'checked',
    'trouble {"what":"record"}',
    'logged damage-noticed',
    'stopped RECORD_UNREADABLE',
    'locked',
  ])
})

test('a private note that is shown is logged once for each opening of the room, by its session’s id', async () => {
  const logged: (string | undefined)[] = []
  let room: object | null = {}
  let full = false
  const rooms = {
    private: () => room,
    record: () => ({
      log: {
        note: async (_: string, { subject }: { subject?: string }) => {
          if (full) throw new Error('full')
          logged.push(subject)
        },
      },
    }),
  } as unknown as Rooms
  const viewed = viewedNotes(rooms)
  await viewed(['a', 'b', 'a'])
  await viewed(['b', 'c'])
  expect(logged).toEqual(['a', 'b', 'c'])
  room = {}
  full = true
  // A full disk keeps nobody from reading; what could not be logged is logged the next time.
  await viewed(['a'])
  full = false
  await viewed(['a'])
  expect(logged).toEqual(['a', 'b', 'c', 'a'])
  room = null
  await viewed(['d'])
  expect(logged).toHaveLength(4)
})
