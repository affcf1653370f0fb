import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decodeText } from '../../../src/main/shorthand/decode.ts'
import { readGlossary, ROWS_MAX, writeGlossary } from '../../../src/shared/domain/glossaryCsv.ts'

const rows = (text: string) => readGlossary(text).rows.map(({ short, long }) => [short, long])
const reasons = (text: string) => readGlossary(text).leftOut.map(({ line, reason }) => [line, reason])

describe('a glossary file', () => {
  it.each([
    ['commas', 'sx,symptoms\ntx,treatment'],
    ['semicolons', 'sx;symptoms\ntx;treatment'],
    ['tabs', 'sx\tsymptoms\ntx\ttreatment'],
    ['headings', 'Short,Expansion\nsx,symptoms\ntx,treatment'],
    ["Excel's first line", 'sep=;\nsx;symptoms\ntx;treatment'],
    ['a mark and CRLF', '\ufeffsx,symptoms\r\ntx,treatment\r\n'],
    ['old ends of lines', 'sx,symptoms\rtx,treatment\r'],
    ['quotes', '"sx","symptoms"\n"tx","treatment"'],
    ['spaces and semicolons before', ' ;SX , symptoms \n;tx,treatment'],
    ['empty columns after', 'sx,symptoms,,\ntx,treatment,,'],
    ['blank lines', '\nsx,symptoms\n\n,\ntx,treatment\n\n'],
  ])('is read with %s', (_, text) => {
    expect(rows(text)).toEqual([
      ['sx', 'symptoms'],
      ['tx', 'treatment'],
    ])
    expect(reasons(text)).toEqual([])
  })

  it('keeps what quotes hold together', () => {
    expect(rows('a,"one, two; ""three"""\nb,"line 1\nline 2"\nc,5" screen')).toEqual([
      ['a', 'one, two; "three"'],
      ['b', 'line 1\nline 2'],
      ['c', '5" screen'],
    ])
  })

  it('says of every line that is left out where it is and why', () => {
    const file = [
      'sx,symptoms',
      'alone',
      'a b,two words',
      'many,one,two',
      'SX,again',
      'none,',
      `long,${'x'.repeat(2001)}`,
      'open,"never closed',
    ].join('\n')
    expect(rows(file)).toEqual([['sx', 'symptoms']])
    expect(reasons(file)).toEqual([
      [2, 'NO_EXPANSION'],
      [3, 'SHORT_FORM'],
      [4, 'MORE_COLUMNS'],
      [5, 'TWICE'],
      [6, 'NO_EXPANSION'],
      [7, 'TOO_LONG'],
      [8, 'QUOTES'],
    ])
  })

  it('counts lines through quotes', () => {
    expect(reasons('a,"1\n2\n3"\nbad\n')).toEqual([[4, 'NO_EXPANSION']])
  })

  it('has an end', () => {
    const file = Array.from({ length: ROWS_MAX + 3 }, (_, i) => `s${i},x`).join('\n')
    const read = readGlossary(file)
    expect(read.rows).toHaveLength(ROWS_MAX)
    expect(read.leftOut.map(({ reason }) => reason)).toEqual(['TOO_MANY', 'TOO_MANY', 'TOO_MANY'])
  })

  it('never throws, and accounts for every row, whatever is in it', () => {
    const cell = fc.oneof(
      fc.constantFrom('"', ',', ';', '\t', '\n', 'sx', '\0', '""'),
      fc.string({ unit: 'binary' }),
    )
    fc.assert(
      fc.property(fc.array(cell, { maxLength: 40 }), (parts) => {
        const { rows: found, leftOut } = readGlossary(parts.join(''))
        expect(new Set(found.map(({ short }) => short)).size).toBe(found.length)
        for (const { long } of found) expect(long.trim()).not.toBe('')
        for (const { line } of leftOut) expect(line).toBeGreaterThan(0)
      }),
      { numRuns: 200 },
    )
  })

  it('comes back as it went out', () => {
    const short = fc.stringMatching(/^[a-z0-9][a-z0-9_-]{0,19}$/u)
    const long = fc
      .string({ minLength: 1, maxLength: 200 })
      .map((words) => words.replace(/[\r\0\ufeff]/gu, '').trim())
      .filter((words) => words !== '')
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.record({ short, long }), {
          selector: (row) => row.short,
          minLength: 1,
          maxLength: 30,
        }),
        (given) => {
          const read = readGlossary(writeGlossary(given))
          expect(read).toEqual({ rows: given, leftOut: [] })
        },
      ),
      { numRuns: 150 },
    )
  })
})

describe('the bytes of a file', () => {
  const text = 'sx,síntomas – “ja”\n'
  const wide = (mark: boolean, swap: boolean): Uint8Array => {
    const bytes = Buffer.from((mark ? '\ufeff' : '') + text.repeat(4), 'utf16le')
    return swap ? bytes.swap16() : bytes
  }
  it('are read in whatever they were written', () => {
    expect(decodeText(new TextEncoder().encode(text))).toBe(text)
    expect(decodeText(Buffer.from('sx,s\xedntomas\n', 'latin1'))).toBe('sx,síntomas\n')
    for (const mark of [true, false])
      for (const swap of [true, false]) expect(decodeText(wide(mark, swap))?.endsWith(text)).toBe(true)
  })

  it('are refused where they are no text', () => {
    expect(decodeText(Uint8Array.of(0x50, 0x4b, 3, 4, 20, 0, 0, 0, 8, 0, 1, 2, 3))).toBeNull()
    expect(decodeText(new Uint8Array())).toBe('')
  })
})
