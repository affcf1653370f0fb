import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { chance } from '../../reliability/chance.ts'
import type { Act } from '../../reliability/disk/journal.ts'
import { PowerCut, type Loss } from '../../reliability/disk/powerCut.ts'

let directory: string
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'bracket-cut-'))
})
afterEach(() => rmSync(directory, { recursive: true, force: true }))

const ROOT = '/disk'
const act = (op: Act['op'], name: string, offset = 0, data = ''): Act => ({
  op,
  path: name === '' ? ROOT : join(ROOT, name),
  offset,
  data: Buffer.from(data),
})

function after(acts: readonly Act[], loss: Loss = 'dropped', seed = 1): Record<string, string> {
  const target = mkdtempSync(join(directory, 'left-'))
  new PowerCut(ROOT, { there: Buffer.from('before') }, acts, acts.length).leave(target, loss, chance(seed))
  return Object.fromEntries(
    readdirSync(target).map((name) => [name, readFileSync(join(target, name), 'utf8')]),
  )
}

test('what was synced is there, what was not is dropped', () => {
  const written = [act('write', 'there', 0, 'BEF'), act('sync', 'there'), act('write', 'there', 3, 'ORE!')]
  expect(after(written)).toEqual({ there: 'BEFore' })
  expect(after([...written, act('sync', 'there')])).toEqual({ there: 'BEFORE!' })
  expect(after([act('truncate', 'there', 2), act('sync', 'there')])).toEqual({ there: 'be' })
})

test('a name is certain only once its directory was synced', () => {
  const made = [act('create', 'new'), act('write', 'new', 0, 'words'), act('sync', 'new')]
  expect(after(made)).toEqual({ there: 'before' })
  expect(after([...made, act('sync', '')])).toEqual({ there: 'before', new: 'words' })
  const moved = [...made, act('sync', ''), act('rename', 'new', 0, join(ROOT, 'there'))]
  expect(after(moved)).toEqual({ there: 'before', new: 'words' })
  expect(after([...moved, act('sync', '')])).toEqual({ there: 'words' })
})

test('what was not synced may be there, or in part: in many cuts all of it is seen', () => {
  const seen = new Set<string>()
  const acts = [act('write', 'there', 0, 'a'.repeat(1024))]
  for (let seed = 1; seed < 60; seed += 1) seen.add(after(acts, 'mixed', seed)['there'] ?? '')
  expect(seen).toContain('before')
  expect(seen).toContain('a'.repeat(1024))
  expect(seen.size).toBeGreaterThan(2)
})
