import fc from 'fast-check'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { openLog } from '../../../src/main/logging/log.ts'

function directory(): string {
  const made = mkdtempSync(path.join(tmpdir(), 'bracket-log-'))
  onTestFinished(() => rmSync(made, { recursive: true, force: true }))
  return path.join(made, 'profile')
}

const NOON = Date.UTC(2025, 5, 2, 12)

test('a line says when, what and which code', () => {
  const place = directory()
  const log = openLog(place, () => NOON)
  log('store', 'DAMAGE')
  log('notes.save', 'OUTPUT_SHAPE')
  log('page-lost')
  const file = path.join(place, 'bracket.log')
  expect(readFileSync(file, 'utf8')).toBe(
    '2025-06-02T12:00:00.000Z store DAMAGE\n2025-06-02T12:00:00.000Z notes.save OUTPUT_SHAPE\n2025-06-02T12:00:00.000Z page-lost\n',
  )
  expect(statSync(file).mode & 0o777).toBe(0o600)
})

test('nothing that anybody could have written gets in: no spaces, lines, letters beyond codes, no length', () => {
  const place = directory()
  const log = openLog(place, () => NOON)
  fc.assert(
    fc.property(fc.string({ unit: 'binary', minLength: 1, maxLength: 100 }), (text) => {
      rmSync(place, { recursive: true, force: true })
      log(text, text)
      expect(readFileSync(path.join(place, 'bracket.log'), 'utf8')).toMatch(
        /^[\dT:.Z-]{24}( [\w.:-]{1,80}){0,2}\n$/,
      )
    }),
    { numRuns: 100 },
  )
  log('She said she was\nfine', 'Zoë')
  expect(readFileSync(path.join(place, 'bracket.log'), 'utf8')).toContain(' - -\n')
})

test('it stays small: one older file is kept and no more', () => {
  const place = directory()
  const log = openLog(place, () => NOON)
  log('first')
  for (let round = 0; round < 3; round += 1) {
    writeFileSync(path.join(place, 'bracket.log'), 'x'.repeat(300_000))
    log('round', String(round))
  }
  expect(readdirSync(place).sort()).toEqual(['bracket.log', 'bracket.log.1'])
  expect(readFileSync(path.join(place, 'bracket.log'), 'utf8')).toMatch(/round 2\n$/)
})

test('a log that cannot be written stops nobody', () => {
  const place = directory()
  openLog(place, () => NOON)('made')
  const beneath = path.join(place, 'bracket.log', 'not a directory')
  expect(() => openLog(beneath, () => NOON)('event')).not.toThrow()
  expect(() => openLog(place, () => Number.NaN)('event')).not.toThrow()
  expect(existsSync(beneath)).toBe(false)
})
