import { describe, expect, it } from 'vitest'
import { ageAt } from '../../../src/renderer/features/client/age.ts'
import { comboOf } from '../../../src/renderer/app/keys.ts'
import { elapsedText } from '../../../src/renderer/api/duration.ts'

const key = (
  name: string,
  held: Partial<Record<'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey', boolean>> = {},
) => ({ key: name, ctrlKey: false, metaKey: false, altKey: false, shiftKey: false, ...held }) as KeyboardEvent

describe('a combination of keys', () => {
  it('is written as the table writes it', () => {
    expect(comboOf(key('k', { ctrlKey: true }), false)).toBe('Mod+K')
    expect(comboOf(key('F', { ctrlKey: true, shiftKey: true }), false)).toBe('Mod+Shift+F')
    expect(comboOf(key('F6', { shiftKey: true }), false)).toBe('Shift+F6')
    expect(comboOf(key('ArrowUp', { ctrlKey: true, altKey: true }), false)).toBe('Mod+Alt+ArrowUp')
  })

  it('is ⌘ on macOS and not Ctrl', () => {
    expect(comboOf(key('k', { metaKey: true }), true)).toBe('Mod+K')
    expect(comboOf(key('k', { ctrlKey: true }), true)).toBeNull()
  })

  it('is the sign that was typed, with Shift or without', () => {
    expect(comboOf(key('/', { ctrlKey: true, shiftKey: true }), false)).toBe('Mod+/')
    expect(comboOf(key(',', { ctrlKey: true }), false)).toBe('Mod+,')
  })

  it('is nothing for what is typed into a field', () => {
    for (const name of ['a', 'A', '1', 'Enter', 'Escape', ' '])
      expect([name, comboOf(key(name), false)]).toEqual([name, null])
  })
})

describe('ages and durations', () => {
  it('turn on the birthday', () => {
    expect(ageAt('1990-11-23', '2026-11-22')).toBe(35)
    expect(ageAt('1990-11-23', '2026-11-23')).toBe(36)
    expect(ageAt('2027-01-01', '2026-11-23')).toBeNull()
  })

  it('are written in hours, minutes and seconds', () => {
    expect(elapsedText(0)).toBe('0:00')
    expect(elapsedText(247_900)).toBe('4:07')
    expect(elapsedText(3_847_000)).toBe('1:04:07')
    expect(elapsedText(-5)).toBe('0:00')
  })
})
