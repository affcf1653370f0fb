import fc from 'fast-check'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { channels, type ChannelName } from '../../src/shared/contract/index.ts'
import type { Audience } from '../../src/shared/contract/channel.ts'
import { Refusal } from '../../src/shared/contract/result.ts'
import { answer, openDoor } from '../../src/main/ipc/guard.ts'
import { good, inputShape, names, places, replaced, sample, valueAt } from '../support/schemaShapes.ts'
import { CANARY, SECRET, tenMegabytes } from '../support/hostile.ts'
import { expectKept } from '../reliability/inTest.ts'
import { attackOnce, everything, ipc, other, outputs } from '../reliability/trials/ipc.ts'
import { doorWith, expectFailure, handlersThat } from './door.ts'
import { soapNote } from '../support/words.ts'

const { listeners } = vi.hoisted(() => ({
  listeners: new Map<string, (event: unknown, input: unknown) => Promise<unknown>>(),
}))
vi.mock('electron', () => ({
  ipcMain: {
    handle: (name: string, listener: (event: unknown, input: unknown) => Promise<unknown>) => {
      if (listeners.has(name)) throw new Error('registered twice')
      listeners.set(name, listener)
    },
  },
}))

const knock = (door: ReturnType<typeof doorWith>, name: ChannelName, input: unknown) =>
  answer(door, name, channels[name].audience, input)

afterEach(() => {
  // Nothing that any test sent may have reached the prototypes everybody shares.
  const polluted = 'polluted' in {} || Object.keys(Object.prototype).length > 0
  if (polluted) throw new Error('a prototype was changed')
})

describe('good input', () => {
  test.each(names)('%s: is parsed, handed on and answered', async (name) => {
    const received: unknown[] = []
    const answers = outputs.get(name)
    const door = doorWith(
      handlersThat((input) => {
        received.push(input)
        return answers
      }),
      everything,
    )
    const valid = good(inputShape(name)).filter((input) => channels[name].input.safeParse(input).success)
    await fc.assert(
      fc.asyncProperty(valid, async (input) => {
        received.length = 0
        expect(await knock(door, name, input)).toEqual({ ok: true, value: answers })
        expect(received).toEqual([channels[name].input.parse(input)])
        // What was normalised once stays as it is.
        expect(channels[name].input.parse(received[0])).toEqual(received[0])
      }),
      { numRuns: 8 },
    )
    expect(door.noted).toEqual([])
  })
})

describe('hostile input', () => {
  // Every payload at an open door, a locked one and from the wrong page; three times the figure in all.
  test.each(names)('%s: a Result with a code, and nothing else happens', async (name) => {
    for (let seed = 1; seed <= 60; seed += 1) await attackOnce(name, seed)
  })

  test('and every channel in turn, as the release run does', () => expectKept(ipc, ipc.ci))

  test('ten megabytes once per shape: refused, and the handler never sees it', async () => {
    const shapes = new Map(names.map((name) => [JSON.stringify(inputShape(name)), name]))
    for (const name of shapes.values()) {
      const door = doorWith(
        handlersThat(() => {
          throw new Error('reached')
        }),
        everything,
      )
      const value = sample(inputShape(name))
      const texts = places(value).filter((path) => typeof valueAt(value, path) === 'string')
      for (const path of [[], ...texts.slice(0, 1)]) {
        const payload = replaced(value, path, (old) =>
          typeof old === 'string' ? tenMegabytes : { ...(old as object), more: tenMegabytes },
        )
        const result = await knock(door, name, payload)
        expectFailure(result, channels[name].limit < 10_485_760 ? 'TOO_LARGE' : 'BAD_INPUT')
        expect(JSON.stringify(result)).not.toContain(SECRET)
      }
    }
    expect(shapes.size).toBeGreaterThan(20)
  })

  test('a note of the greatest allowed size passes; no more than that does', async () => {
    const door = doorWith(
      handlersThat(() => ({ revision: 2, savedAt: 0, sessionRestored: false })),
      everything,
    )
    const note = (lexical: number, text: number) => ({
      noteId: '0198c0de-0000-7000-8000-000000000000',
      revision: 1,
      ...soapNote([
        { key: 'subjective', text: 'x'.repeat(text), lexical: 'y'.repeat(lexical) },
        { key: 'plan', text: '', lexical: 'y'.repeat(lexical) },
      ]),
    })
    expect(await knock(door, 'notes.save', note(4_000_000, 400_000))).toMatchObject({ ok: true })
    expectFailure(await knock(door, 'notes.save', note(4_000_001, 1)), 'BAD_INPUT')
    expectFailure(await knock(door, 'notes.save', note(6_000_000, 1)), 'TOO_LARGE')
  })
})

