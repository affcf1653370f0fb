import fc from 'fast-check'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { channels, type ChannelName } from '../../src/shared/contract/index.ts'
import type { Audience } from '../../src/shared/contract/channel.ts'
import { Refusal } from '../../src/shared/contract/result.ts'
import { answer, openDoor } from '../../src/main/ipc/guard.ts'
import {
  good,
  inputShape,
  names,
  outputShape,
  places,
  replaced,
  sample,
  type Path,
  valueAt,
} from '../support/schemaShapes.ts'
import { doorWith, expectFailure, handlersThat } from './door.ts'

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

const CANARY = 'KanarienvogelZxq'
const SECRET = 'GeheimniswortQrv'
const everything = { record: true, private: true }
const other = (audience: Audience): Audience => (audience === 'app' ? 'unlock' : 'app')
const knock = (door: ReturnType<typeof doorWith>, name: ChannelName, input: unknown) =>
  answer(door, name, channels[name].audience, input)

/** A right answer of every channel with a canary in each text that may hold any text. */
const outputs = new Map(names.map((name) => [name, withCanaries(name)]))

function withCanaries(name: ChannelName): unknown {
  let value = sample(outputShape(name))
  for (const place of places(value)) {
    if (typeof valueAt(value, place) !== 'string') continue
    const marked = replaced(value, place, () => CANARY)
    if (channels[name].output.safeParse(marked).success) value = marked
  }
  return value
}

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

class Strange {
  readonly path = '/x'
}
const cyclic: Record<string, unknown> = { name: SECRET }
cyclic['self'] = cyclic
const cyclicList: unknown[] = [SECRET]
cyclicList.push(cyclicList, cyclicList)
const deep = (levels: number): unknown => {
  let value: unknown = SECRET
  for (let n = 0; n < levels; n += 1) value = n % 2 === 0 ? [value] : { value }
  return value
}
const doubled = (): unknown => {
  let value: unknown[] = []
  for (let n = 0; n < 30; n += 1) value = [value, value]
  return value
}
const million = Array.from({ length: 1_000_000 }, () => 0)
const tenMegabytes = SECRET.repeat(Math.ceil(10_485_760 / SECRET.length))

const STRANGE: readonly unknown[] = [
  null,
  undefined,
  true,
  0,
  -0,
  -1,
  1.5,
  2 ** 53,
  Number.NaN,
  Number.POSITIVE_INFINITY,
  1n,
  '',
  ' ',
  SECRET,
  '\0',
  '\u202e\ud800',
  '../../etc/passwd',
  '__proto__',
  [],
  {},
  [SECRET],
  { toString: SECRET, length: -1 },
  Object.create(null),
  JSON.parse('{"__proto__":{"polluted":true}}'),
  JSON.parse('{"constructor":{"prototype":{"polluted":true}}}'),
  () => SECRET,
  Symbol(SECRET),
  new Date(0),
  new Map([[SECRET, SECRET]]),
  new Set([SECRET]),
  /x/u,
  new Error(SECRET),
  new Uint8Array(8),
  new ArrayBuffer(8),
  Promise.resolve(SECRET),
  new Strange(),
  Object('boxed'),
  cyclic,
  cyclicList,
  deep(40),
  deep(5000),
  doubled(),
  Object.assign([], { length: 1e9 }),
  million,
  'x'.repeat(100_000),
]
const strange = fc.constantFrom(...STRANGE)
const stray = fc.constantFrom('extra', '__proto__', 'constructor', 'prototype', 'toString', SECRET, 'ok', '')

/** A good input made bad in one place. */
function hostile(name: ChannelName): fc.Arbitrary<unknown> {
  const shape = inputShape(name)
  const base = fc.oneof(good(shape), fc.constant(sample(shape)))
  const at = (value: unknown): fc.Arbitrary<Path> => fc.constantFrom(...places(value))
  const broken = base.chain((value) =>
    fc.tuple(at(value), strange).map(([path, next]) => replaced(value, path, () => next)),
  )
  const objects = (value: unknown): Path[] =>
    places(value).filter((path) => {
      const part = valueAt(value, path)
      return typeof part === 'object' && part !== null && !Array.isArray(part)
    })
  const grown = base.chain((value) =>
    fc.tuple(fc.constantFrom(...objects(value)), stray, strange).map(([path, key, next]) =>
      replaced(value, path, (old) => {
        const more = { ...(old as object) }
        Object.defineProperty(more, key, {
          value: next,
          enumerable: true,
          configurable: true,
          writable: true,
        })
        return more
      }),
    ),
  )
  const shrunk = base.chain((value) =>
    fc.tuple(fc.constantFrom(...objects(value)), fc.nat()).map(([path, which]) =>
      replaced(value, path, (old) => {
        const entries = Object.entries(old as object)
        return Object.fromEntries(entries.filter((_, n) => n !== which % Math.max(1, entries.length)))
      }),
    ),
  )
  return fc.oneof(strange, broken, grown, shrunk)
}

describe('hostile input', () => {
  // 59 channels, 60 payloads each, every one at an open door, a locked one and from the wrong page.
  test.each(names)('%s: a Result with a code, and nothing else happens', async (name) => {
    const answers = outputs.get(name)
    const received: unknown[] = []
    const handlers = handlersThat((input) => {
      received.push(input)
      return answers
    })
    const { audience, needs, input: schema } = channels[name]
    await fc.assert(
      fc.asyncProperty(hostile(name), async (payload) => {
        received.length = 0
        const open = doorWith(handlers, everything)
        const result = await answer(open, name, audience, payload)
        if (result.ok) {
          // Then it was no attack at all: something that the schema takes as it stands.
          expect(received).toEqual([schema.parse(payload)])
          expect(Object.getPrototypeOf(received[0])).toBe(Object.prototype)
        } else {
          expect(received).toEqual([])
          expectFailure(result)
          expect(['BAD_INPUT', 'TOO_LARGE']).toContain(result.code)
          expect(JSON.stringify(result)).not.toContain(SECRET)
        }
        received.length = 0
        for (const [record, privately] of [
          [false, false],
          [false, true],
          [true, false],
        ] as const) {
          if (needs === 'nothing' || (needs === 'record' && record)) continue
          const shut = doorWith(handlers, { record, private: privately })
          expectFailure(await answer(shut, name, audience, payload), record ? 'PRIVATE_LOCKED' : 'LOCKED')
        }
        for (const asker of [null, other(audience)]) {
          expectFailure(await answer(open, name, asker, payload), 'FORBIDDEN')
        }
        expect(received).toEqual([])
        expect(JSON.stringify(open.noted)).not.toContain(SECRET)
      }),
      { numRuns: 60 },
    )
  })

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
      sections: [
        { key: 'subjective', text: 'x'.repeat(text), lexical: 'y'.repeat(lexical) },
        { key: 'plan', text: '', lexical: 'y'.repeat(lexical) },
      ],
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
      names.filter((name) => /^(?:vault|restore)\./.test(name)).sort(),
    )
    expect(names.filter((name) => channels[name].needs === 'private')).toEqual(
      names.filter((name) => /^privateRoom\.(get|save|forClient|search)$/.test(name)),
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
