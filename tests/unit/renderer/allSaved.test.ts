import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { Refused } from '../../../src/renderer/api/client.ts'
import { Autosave } from '../../../src/renderer/editor/Autosave.ts'
import { oneAtATime, savedWords } from '../../../src/renderer/features/write/allSaved.ts'
import type { Section } from '../../../src/shared/document/document.ts'

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

/** A pen on one section, and a store that takes a while. */
function pen(fails = () => false) {
  const stored = new Map<number, readonly Section[]>()
  let text = ''
  const group = { read: (): Section[] => [{ key: 'plan', text, lexical: null }] }
  const autosave: Autosave<Section[]> = new Autosave({
    revision: 1,
    content: group.read,
    save: async (sections, revision) => {
      await new Promise((resolve) => setTimeout(resolve, 300))
      if (fails()) throw new Refused('DISK_FULL')
      stored.set(revision + 1, sections)
      return { revision: revision + 1, savedAt: 0 }
    },
  })
  const type = (more: string) => {
    text += more
    autosave.changed()
  }
  return { group, autosave, stored, type }
}

describe('what is about to be signed', () => {
  it('is what the store has as that revision, also when somebody types on while it is saved', async () => {
    const { type, stored, ...desk } = pen()
    type('Call')
    const words = savedWords(desk)
    await vi.advanceTimersByTimeAsync(100)
    type(' the school')
    await vi.advanceTimersByTimeAsync(5_000)
    const { sections, revision } = (await words) ?? { sections: [], revision: 0 }
    expect(sections[0]?.text).toBe('Call the school')
    expect(stored.get(revision)).toEqual(sections)
    expect(desk.autosave.unsaved).toBe(false)
  })

  it('is nothing while it cannot be saved, or is never at rest', async () => {
    const failing = pen(() => true)
    failing.type('Call')
    const refused = savedWords(failing)
    await vi.advanceTimersByTimeAsync(400)
    expect(await refused).toBeNull()
    failing.autosave.dispose()

    const restless = pen()
    restless.type('Call')
    const typing = setInterval(() => restless.type('.'), 50)
    const never = savedWords(restless)
    await vi.advanceTimersByTimeAsync(10_000)
    clearInterval(typing)
    expect(await never).toBeNull()
    restless.autosave.dispose()
  })
})

describe('words that are moved', () => {
  it('are moved by one act at a time; the next one is free to begin when it has ended, however it ended', async () => {
    const alone = oneAtATime()
    const began: string[] = []
    const act = (name: string, failing = false) =>
      alone(async () => {
        began.push(name)
        await new Promise((resolve) => setTimeout(resolve, 100))
        if (failing) throw new Refused('INTERNAL')
      })
    const first = act('first', true).catch(() => 'refused')
    await act('second')
    await vi.advanceTimersByTimeAsync(100)
    expect(await first).toBe('refused')
    const third = act('third')
    await vi.advanceTimersByTimeAsync(100)
    await third
    expect(began).toEqual(['first', 'third'])
  })
})
