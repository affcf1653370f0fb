import { expect, test } from 'vitest'
import { kindOfAction, logAction, logKind } from '../../../src/shared/contract/auditLog.ts'
import { findingWords, kinds, wordsFor } from '../../../src/renderer/features/log/words.ts'
import { notices } from '../../../src/renderer/unlock/Noticed.tsx'
import { stops } from '../../../src/renderer/unlock/Stopped.tsx'
import { notice, stopReason } from '../../../src/shared/contract/vault.ts'

test('every action has words of its own, with one and with many', () => {
  const said = logAction.options.map((action) => wordsFor(action, 2))
  expect(new Set(said).size).toBe(said.length)
  for (const action of logAction.options) {
    for (const count of [null, 0, 1, 2, 41]) {
      expect(wordsFor(action, count), action).toMatch(/^[A-Z\d].*[^.]$/u)
      expect(wordsFor(action, count), action).not.toMatch(/undefined|null|-/u)
    }
  }
})

test('every kind can be chosen, and holds something', () => {
  expect(kinds.map(({ key }) => key)).toEqual(['all', ...logKind.options])
  for (const kind of logKind.options) expect(Object.values(kindOfAction)).toContain(kind)
})

test('what the check found is said, and only what is well looks well', () => {
  const all = { checked: 12, brokenAt: null }
  expect(findingWords({ ...all, witness: 'agrees' })).toMatchObject({ good: true })
  expect(findingWords({ ...all, witness: 'none' }).text).toContain('no keychain')
  for (const witness of ['missing', 'differs', 'ahead'] as const) {
    expect(findingWords({ ...all, witness }).good).toBe(false)
  }
  const broken = findingWords({ checked: 6, brokenAt: 7, witness: 'agrees' })
  expect(broken.good).toBe(false)
  expect(broken.text).toContain('Entry 7')
})

test('every notice and every stop says what happened, what is safe and what to do', () => {
  for (const reason of notice.options) {
    const { title, happened, safe, todo } = notices[reason]
    for (const text of [happened, safe, todo]) expect(text.endsWith('.'), reason).toBe(true)
    expect(title.length).toBeLessThan(60)
  }
  for (const reason of stopReason.options) {
    const { happened, safe, todo } = stops[reason]
    for (const text of [happened, safe, todo]) expect(text.endsWith('.'), reason).toBe(true)
  }
})
