import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  exactly,
  expand,
  FACTS,
  FILL_IN,
  insideQuotes,
  type Known,
  matching,
  partsOf,
  pronounsOf,
  shortOf,
  typedShort,
} from '../../../src/shared/domain/shorthand.ts'

const known: Known = {
  day: (n) => `day ${n}`,
  fact: (fact) => (fact === 'pronouns' || fact === 'their' ? null : `<${fact}>`),
}
const text = (long: string, typed = ''): string => expand(long, known, typed).text

describe('an expansion', () => {
  it('takes dates, names and gaps out of braces, and leaves every other brace as it is', () => {
    expect(text('Seen {today}; next {today+7}, before {today - 14}.')).toBe(
      'Seen day 0; next day 7, before day -14.',
    )
    expect(text('{client} ({first-name}) on {session-date}')).toBe(
      '<client> (<first-name>) on <session-date>',
    )
    expect(text('{Student} {first name} {LAST_SESSION}')).toBe('<client> <first-name> <last-session>')
    expect(text('{unheard} {} {a{b}c} {today+99999} {today+}')).toBe(
      '{unheard} {} {a{b}c} {today+99999} {today+}',
    )
  })

  it('keeps what is not known as a gap that can be seen and found', () => {
    const { text: words, fillIns } = expand('{pronouns} came with {?who}. {?} {?a [b]? c}', known)
    expect(words).toBe('[pronouns?] came with [who?]. [?] [a b c?]')
    expect(fillIns.map(({ start, end }) => words.slice(start, end))).toEqual([
      '[pronouns?]',
      '[who?]',
      '[?]',
      '[a b c?]',
    ])
    expect(words.match(FILL_IN)).toHaveLength(4)
  })

  it('begins with a capital when the short form did, or the name in braces', () => {
    expect(text('sleeps well', 'Sw')).toBe('Sleeps well')
    expect(text('sleeps well', 'sw')).toBe('sleeps well')
    expect(text('ßo', 'S')).toBe('ßo')
    expect(text('{?who} came', 'W')).toBe('[who?] came')
    expect(expand('{They} said', { ...known, fact: () => 'she' }).text).toBe('She said')
  })

  it('loses no word, whatever is in it', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 120 }), (long) => {
        const { text: words, fillIns } = expand(long, known)
        for (const { start, end } of fillIns) expect(words.slice(start, end)).toMatch(FILL_IN)
        const plain = partsOf(long).flatMap((part) => (part.kind === 'text' ? [part.text] : []))
        for (const part of plain) expect(words).toContain(part)
        if (!long.includes('{')) expect(words).toBe(long)
      }),
      { numRuns: 120 },
    )
  })

  it('finds every gap again in the text that was made', () => {
    const part = fc.oneof(
      fc.constantFrom('{?}', '{?what was said}', '{?x}', ...FACTS.map((fact) => `{${fact}}`)),
      fc.string({ maxLength: 12 }).filter((words) => !/[{}[\]?]/u.test(words)),
    )
    fc.assert(
      fc.property(fc.array(part, { maxLength: 12 }), (parts) => {
        const { text: words, fillIns } = expand(parts.join(''), known)
        const found = [...words.matchAll(FILL_IN)].map(({ index, 0: label }) => [index, index + label.length])
        expect(found).toEqual(fillIns.map(({ start, end }) => [start, end]))
      }),
    )
  })
})

describe('what is typed', () => {
  it.each([
    [';sx', 'sx'],
    ['Reports ;sx', 'sx'],
    ['one\n;Sx', 'Sx'],
    ['(;sx', 'sx'],
    [';ñandú', 'ñandú'],
    [';症状', '症状'],
    [';5', '5'],
  ])('%j begins shorthand', (before, short) => expect(typedShort(before)).toBe(short))

  it.each([
    ';',
    ';)',
    '; then',
    'a;b',
    'sx;',
    ';sx ',
    ';sx.',
    ';-)',
    ';;sx',
    'x;sx',
    ':sx',
    `;${'a'.repeat(21)}`,
  ])('%j is prose', (before) => expect(typedShort(before)).toBeNull())

  it('is never more than a short form, and never changes what it matches by case', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 40 }), (before) => {
        const typed = typedShort(before)
        if (typed === null) return
        expect(before.endsWith(`;${typed}`)).toBe(true)
        expect(shortOf(typed.normalize('NFC'))).not.toBeUndefined()
      }),
    )
  })

  it("leaves the client's own words alone", () => {
    for (const inside of ['said “', 'said "', 'dijo «', 'sagte „', '„eins“ „', '"a" and "', '“eins” “'])
      expect(insideQuotes(`${inside};sx`)).toBe(true)
    for (const outside of [
      '',
      'said “yes” ',
      'said "yes" ',
      'dijo «sí» ',
      '„ja“ ',
      "didn't ",
      'five o’clock ',
    ])
      expect(insideQuotes(`${outside};sx`)).toBe(false)
  })
})

describe('a short form', () => {
  it('is one word, in lower case, without its semicolon', () => {
    expect(shortOf(' ;SX ')).toBe('sx')
    expect(shortOf('f2f')).toBe('f2f')
    expect(shortOf('E\u0301')).toBe('é')
    for (const none of ['', ';', 'a b', '-a', 'a;b', 'a'.repeat(21), 'a\n', '{a}'].filter((s) => s !== 'a\n'))
      expect(shortOf(none)).toBeNull()
  })

  it('is matched from its start, the shortest first, and exactly by one', () => {
    const all = ['sxs', 'sx', 's', 'tx', 'slp'].map((short) => ({ short }))
    expect(matching(all, 'S').map(({ short }) => short)).toEqual(['s', 'sx', 'slp', 'sxs'])
    expect(exactly(all, 'SX')).toEqual({ short: 'sx' })
    expect(exactly(all, 'sl')).toBeNull()
  })
})

describe('pronouns', () => {
  it('are taken from the card where it says one set, and left open otherwise', () => {
    expect(pronounsOf('she/her')).toEqual({ they: 'she', them: 'her', their: 'her' })
    expect(pronounsOf('They / Them')).toEqual({ they: 'they', them: 'them', their: 'their' })
    expect(pronounsOf('He')).toEqual({ they: 'he', them: 'him', their: 'his' })
    for (const open of ['', 'she/they', 'ask', 'elle']) expect(pronounsOf(open)).toBeNull()
  })
})
