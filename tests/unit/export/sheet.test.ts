import { describe, expect, test } from 'vitest'
import { manifest } from '../../../src/main/export/manifest.ts'
import { sheet, type SheetOptions } from '../../../src/main/export/sheet.ts'
import { paperTimes } from '../../../src/main/export/times.ts'
import type { Seal, SignedNote } from '../../../src/main/services/record/signedNotes.ts'
import { soap } from '../../../src/shared/document/formats/builtIn.ts'
import { headOf } from '../../../src/shared/document/formats/format.ts'
import { type Details, noDetails } from '../../../src/shared/document/details.ts'
import { type NoteFormat, readDocument } from '../../../src/shared/document/document.ts'
import { wordsOf } from '../../support/paperText.ts'

const HOUR = 3_600_000
const start = Date.UTC(2026, 10, 24, 20)
const hash = (digit: string): string => digit.repeat(64)
const seal = (sequence: number, intact = true): Seal => ({
  sequence,
  hash: hash(String(sequence)),
  sealedAt: start + HOUR,
  intact,
})

function note(more: Partial<SignedNote> = {}): SignedNote {
  return {
    id: 'n',
    format: headOf(soap),
    details: noDetails,
    sections: soap.sections.map(({ key }) => ({ key, text: `Words of ${key}`, lexical: null })),
    author: 'A. Author, LCSW',
    summary: 'The line',
    actualStart: start,
    actualEnd: start + HOUR,
    signedAt: start + 2 * HOUR,
    late: false,
    beside: {
      session: { kind: 'individual', startsAt: start, endsAt: start + HOUR, zone: 'America/Chicago' },
      setDown: [{ kind: 'homework', text: 'Keep a diary' }],
      reviewed: [{ kind: 'plan', text: 'Look at the flat', closedHow: 'partly', outcome: 'one room' }],
      goals: [{ text: 'Sleep', trend: 'better' }],
    },
    seal: seal(1),
    addenda: [],
    ...more,
  }
}

function made(notes: SignedNote[], more: Partial<SheetOptions> = {}) {
  const result = sheet({
    notes: { client: { id: 'c', name: 'Ines <Moreau>', birthDate: '1990-04-01' }, notes, drafts: 0 },
    days: null,
    size: 'letter',
    setDown: true,
    sample: false,
    times: paperTimes('en-US'),
    now: start + 3 * HOUR,
    zone: 'UTC',
    ...more,
  })
  return { ...result, words: wordsOf(result.body).replace(/\s+/gu, ' ') }
}

