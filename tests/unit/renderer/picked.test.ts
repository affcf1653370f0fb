import { describe, expect, it } from 'vitest'
import { resolve } from '../../../src/renderer/features/schedule/picked.ts'
import { matches } from '../../../src/renderer/ui/matches.ts'

const clients = [
  { id: '1', name: 'Ana Ruiz' },
  { id: '2', name: 'Zoë O’Brien-Smith' },
  { id: '3', name: 'Sam Lee' },
  { id: '4', name: 'Sam Lee' },
]
const typed = (text: string) => ({ text, clientId: null, isNew: false })

describe('who is meant by a typed name', () => {
  it('is the chosen one, or the one whose name is typed in full', () => {
    expect(resolve({ text: 'Ana Ruiz', clientId: '1', isNew: false }, clients)).toEqual({ clientId: '1' })
    expect(resolve(typed(' ana ruiz '), clients)).toEqual({ clientId: '1' })
  })

  it('is somebody new when nobody is like it', () => {
    expect(resolve(typed('Bo'), clients)).toEqual({ newName: 'Bo' })
  })

  it('must be chosen when it begins like a name, so that no second file is made by accident', () => {
    expect(resolve(typed('Ana'), clients)).toBe('unclear')
    expect(resolve({ text: 'Ana', clientId: null, isNew: true }, clients)).toEqual({ newName: 'Ana' })
  })

  it('must be chosen when two are called so', () => {
    expect(resolve(typed('Sam Lee'), clients)).toBe('unclear')
  })

  it('is another one of that name where that was chosen', () => {
    const another = { clientId: null, isNew: true }
    expect(resolve({ text: 'Sam Lee', ...another }, clients)).toEqual({ newName: 'Sam Lee' })
    expect(resolve({ text: 'Ana Ruiz', ...another }, clients)).toEqual({ newName: 'Ana Ruiz' })
  })
})

describe('filtering names', () => {
  it('minds neither accents nor case nor the order of words', () => {
    for (const text of ['zoe', 'ZOË', 'smith zoe', 'brien', 'o’b'])
      expect([text, matches('Zoë O’Brien-Smith', text)]).toEqual([text, true])
  })

  it('finds the beginning of words in any script', () => {
    expect(matches('נועה לוי', 'לו')).toBe(true)
    expect(matches('Ana Ruiz', 'xu')).toBe(false)
  })
})
