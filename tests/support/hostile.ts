import fc from 'fast-check'
import type { ChannelName } from '../../src/shared/contract/index.ts'
import { good, inputShape, type Path, places, replaced, sample, valueAt } from './schemaShapes.ts'

/** Stands for whatever a page may send and must never get back, or find in a log. */
export const SECRET = 'GeheimniswortQrv'
/** Stands in answers for what must not cross a locked door. */
export const CANARY = 'KanarienvogelZxq'

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
export const tenMegabytes = SECRET.repeat(Math.ceil(10_485_760 / SECRET.length))

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
export function hostile(name: ChannelName): fc.Arbitrary<unknown> {
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
