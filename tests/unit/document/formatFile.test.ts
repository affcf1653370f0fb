import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  check,
  draftOf,
  emptyDraft,
  keyFor,
  moved,
  newGroup,
} from '../../../src/renderer/features/templates/formatDraft.ts'
import { builtInFormats, soap } from '../../../src/shared/document/formats/builtIn.ts'
import { format } from '../../../src/shared/document/formats/format.ts'
import { readFormatFile, writeFormatFile } from '../../../src/shared/document/formats/formatFile.ts'

const KEY = '018f0000-0000-7000-8000-000000000001'

test('every built-in format goes out as a file and comes in as it was, without its key', () => {
  for (const each of builtInFormats) {
    for (const file of [writeFormatFile(each), `\ufeff${writeFormatFile(each)}`]) {
      const read = readFormatFile(file)
      expect(typeof read === 'string' ? read : { key: each.key, ...read }).toEqual(each)
    }
  }
  expect(writeFormatFile({ ...soap, key: KEY })).not.toContain(KEY)
})

test('what is no format, of a later Bracket, or changed, is told apart and never taken', () => {
  const whole = JSON.parse(writeFormatFile(soap)) as Record<string, unknown>
  const kept = whole['format'] as Record<string, unknown>
  const read = (value: unknown) => readFormatFile(JSON.stringify(value))
  for (const other of ['', 'SOAP', '[]', 'null', '{"kind":"note","version":1}', '<html></html>'])
    expect(readFormatFile(other)).toBe('NOT_ONE')
  expect(read({ ...whole, version: 2, more: true })).toBe('NEWER')
  expect(read({ ...whole, client: 'Ana' })).toBe('DAMAGED')
  expect(read({ ...whole, format: { ...kept, key: KEY } })).toBe('DAMAGED')
  expect(read({ ...whole, format: { ...kept, sections: [] } })).toBe('DAMAGED')
  expect(read({ ...whole, format: { ...kept, name: 'S\u202eOAP' } })).toBe('DAMAGED')
  for (const key of ['private', 'private-culture']) {
    const section = { key, label: 'Mine', prompt: '', required: false }
    expect(read({ ...whole, format: { ...kept, sections: [section] } })).toBe('DAMAGED')
  }
})

test('no file whatever makes reading throw', () => {
  const whole = writeFormatFile(soap)
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string(),
        fc.json(),
        fc.nat(whole.length).map((at) => whole.slice(0, at)),
      ),
      (text) => {
        const read = readFormatFile(text)
        if (typeof read !== 'string') expect(format.omit({ key: true }).safeParse(read).success).toBe(true)
      },
    ),
  )
})

test('keys are letters and hyphens, short enough, and nobody else’s', () => {
  expect(keyFor('Morning routine', new Set())).toBe('own-morning-routine')
  expect(keyFor('Morning routine', new Set(['own-morning-routine']))).toBe('own-morning-routine-b')
  expect(keyFor('日本', new Set())).toBe('own-heading')
  fc.assert(
    fc.property(fc.array(fc.string({ unit: 'grapheme', maxLength: 60 }), { maxLength: 60 }), (labels) => {
      const taken = new Set<string>()
      for (const label of labels) {
        const key = keyFor(label, taken)
        expect(key).toMatch(/^[a-z][a-z-]{0,31}$/u)
        expect(taken.has(key)).toBe(false)
        taken.add(key)
      }
    }),
  )
})

test('renaming a heading leaves its key; a copy keeps the keys; a new heading gets one', () => {
  const draft = draftOf(soap, 'Mine')
  const renamed = {
    ...draft,
    sections: [
      ...draft.sections.map((s, at) => (at === 0 ? { ...s, label: 'What was said' } : s)),
      { id: -1, key: null, label: 'Sleep', prompt: '  Hours,\n and how ', required: true },
    ],
  }
  const checked = check(renamed, [])
  expect(checked).toMatchObject({ ok: true })
  if (!checked.ok) return
  expect(checked.format.sections.map((s) => [s.key, s.label])).toEqual([
    ['subjective', 'What was said'],
    ['objective', 'Objective'],
    ['assessment', 'Assessment'],
    ['plan', 'Plan'],
    ['own-sleep', 'Sleep'],
  ])
  expect(checked.format.sections.at(-1)).toMatchObject({ prompt: 'Hours, and how', required: true })
  expect(format.safeParse({ key: KEY, ...checked.format }).success).toBe(true)
})

test('what cannot stay as it is is said of the field that it is about', () => {
  const draft = draftOf(soap, 'Mine')
  const said = (change: Partial<typeof draft>, names: readonly string[] = []) => {
    const checked = check({ ...draft, ...change }, names)
    return checked.ok ? null : [checked.field, checked.sentence]
  }
  expect(said({})).toBeNull()
  expect(said({ name: '  ' })).toEqual(['name', 'Please give the format a name.'])
  expect(said({ name: 'dap' }, ['DAP'])?.[0]).toBe('name')
  expect(said({ sections: [] })?.[0]).toBe('sections')
  const [first, second] = draft.sections
  if (first === undefined || second === undefined) throw new Error('two headings')
  expect(said({ sections: [first, { ...second, label: 'subjective ' }] })?.[0]).toBe(`${second.id}`)
  expect(said({ sections: [{ ...first, label: 'x'.repeat(121) }] })).toEqual([
    `${first.id}`,
    'A heading has room for 120 letters; this has 121.',
  ])
  expect(said({ sections: [{ ...first, prompt: 'a\u202eb' }] })?.[0]).toBe(`${first.id} prompt`)
  const group = { ...newGroup(), label: 'Focus' }
  expect(said({ groups: [group] })?.[0]).toBe(`${group.id} options`)
  expect(said({ groups: [{ ...group, options: 'Sleep\n\nSleep\n Mood' }] })).toBeNull()
  expect(check(emptyDraft(), []).ok).toBe(false)
})

test('a row moves by one place and stays at the ends', () => {
  expect(moved(['a', 'b', 'c'], 0, 1)).toEqual(['b', 'a', 'c'])
  expect(moved(['a', 'b', 'c'], 2, -1)).toEqual(['a', 'c', 'b'])
  expect(moved(['a', 'b', 'c'], 0, -1)).toEqual(['a', 'b', 'c'])
  expect(moved(['a', 'b', 'c'], 2, 1)).toEqual(['a', 'b', 'c'])
})
