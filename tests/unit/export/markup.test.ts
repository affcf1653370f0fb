import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { cssString, done, markup } from '../../../src/main/export/escape.ts'
import { prose } from '../../../src/main/export/prose.ts'
import { fileName } from '../../../src/main/export/fileName.ts'
import { textOf } from '../../../src/shared/document/blocks.ts'
import { readSection } from '../../../src/shared/document/sectionBlocks.ts'
import { wordsOf } from '../../support/paperText.ts'

const anyText = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.string({ unit: 'grapheme' }),
  fc.constantFrom(
    '</style><script>x</script>',
    '"><img src=x onerror=y>',
    '&lt;b&gt;',
    '</main>',
    '$&$1',
    '\\"}',
  ),
)

describe('what a person typed', () => {
  test('never becomes markup, and reads the same', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const made = markup`<p title="${text}">${text}</p>`
        expect(made.match(/[<>]/gu)).toEqual(['<', '>', '<', '>'])
        expect(made.match(/"/gu)).toHaveLength(2)
        expect(wordsOf(made)).toBe(text)
      }),
    )
  })

  test('is escaped once, also in lists and in markup inside markup', () => {
    const inner = done(markup`<b>${'a & b'}</b>`)
    expect(markup`<p>${[inner, '<', 3, null, false]}</p>`).toBe('<p><b>a &amp; b</b>&lt;3</p>')
  })

  test('in a style is letters, digits and code points, and reads the same', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        const made = cssString(text)
        expect(made).toMatch(/^"(?:[A-Za-z0-9]|\\[0-9a-f]{6})*"$/u)
        const read = made
          .slice(1, -1)
          .replace(/\\([0-9a-f]{6})/gu, (_, hex: string) => String.fromCodePoint(Number.parseInt(hex, 16)))
        expect(read).toBe(text)
      }),
    )
  })

  test('is on paper word for word, whatever its look', () => {
    const state = (format: number, text: string) =>
      JSON.stringify({
        root: { children: [{ type: 'paragraph', children: [{ type: 'text', text, format }] }] },
      })
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.integer({ min: 0, max: 3 }), (text, format) => {
        for (const lexical of [null, '{', '{"root":{"children":[{"type":"image"}]}}', state(format, text)]) {
          const { blocks, damaged } = readSection({ text, lexical })
          const made = prose({ text, lexical })
          expect(made.includes('could not be read')).toBe(damaged)
          const letters = (value: string): string => value.replace(/\s|^[•>] /gmu, '')
          expect(letters(wordsOf(made)).startsWith(letters(textOf(blocks)))).toBe(true)
        }
      }),
      { numRuns: 300 },
    )
  })

  test('keeps bold, italic, bullets and quotes', () => {
    const text = (t: string, format = 0) => ({ type: 'text', text: t, format })
    const lexical = JSON.stringify({
      root: {
        children: [
          { type: 'paragraph', children: [text('a'), text('b', 1), text('c', 2), text('d', 3)] },
          {
            type: 'list',
            children: [
              { type: 'listitem', children: [text('one')] },
              { type: 'listitem', children: [text('two')] },
            ],
          },
          { type: 'quote', children: [text('said')] },
        ],
      },
    })
    expect(prose({ text: 'abcd\n• one\n• two\n> said', lexical })).toBe(
      '<p dir="auto">a<strong>b</strong><em>c</em><strong><em>d</em></strong></p>' +
        '<ul dir="auto"><li dir="auto">one</li><li dir="auto">two</li></ul>' +
        '<blockquote dir="auto">said</blockquote>',
    )
  })
})

describe('the file’s name', () => {
  test('says days and nothing else unless the name was chosen', () => {
    expect(fileName('2026-11-24', null)).toBe('bracket-note-2026-11-24.pdf')
    expect(fileName({ from: '2026-11-01', to: '2026-11-30' }, null)).toBe(
      'bracket-notes-2026-11-01-to-2026-11-30.pdf',
    )
    expect(fileName('2026-11-24', 'Ines Moreau')).toBe('bracket-note-Ines Moreau-2026-11-24.pdf')
  })

  test('fits every system, whoever it is about', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 120 }), (name) => {
        const made = fileName({ from: '2026-11-01', to: '2026-11-30' }, name)
        // oxlint-disable-next-line no-control-regex -- exactly what no system takes
        expect(made).not.toMatch(/[\u0000-\u001f/\\:*?"<>|\u202e]/u)
        expect(Buffer.byteLength(made)).toBeLessThan(240)
        expect(made).toMatch(/^bracket-notes-.*2026-11-30\.pdf$/u)
      }),
    )
    expect(fileName('2026-11-24', '../../etc/passwd')).toBe('bracket-note-.. .. etc passwd-2026-11-24.pdf')
    expect(fileName('2026-11-24', '///')).toBe('bracket-note-2026-11-24.pdf')
  })
})
