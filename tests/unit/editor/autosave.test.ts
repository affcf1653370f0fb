import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { Autosave, LONGEST_MS, QUIET_MS } from '../../../src/renderer/editor/Autosave.ts'
import { Refused } from '../../../src/renderer/api/client.ts'
import type { Code } from '../../../src/shared/contract/result.ts'

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

type Answer = Code | 'ok'

/** A store that takes `delay` to commit and answers as told; and a screen with a counter for its text. */
function desk(answers: (n: number) => Answer = () => 'ok', delay: (n: number) => number = () => 5) {
  const it = {
    screen: 0,
    stored: 0,
    revision: 1,
    calls: [] as { at: number; text: number }[],
    inFlight: 0,
    mostInFlight: 0,
  }
  const autosave = new Autosave<number>({
    revision: 1,
    content: () => it.screen,
    save: async (text, revision) => {
      const n = it.calls.length
      it.calls.push({ at: Date.now(), text })
      it.inFlight += 1
      it.mostInFlight = Math.max(it.mostInFlight, it.inFlight)
      await new Promise((resolve) => setTimeout(resolve, delay(n)))
      it.inFlight -= 1
      const answer = answers(n)
      if (answer !== 'ok') throw new Refused(answer)
      expect(revision).toBe(it.revision)
      it.revision += 1
      it.stored = text
      return { revision: it.revision, savedAt: Date.now() }
    },
  })
  const type = () => {
    it.screen += 1
    autosave.changed()
  }
  return { it, autosave, type }
}

const advance = (ms: number) => vi.advanceTimersByTimeAsync(ms)

describe('saving by itself', () => {
  it('waits half a second of quiet, and says saved only after the answer', async () => {
    const { it: d, autosave, type } = desk()
    expect(autosave.state.kind).toBe('clean')
    type()
    await advance(QUIET_MS - 1)
    expect([autosave.state.kind, d.calls.length]).toEqual(['dirty', 0])
    await advance(1)
    expect([autosave.state.kind, d.calls.length]).toEqual(['saving', 1])
    await advance(5)
    expect(autosave.state).toEqual({ kind: 'saved', at: Date.now() })
    expect(d.stored).toBe(1)
  })

  it('saves at the latest two seconds into continuous typing', async () => {
    const { it: d, type } = desk()
    const start = Date.now()
    for (let i = 0; i < 50; i += 1) {
      type()
      await advance(100)
    }
    expect(d.calls[0]!.at - start).toBe(LONGEST_MS)
    expect(d.calls.length).toBeGreaterThanOrEqual(2)
  })

  it('saves what was typed while a save was under way, one at a time', async () => {
    const { it: d, autosave, type } = desk(undefined, () => 800)
    type()
    await advance(QUIET_MS)
    type()
    await advance(700)
    expect(autosave.state.kind).toBe('saving')
    await advance(100)
    expect(autosave.state.kind).not.toBe('saved')
    await advance(2000)
    expect([d.stored, d.mostInFlight]).toEqual([2, 1])
    expect(autosave.state.kind).toBe('saved')
  })

  it('stops at a conflict and writes nothing until it is settled', async () => {
    const { it: d, autosave, type } = desk((n) => (n === 0 ? 'CONFLICT' : 'ok'))
    type()
    await advance(QUIET_MS + 5)
    expect(autosave.state.kind).toBe('conflict')
    type()
    await advance(60_000)
    expect(await autosave.flush()).toBe(false)
    expect(d.calls.length).toBe(1)
    d.revision = 7
    autosave.settle(7, 'changed')
    await advance(QUIET_MS + 10)
    expect([autosave.state.kind, d.stored]).toEqual(['saved', 2])
  })

  it('remembers what went out unanswered, so that a lost answer can be told from a conflict', async () => {
    const { it: d, autosave, type } = desk((n) => (['INTERNAL', 'CONFLICT'] as const)[n] ?? 'ok')
    type()
    await advance(QUIET_MS + 5)
    type()
    await advance(1000 + 5)
    expect(autosave.state.kind).toBe('conflict')
    expect(autosave.sent).toEqual([1, 2])
    autosave.settle(d.revision, 'changed')
    await advance(QUIET_MS + 10)
    expect([autosave.state.kind, autosave.sent]).toEqual(['saved', []])
  })

  it('has nothing left to save when the stored version is taken', async () => {
    const { it: d, autosave, type } = desk(() => 'CONFLICT')
    type()
    await advance(QUIET_MS + 5)
    autosave.settle(9, 'as-stored')
    expect([autosave.state.kind, autosave.unsaved, autosave.revision]).toEqual(['clean', false, 9])
    await advance(60_000)
    expect(d.calls.length).toBe(1)
  })

  it('keeps trying after a passing failure, more and more slowly, and at once when asked', async () => {
    for (const code of ['DISK_FULL', 'READ_ONLY', 'INTERNAL', 'LOCKED'] as const) {
      const { it: d, autosave, type } = desk((n) => (n < 4 ? code : 'ok'))
      type()
      await advance(QUIET_MS + 5)
      expect(autosave.state).toEqual({ kind: 'failed', code })
      await advance(1000 + 2000 + 10)
      expect([d.calls.length, autosave.state.kind]).toEqual([3, 'failed'])
      type()
      await advance(1000)
      expect(d.calls.length).toBe(3)
      expect(await Promise.all([autosave.saveNow(), advance(10)])).toEqual([false, expect.anything()])
      await Promise.all([autosave.saveNow(), advance(10)])
      expect([autosave.state.kind, d.stored]).toEqual(['saved', 2])
      await advance(120_000)
      expect(d.calls.length).toBe(5)
    }
  })

  it('tries a lasting failure again only with new words', async () => {
    const { it: d, autosave, type } = desk((n) => (n === 0 ? 'TOO_LARGE' : 'ok'))
    type()
    await advance(120_000)
    expect([d.calls.length, autosave.state.kind]).toEqual([1, 'failed'])
    type()
    await advance(QUIET_MS + 5)
    expect([d.calls.length, autosave.state.kind]).toEqual([2, 'saved'])
  })

  it('flushes at once, also behind a save that is under way', async () => {
    const { it: d, autosave, type } = desk(undefined, () => 300)
    type()
    await advance(QUIET_MS)
    type()
    const flushed = autosave.flush()
    await advance(600)
    expect(await flushed).toBe(true)
    expect(d.stored).toBe(2)
    expect(await autosave.flush()).toBe(true)
    expect(d.calls.length).toBe(2)
  })

  it('counts a text that cannot be read off the screen as a failure, not as saved', async () => {
    const autosave = new Autosave<number>({
      revision: 1,
      content: () => {
        throw new TypeError('no')
      },
      save: () => Promise.resolve({ revision: 2, savedAt: 0 }),
    })
    autosave.changed()
    expect(await autosave.flush()).toBe(false)
    expect(autosave.state).toEqual({ kind: 'failed', code: 'INTERNAL' })
    autosave.dispose()
  })
})