describe('a note on paper', () => {
  test('says who, when, where the clock stood, in which format, what, and who signed', () => {
    const { words, body } = made([note()])
    for (const part of [
      'Ines <Moreau>',
      'April 1, 1990',
      'Tuesday, November 24, 2026',
      '2:00 PM – 3:00 PM',
      '60 minutes',
      'America/Chicago (UTC−06:00)',
      'Individual session',
      'SOAP',
      'Words of subjective',
      'A. Author, LCSW',
      'November 24, 2026, 4:00:00 PM',
      'Number 1 in this client’s chain',
      hash('1'),
      'Keep a diary',
      'Look at the flat (partly done: one room)',
      'Sleep (better)',
      'Copied from the record on November 24, 2026, 11:00:00 PM, UTC',
    ]) {
      expect(words).toContain(part)
    }
    expect(words).not.toContain('Arranged for')
    expect(words).not.toContain('Late entry')
    expect(body.match(/<h1>/gu)).toHaveLength(1)
    expect([...body.matchAll(/<h2>([^<]*)<\/h2>/gu)].map(([, title]) => title)).toEqual([
      'Subjective',
      'Objective',
      'Assessment',
      'Plan',
      'With this note',
      'Signature',
    ])
  })

  test('times that were not the arranged ones stand beside them', () => {
    const { words } = made([note({ actualStart: start + 600_000 })])
    expect(words).toContain('2:10 PM – 3:00 PM')
    expect(words).toContain('Arranged for Tuesday, November 24, 2026, 2:00 PM – 3:00 PM')
  })

  test('a late entry is labelled on top, in the signature with both times, and at the foot of each page', () => {
    const { words, style } = made([note({ late: true, signedAt: start + 27 * HOUR })])
    expect(words).toContain('Late entry Signed 26 hours after the session ended')
    expect(words).toContain('Session ended November 24, 2026, 3:00:00 PM')
    expect(words).toContain('Note signed November 25, 2026, 5:00:00 PM, 26 hours later')
    expect(style).toContain(String.raw`late\000020entry`)
  })

  test('a blank section says so, and one that no format knows is still there', () => {
    const sections = [
      { key: 'subjective', text: ' \n ', lexical: null },
      { key: 'older', text: 'From a format that is gone', lexical: null },
    ]
    const { words } = made([note({ sections })])
    expect(words.match(/Nothing written/gu)).toHaveLength(4)
    expect(words).toContain('Older From a format that is gone')
  })

  test('the structured half follows the sections, a row a part, and says what was not assessed', () => {
    const details: Details = {
      ...noDetails,
      findings: [{ key: 'affect', chosen: ['Tearful', 'Flat'], said: '' }],
      risk: [{ topic: 'self-harm', answer: 'denied', said: 'asked <twice>' }],
      interventions: [{ name: 'Grounding', outcome: 'mixed', said: '' }],
      decisions: [{ decision: 'No report today', reason: '' }],
    }
    const format: NoteFormat = { ...headOf(soap), parts: ['affect', 'status', 'risk', 'medication'] }
    const { words, body } = made([note({ details, format })])
    for (const part of [
      'Words of plan Details Affect Tearful, Flat Mental status Not assessed',
      'Risk asked about Thoughts of suicide: Not assessed',
      'Self-harm: Denied · asked <twice>',
      'Substance use: Not assessed Medication Not assessed',
      'Interventions Grounding · helped in part',
      'Decisions and reasons Decision: No report today Reason: Not written',
    ]) {
      expect(words).toContain(part)
    }
    expect([...body.matchAll(/<h2>([^<]*)<\/h2>/gu)].map(([, title]) => title)).toContain('Details')
    // Nothing about objectives: the format does not ask, and nobody set one down.
    expect(words).not.toContain('Objectives')
  })

  test('a note of the first version, which knew no details, prints none and says nothing about them', () => {
    const sections = [{ key: 'subjective', text: 'Old words', lexical: null }]
    const document = readDocument(JSON.stringify({ version: 1, sections }))
    const { words, body } = made([note({ ...document })])
    expect(words).toContain('Old words')
    expect(words).not.toContain('Not assessed')
    expect(body).not.toMatch(/<h[123]>Details/u)
  })

  test('addenda are numbered, dated, attributed and sealed', () => {
    const addenda = ['First', 'Second'].map((text, n) => ({
      id: text,
      text,
      author: n === 0 ? 'B. Other' : '',
      createdAt: start + (30 + n) * HOUR,
      seal: seal(n + 2),
    }))
    const { words } = made([note({ addenda })])
    expect(words).toContain('Addendum 1 Added November 25, 2026, 8:00:00 PM')
    expect(words).toContain('by B. Other First')
    expect(words).toContain('by the owner of this record; no name was set in Bracket then Second')
    expect(words).toContain(`Number 3 in this client’s chain SHA-256 ${hash('3')}`)
  })

  test('what no longer matches its seal, or has none, says so on the page and in the manifest', () => {
    const broken = [
      note({ seal: seal(1, false) }),
      note({ seal: null }),
      note({ addenda: [{ id: 'a', text: 'x', author: '', createdAt: start, seal: seal(2, false) }] }),
    ]
    for (const each of broken) {
      expect(made([each]).words).toContain('does not match its seal')
      expect(
        manifest({ client: { id: 'c', name: 'I', birthDate: null }, notes: [each], drafts: 0 }, 'a4').changed,
      ).toBe(1)
    }
    expect(made([note()]).words).not.toContain('does not match')
  })

  test('signed while no name was set: said plainly, with a line to sign by hand, and told beforehand', () => {
    const { words, style } = made([note({ author: '' })])
    expect(words).toContain('Signed by No name was set in Bracket when this was signed.')
    expect(words).toContain('Name and signature by hand:')
    expect(style).toContain(String.raw`"Signed\000020Nov`)
    expect(made([note()]).words).not.toContain('by hand')
    const addendum = { id: 'a', text: 'x', author: '', createdAt: start, seal: seal(2) }
    const counted = [note({ author: '' }), note({ addenda: [addendum] }), note()]
    const notes = { client: { id: 'c', name: 'I', birthDate: null }, notes: counted, drafts: 0 }
    expect(manifest(notes, 'a4').unnamed).toBe(1)
  })

  test('made-up people are marked as such on top and in the margin of every page', () => {
    const list = [note(), note({ seal: seal(2) })]
    const { words, style } = made(list, { sample: true, days: { from: '2026-11-01', to: '2026-11-30' } })
    expect(words).toContain('Sample: made-up people, not a record.')
    expect(style.match(/@top-center/gu)).toHaveLength(3)
    expect(made(list).words + made(list).style).not.toMatch(/Sample|top-center/u)
  })

  test('what was set down can stay, and the page says that something did', () => {
    const { words } = made([note()], { setDown: false })
    expect(words).toContain('3 lines set down with this note')
    expect(words).not.toContain('Keep a diary')
  })
})

describe('several notes', () => {
  const days = { from: '2026-11-01', to: '2026-11-30' }

  test('begin with an index, and each has pages of its own with its own signature at the foot', () => {
    const list = [note(), note({ author: 'B. Other', seal: seal(2), late: true, summary: 'Second line' })]
    const { words, style, body } = made(list, { days })
    expect(words).toContain('Progress notes Client Ines <Moreau>')
    expect(words).toContain('November 1, 2026 to November 30, 2026')
    expect(words).toContain('2 signed notes, 1 late entry')
    expect(body.match(/<article>/gu)).toHaveLength(2)
    expect(style).toContain('@page n0')
    expect(style).toContain('.n1 { page: n1 }')
    expect(style.split('@page n1')[1]).toContain(String.raw`seal\0000202`)
    expect(style.match(/counter\(pages\)/gu)).toHaveLength(3)
  })

  test('the manifest counts what is in it', () => {
    expect(
      manifest(
        { client: { id: 'c', name: 'I', birthDate: null }, notes: [note(), note({ late: true })], drafts: 2 },
        'letter',
      ),
    ).toEqual({
      notes: 2,
      addenda: 0,
      late: 1,
      changed: 0,
      unnamed: 0,
      drafts: 2,
      setDown: 6,
      first: '2026-11-24',
      last: '2026-11-24',
      size: 'letter',
    })
  })
})
