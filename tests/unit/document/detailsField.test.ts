import { expect, test, vi } from 'vitest'
import { DetailsField } from '../../../src/renderer/features/write/DetailsField.ts'
import { type Details, details, noDetails, ROWS_MAX } from '../../../src/shared/document/details.ts'

const blank = { name: '', outcome: null, said: '' }

function watched(start: Details = noDetails) {
  const field = new DetailsField(start)
  const saving = vi.fn<() => void>()
  const looking = vi.fn<() => void>()
  field.subscribe(saving)
  field.onLook(looking)
  const rows = () => field.entries('interventions', blank)
  return { field, saving, looking, rows, first: () => rows()[0] ?? { id: 0, row: blank } }
}

test('a blank row to begin in is not in the note until something is written, and keeps its name then', () => {
  const { field, saving, looking, rows, first } = watched()
  const { id } = first()
  expect(first().id).toBe(id)
  expect(field.read()).toBe(noDetails)
  expect(saving).not.toHaveBeenCalled()
  field.write('interventions', id, { name: 'G' })
  expect(field.read().interventions).toEqual([{ ...blank, name: 'G' }])
  expect(rows().map((row) => row.id)).toEqual([id])
  expect([saving.mock.calls.length, looking.mock.calls.length]).toEqual([1, 1])
  field.remove('interventions', id)
  expect(first().id).not.toBe(id)
})

test('a letter more tells the autosave and no part of the screen; a first or last letter and a choice tell both', () => {
  const { field, saving, looking, first } = watched()
  const { id } = first()
  for (const name of ['G', 'Gr', 'Gro', 'Gr']) field.write('interventions', id, { name })
  expect([saving.mock.calls.length, looking.mock.calls.length]).toEqual([4, 1])
  field.write('interventions', id, { name: '' })
  field.write('interventions', id, { outcome: 'helped' })
  expect([saving.mock.calls.length, looking.mock.calls.length]).toEqual([6, 3])
  expect(field.look('interventions')).toBe(3)
  expect(field.look('objectives')).toBe(0)
})

test('what was removed comes back as it last stood, where it stood', () => {
  const named = ['a', 'b', 'c'].map((name) => ({ ...blank, name }))
  const { field, rows } = watched({ ...noDetails, interventions: named })
  const [, second] = rows()
  const ids = rows().map(({ id }) => id)
  field.write('interventions', second?.id ?? 0, { said: 'typed since' })
  const putBack = field.remove('interventions', second?.id ?? 0)
  expect(field.read().interventions.map(({ name }) => name)).toEqual(['a', 'c'])
  putBack()
  expect(field.read().interventions[1]).toEqual({ ...blank, name: 'b', said: 'typed since' })
  expect(rows().map(({ id }) => id)).toEqual(ids)
  // Pressed twice, or a row that is gone: nothing.
  expect(field.write('interventions', 99, { name: 'x' })).toBe(false)
  field.remove('interventions', 99)()
  expect(field.read().interventions).toHaveLength(3)
})

test('a line that is on the screen to be written in is kept, also among the rows of several versions', () => {
  const rows = Array.from({ length: ROWS_MAX + 5 }, (_, n) => ({ key: 'mood', chosen: [], said: `${n}` }))
  const field = new DetailsField({ ...noDetails, findings: rows })
  const blankFinding = { key: 'speech', chosen: [], said: '' }
  const [line] = field.entries('findings', blankFinding, {
    at: 'speech',
    mine: (row) => row.key === 'speech',
  })
  expect(field.write('findings', line?.id ?? 0, { said: 'Slow' })).toBe(true)
  expect(field.read().findings.at(-1)).toEqual({ ...blankFinding, said: 'Slow' })
  expect(details.safeParse(field.read()).success).toBe(true)
})

test('a full list takes no more, and what is in it can still be saved', () => {
  const { field } = watched()
  for (let n = 0; n < ROWS_MAX + 3; n += 1) field.add('interventions', { ...blank, name: String(n) })
  expect(field.read().interventions).toHaveLength(ROWS_MAX)
  expect(field.full('interventions')).toBe(true)
  expect(field.add('interventions', { ...blank })).toBe(null)
  expect(details.safeParse(field.read()).success).toBe(true)
  // A removed row that has no room says so, and can be put back later.
  const [first, second] = field.entries('interventions', blank)
  const putBack = field.remove('interventions', first?.id ?? 0)
  field.add('interventions', { ...blank, name: 'in its place' })
  expect(putBack()).toBe(false)
  field.remove('interventions', second?.id ?? 0)
  expect(putBack()).toBe(true)
  expect(field.read().interventions[0]?.name).toBe('0')
})