describe('whatever is typed, waited for and refused', () => {
  const step = fc.oneof(
    { weight: 4, arbitrary: fc.constant('type' as const) },
    { weight: 4, arbitrary: fc.integer({ min: 1, max: 1500 }) },
    { weight: 1, arbitrary: fc.constant('save' as const) },
  )
  const answer = fc.oneof(
    { weight: 5, arbitrary: fc.constant('ok' as const) },
    {
      weight: 1,
      arbitrary: fc.constantFrom('DISK_FULL' as const, 'INTERNAL' as const, 'TOO_LARGE' as const),
    },
  )

  it('never says saved over unsaved words, never sends two at once, and loses nothing', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(step, { maxLength: 30 }),
        fc.array(answer, { minLength: 1, maxLength: 12 }),
        fc.array(fc.integer({ min: 1, max: 900 }), { minLength: 1, maxLength: 5 }),
        async (steps, answers, delays) => {
          const {
            it: d,
            autosave,
            type,
          } = desk(
            // In the end the disk has room again.
            (n) => answers[n] ?? 'ok',
            (n) => delays[n % delays.length]!,
          )
          let wrong = 0
          autosave.subscribe(() => {
            if (autosave.state.kind === 'saved' && d.stored !== d.screen) wrong += 1
          })
          for (const s of steps) {
            if (s === 'type') type()
            else if (s === 'save') void autosave.saveNow()
            else await advance(s)
            if (autosave.state.kind === 'saved' && d.stored !== d.screen) wrong += 1
          }
          type()
          await advance(600_000)
          // A lasting refusal waits for new words.
          for (let i = 0; i < 13 && autosave.unsaved; i += 1) {
            type()
            await advance(600_000)
          }
          expect({ wrong, most: d.mostInFlight, stored: d.stored, state: autosave.state.kind }).toEqual({
            wrong: 0,
            most: 1,
            stored: d.screen,
            state: 'saved',
          })
          autosave.dispose()
        },
      ),
      { numRuns: 120 },
    )
  })

  it('sends what is typed within two seconds, as long as the store answers at once', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.integer({ min: 1, max: 700 }), { minLength: 1, maxLength: 40 }),
        async (pauses) => {
          const { it: d, autosave, type } = desk(undefined, () => 1)
          const typedAt: number[] = []
          for (const pause of pauses) {
            type()
            typedAt.push(Date.now())
            await advance(pause)
          }
          await advance(5000)
          for (const [i, at] of typedAt.entries()) {
            const carried = d.calls.find((call) => call.text >= i + 1)
            expect(carried!.at - at).toBeLessThanOrEqual(LONGEST_MS + 1)
          }
          autosave.dispose()
        },
      ),
      { numRuns: 60 },
    )
  })
})
