import fc from 'fast-check'
import { answer } from '../../../src/main/ipc/guard.ts'
import type { Audience } from '../../../src/shared/contract/channel.ts'
import { channels, type ChannelName } from '../../../src/shared/contract/index.ts'
import { codes, type Result } from '../../../src/shared/contract/result.ts'
import { doorWith, handlersThat } from '../../contract/door.ts'
import { CANARY, hostile, SECRET } from '../../support/hostile.ts'
import { names, outputShape, places, replaced, sample, valueAt } from '../../support/schemaShapes.ts'
import { must, type Trial } from '../trial.ts'

export const everything = { record: true, private: true }
export const other = (audience: Audience): Audience => (audience === 'app' ? 'unlock' : 'app')

/** A right answer of every channel with a canary in each text that may hold any text. */
export const outputs = new Map(names.map((name) => [name, withCanaries(name)]))

function withCanaries(name: ChannelName): unknown {
  let value = sample(outputShape(name))
  for (const place of places(value)) {
    if (typeof valueAt(value, place) !== 'string') continue
    const marked = replaced(value, place, () => CANARY)
    if (channels[name].output.safeParse(marked).success) value = marked
  }
  return value
}

/** Says a code of the closed list and at most a field's path; nothing else of any kind. */
function mustRefuse(result: Result<unknown>, allowed: readonly string[], step: string): void {
  must(!result.ok, `${step}: answered`)
  must(codes.includes(result.code) && allowed.includes(result.code), `${step}: said ${result.code}`)
  must(
    Object.keys(result).every((key) => ['ok', 'code', 'field'].includes(key)),
    `${step}: said more than a code`,
  )
  const field = 'field' in result ? result.field : undefined
  must(field === undefined || /^[A-Za-z0-9.]{1,60}$/u.test(field), `${step}: a field that is none`)
  must(!JSON.stringify(result).includes(SECRET), `${step}: said back what was sent`)
}

/** One payload at an open door, at each locked one and from every wrong page. */
async function attack(name: ChannelName, payload: unknown): Promise<void> {
  const received: unknown[] = []
  const handlers = handlersThat((input) => {
    received.push(input)
    return outputs.get(name)
  })
  const { audience, needs, input: schema } = channels[name]
  const open = doorWith(handlers, everything)
  const result = await answer(open, name, audience, payload)
  if (result.ok) {
    // Then it was no attack at all: something that the schema takes as it stands.
    must(received.length === 1, 'handled more than once')
    must(JSON.stringify(received) === JSON.stringify([schema.parse(payload)]), 'handed on unparsed')
    must(Object.getPrototypeOf(received[0]) === Object.prototype, 'a strange prototype')
  } else {
    must(received.length === 0, 'refused, and handled')
    mustRefuse(result, ['BAD_INPUT', 'TOO_LARGE'], 'open')
  }
  received.length = 0
  for (const [record, privately] of [
    [false, false],
    [false, true],
    [true, false],
  ] as const) {
    if (needs === 'nothing' || (needs === 'record' && record)) continue
    const shut = doorWith(handlers, { record, private: privately })
    mustRefuse(await answer(shut, name, audience, payload), [record ? 'PRIVATE_LOCKED' : 'LOCKED'], 'locked')
  }
  for (const asker of [null, other(audience)]) {
    mustRefuse(await answer(open, name, asker, payload), ['FORBIDDEN'], 'wrong page')
  }
  must(received.length === 0, 'locked or forbidden, and handled')
  must(!JSON.stringify(open.noted).includes(SECRET), 'noted what was sent')
  must(Object.keys(Object.prototype).length === 0 && !('polluted' in {}), 'a prototype was changed')
}

const arbitraries = new Map<ChannelName, fc.Arbitrary<unknown>>()

export async function attackOnce(name: ChannelName, seed: number): Promise<void> {
  const arbitrary = arbitraries.get(name) ?? hostile(name)
  arbitraries.set(name, arbitrary)
  for (const payload of fc.sample(arbitrary, { seed, numRuns: 1 })) await attack(name, payload)
}

export const ipc: Trial = {
  name: 'ipc',
  says: 'Hostile payloads at every channel in turn: open, locked, from the wrong frame',
  ci: 1000,
  release: 100_000,
  roundsPerStand: 100_000,
  stand: async () => ({
    async round(seed) {
      const name = names[seed % names.length]
      must(name !== undefined, 'no channel')
      await attackOnce(name, seed)
      return {}
    },
  }),
}
