import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { carryAcross, type CrossingSteps } from '../../../src/renderer/features/write/crossing.ts'

const WORDS = 'the sentence'

/** Two notes, on the screen and in their stores; any step can break off, as a crash does. */
function notes(
  breakAt: string | null,
  answers: Partial<Record<'saveThere' | 'saveHere' | 'takeOut', boolean>> = {},
) {
  const screen = { here: [WORDS], there: [] as string[] }
  const stored = { here: [WORDS], there: [] as string[] }
  const remembered: string[] = []
  const took: string[] = []
  const step = (name: string, work: () => void): void => {
    took.push(name)
    if (breakAt === `before ${name}`) throw new Error('killed')
    work()
    if (breakAt === `after ${name}`) throw new Error('killed')
  }
  const steps: CrossingSteps = {
    place: () => step('place', () => void (screen.there.includes(WORDS) || screen.there.push(WORDS))),
    saveThere: async () => {
      step('saveThere', () => {
        if (answers.saveThere !== false) stored.there = [...screen.there]
      })
      return answers.saveThere ?? true
    },
    remember: async () => step('remember', () => void remembered.push(WORDS)),
    takeOut: () => {
      step('takeOut', () => {
        if (answers.takeOut !== false) screen.here = []
      })
      return answers.takeOut ?? true
    },
    saveHere: async () => {
      step('saveHere', () => {
        if (answers.saveHere !== false) stored.here = [...screen.here]
      })
      return answers.saveHere ?? true
    },
  }
  return { steps, screen, stored, remembered, took }
}

const names = ['place', 'saveThere', 'remember', 'takeOut', 'saveHere'] as const
const breaks = names.flatMap((name) => [`before ${name}`, `after ${name}`])

describe('over the wall', () => {
  it('saves there, remembers, takes out here, saves here: in this order and no other', async () => {
    const moved = notes(null)
    expect(await carryAcross('move', moved.steps)).toBe('moved')
    expect(moved.took).toEqual(names)
    expect(moved.stored).toEqual({ here: [], there: [WORDS] })
    const copied = notes(null)
    expect(await carryAcross('copy', copied.steps)).toBe('copied')
    expect(copied.stored).toEqual({ here: [WORDS], there: [WORDS] })
    expect(copied.remembered).toEqual([WORDS])
  })

  it('broken off at any step, the words are in both or in one, never in none; a second try makes no second copy', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...breaks),
        fc.constantFrom('move' as const, 'copy' as const),
        async (at, how) => {
          const broken = notes(at)
          await carryAcross(how, broken.steps).catch(() => undefined)
          const { here, there } = broken.stored
          expect([...here, ...there]).toContain(WORDS)
          // What is not remembered was not taken out.
          if (here.length === 0) expect(broken.remembered).toEqual([WORDS])

          // After the crash: what is stored is on the screen again, and the person moves it once more.
          const again = notes(null)
          again.screen.here = [...here]
          again.screen.there = [...there]
          await carryAcross(how, again.steps)
          expect(again.stored.there).toEqual([WORDS])
        },
      ),
    )
  })

  it('takes nothing out when it is not saved there, or not remembered, or not the same words any more', async () => {
    const unsaved = notes(null, { saveThere: false })
    expect(await carryAcross('move', unsaved.steps)).toBe('not-saved')
    expect(unsaved.screen.here).toEqual([WORDS])
    expect(unsaved.took).toEqual(['place', 'saveThere'])

    const forgotten = notes('before remember')
    expect(await carryAcross('move', forgotten.steps)).toBe('not-remembered')
    expect(forgotten.stored).toEqual({ here: [WORDS], there: [WORDS] })

    const changed = notes(null, { takeOut: false })
    expect(await carryAcross('move', changed.steps)).toBe('changed')
    expect(changed.stored).toEqual({ here: [WORDS], there: [WORDS] })
  })
})