describe('locked', () => {
  test('no channel that needs a room answers with data, whatever the handler would say', async () => {
    for (const name of names) {
      const { needs } = channels[name]
      if (needs === 'nothing') continue
      const input = sample(inputShape(name))
      let ran = 0
      const handlers = handlersThat(() => {
        ran += 1
        return outputs.get(name)
      })
      expectFailure(await knock(doorWith(handlers, { record: false, private: true }), name, input), 'LOCKED')
      expect(ran).toBe(0)
      // Closed while the handler was at work: what it found stays here.
      const rooms = { record: true, private: true }
      const closing = handlersThat(() => {
        rooms.record = false
        return outputs.get(name)
      })
      const late = await knock(doorWith(closing, rooms), name, input)
      expectFailure(late, 'LOCKED')
      expect(JSON.stringify(late)).not.toContain(CANARY)
      const apart = { record: true, private: true }
      const closingPrivate = handlersThat(() => {
        apart.private = false
        return outputs.get(name)
      })
      const result = await knock(doorWith(closingPrivate, apart), name, input)
      if (needs === 'private') expectFailure(result, 'PRIVATE_LOCKED')
      else expect(result.ok).toBe(true)
    }
  })

  test('what answers without a room is the small page’s, and the page’s word that it has saved', () => {
    const free = names.filter((name) => channels[name].needs === 'nothing')
    expect(free.filter((name) => channels[name].audience === 'app')).toEqual(['app.flushed'])
    expect(names.filter((name) => channels[name].audience === 'unlock').sort()).toEqual(
      names.filter((name) => /^(?:vault|restore|damage|destruction)\./.test(name)).sort(),
    )
    expect(names.filter((name) => channels[name].needs === 'private')).toEqual(
      names.filter((name) => /^privateRoom\.(?!state$|unlock$|lock$)/.test(name)),
    )
  })
})

describe('the handler’s side', () => {
  test('a stray column anywhere in an answer keeps the whole answer here', async () => {
    let tried = 0
    for (const name of names) {
      const right = outputs.get(name)
      for (const path of places(right)) {
        const part = valueAt(right, path)
        if (typeof part !== 'object' || part === null || Array.isArray(part)) continue
        const wrong = replaced(right, path, (old) => ({ ...(old as object), stray_column: CANARY }))
        const door = doorWith(
          handlersThat(() => wrong),
          everything,
        )
        const result = await knock(door, name, sample(inputShape(name)))
        expectFailure(result, 'INTERNAL')
        expect(JSON.stringify([result, door.noted])).not.toContain(CANARY)
        expect(door.noted).toEqual([[name, 'OUTPUT_SHAPE']])
        tried += 1
      }
    }
    expect(tried).toBeGreaterThan(names.length)
  })

  test('whatever a handler throws, no word of it crosses', async () => {
    class Row extends Error {
      readonly sql = SECRET
      override name = 'Row'
    }
    const thrown: unknown[] = [
      new Error(SECRET),
      new Row(SECRET),
      new TypeError(SECRET, { cause: new Error(SECRET) }),
      new AggregateError([new Error(SECRET)], SECRET),
      Object.assign(new Error(SECRET), { code: 'LOCKED', field: SECRET }),
      Object.assign(new Error(SECRET), { name: `${SECRET} said this` }),
      { ok: true, value: SECRET },
      { code: 'NOT_FOUND', field: SECRET },
      SECRET,
      null,
      undefined,
      0,
      Symbol(SECRET),
    ]
    for (const name of names) {
      for (const what of thrown) {
        const door = doorWith(
          handlersThat(() => {
            throw what
          }),
          everything,
        )
        const result = await knock(door, name, sample(inputShape(name)))
        expect(result).toEqual({ ok: false, code: 'INTERNAL' })
        expect(door.noted).toHaveLength(1)
        expect(JSON.stringify(door.noted)).not.toContain(SECRET)
      }
    }
  })

  test('a refusal crosses as its code and field, and is no trouble to be noted', async () => {
    const door = doorWith(
      handlersThat(() => {
        throw new Refusal('END_BEFORE_START', 'endsAt')
      }),
      everything,
    )
    const input = sample(inputShape('sessions.create'))
    expect(await knock(door, 'sessions.create', input)).toEqual({
      ok: false,
      code: 'END_BEFORE_START',
      field: 'endsAt',
    })
    expect(door.noted).toEqual([])
  })

  test('an answer of the wrong sort altogether is INTERNAL', async () => {
    for (const wrong of [undefined, null, CANARY, [CANARY], 5, () => CANARY]) {
      for (const name of ['clients.list', 'notes.open', 'app.lock', 'vault.state'] as const) {
        const door = doorWith(
          handlersThat(() => wrong),
          everything,
        )
        const result = await knock(door, name, sample(inputShape(name)))
        expect(result).toEqual({ ok: false, code: 'INTERNAL' })
      }
    }
  })
})

test('the door listens to every channel once, to nothing else, and asks each time who is there', async () => {
  listeners.clear()
  const asked: unknown[] = []
  const door = doorWith(
    handlersThat((_, name) => outputs.get(name)),
    everything,
  )
  let asker: Audience | null = null
  openDoor({
    ...door,
    whoAsks: (event) => {
      asked.push(event)
      return asker
    },
  })
  expect([...listeners.keys()].sort()).toEqual([...names].sort())
  for (const name of names) {
    const event = { of: name }
    const input = sample(inputShape(name))
    asker = null
    expectFailure((await listeners.get(name)?.(event, input)) as never, 'FORBIDDEN')
    asker = other(channels[name].audience)
    expectFailure((await listeners.get(name)?.(event, input)) as never, 'FORBIDDEN')
    asker = channels[name].audience
    expect(await listeners.get(name)?.(event, input)).toMatchObject({ ok: true })
    expect(asked.splice(0)).toEqual([event, event, event])
  }
})
