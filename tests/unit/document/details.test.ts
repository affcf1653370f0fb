import fc from 'fast-check'
import { expect, test } from 'vitest'
import { details, type Details, noDetails } from '../../../src/shared/document/details.ts'
import {
  detailGroups,
  detailLines,
  detailParts,
  noneWritten,
  partLabels,
} from '../../../src/shared/document/detailLines.ts'
import { NOT_ASSESSED, riskTopics, statusTopics } from '../../../src/shared/document/mentalStatus.ts'
import { sampleClients } from '../../../src/main/sample/clients.ts'
import { anyDetails } from './details.arbitrary.ts'

const asked = fc.subarray([...detailParts])

/** Every word that somebody typed or ticked. */
const wordsIn = (all: Details): string[] =>
  [
    ...all.findings.flatMap(({ chosen, said }) => [...chosen, said]),
    ...all.medications.flatMap(({ name, dose, said }) => [name, dose, said]),
    ...all.interventions.flatMap(({ name, said }) => [name, said]),
    ...all.objectives.flatMap(({ text, said }) => [text, said]),
    ...all.risk.map(({ said }) => said),
    ...all.decisions.flatMap(({ decision, reason }) => [decision, reason]),
    ...all.boxes.flatMap(({ chosen }) => chosen),
  ].filter((text) => text.trim() !== '')

test('nothing that was set down is lost on its way into words, whatever the format asks', () => {
  fc.assert(
    fc.property(anyDetails, asked, (all, parts) => {
      expect(details.safeParse(all).success).toBe(true)
      for (const lines of [
        detailLines(all, parts),
        detailGroups(all, parts).flatMap((group) => [...group.lines]),
      ]) {
        for (const word of wordsIn(all)) {
          expect(lines.some(({ text }) => text.includes(word.trim()))).toBe(true)
        }
      }
      const lines = detailLines(all, parts)
      expect(lines.filter(({ text }) => /^(?:Denied|Reported)/u.test(text)).length).toBeGreaterThanOrEqual(
        all.risk.length,
      )
      expect(noneWritten(all)).toBe(detailLines(all).length === 0)
    }),
  )
})

test('a part that is asked for and blank says "Not assessed", and one that nobody asked for says nothing', () => {
  fc.assert(
    fc.property(anyDetails, asked, (all, parts) => {
      const without = detailLines(all)
      const lines = detailLines(all, parts)
      for (const part of detailParts) {
        const blank = without.every((line) => line.part !== part)
        const said = lines.filter((line) => line.part === part)
        if (!blank)
          expect(said.length).toBeGreaterThanOrEqual(without.filter((line) => line.part === part).length)
        else if (parts.includes(part) && part !== 'boxes')
          expect(said).toEqual([{ part, name: partLabels[part], text: NOT_ASSESSED }])
        else expect(said).toEqual([])
      }
    }),
  )
})

test('a half-filled examination names every half that was not looked at, in the order of the list', () => {
  fc.assert(
    fc.property(anyDetails, (all) => {
      const lines = detailLines(all, ['status', 'risk'])
      for (const [part, topics, keys] of [
        ['risk', riskTopics, all.risk.map(({ topic }) => topic)],
        [
          'status',
          statusTopics.filter(({ key }) => key !== 'affect'),
          all.findings
            .filter(({ chosen, said }) => [...chosen, said].some((text) => text.trim() !== ''))
            .map(({ key }) => key),
        ],
      ] as const) {
        const mine = lines.filter((line) => line.part === part)
        if (mine.length === 1 && mine[0]?.name === partLabels[part]) continue
        const names = [...new Set(mine.map(({ name }) => name))]
        expect(names.slice(0, topics.length)).toEqual(topics.map(({ label }) => label))
        for (const { key, label } of topics) {
          const blank = mine.some(({ name, text }) => name === label && text === NOT_ASSESSED)
          expect(blank).toBe(!keys.includes(key))
        }
      }
    }),
  )
})

test('reads as a person would write it', () => {
  const all: Details = {
    ...noDetails,
    findings: [
      { key: 'mood', chosen: [], said: '“tired of it”' },
      { key: 'affect', chosen: ['Tearful', 'Restricted'], said: 'brighter at the end' },
    ],
    interventions: [
      { name: 'Grounding', outcome: 'helped', said: '7 before, 4 after' },
      { name: 'Thought record', outcome: null, said: '' },
      { name: '', outcome: null, said: ' ' },
    ],
    medications: [{ name: 'Sertraline', dose: '50 mg', said: '' }],
    decisions: [{ decision: 'No safety plan today', reason: '' }],
    boxes: [{ key: 'focus', label: 'Focus of the session', chosen: ['Grief', 'Family'] }],
  }
  expect(detailGroups(all, ['objectives'])).toEqual([
    { part: 'boxes', label: 'Checked', lines: [{ name: 'Focus of the session', text: 'Grief, Family' }] },
    {
      part: 'affect',
      label: 'Affect',
      lines: [{ name: null, text: 'Tearful, Restricted · brighter at the end' }],
    },
    {
      part: 'status',
      label: 'Mental status',
      lines: [{ name: 'Mood, in their own words', text: '“tired of it”' }],
    },
    { part: 'medication', label: 'Medication', lines: [{ name: null, text: 'Sertraline · 50 mg' }] },
    {
      part: 'interventions',
      label: 'Interventions',
      lines: [
        { name: null, text: 'Grounding · helped · 7 before, 4 after' },
        { name: null, text: 'Thought record' },
      ],
    },
    { part: 'objectives', label: 'Objectives', lines: [{ name: null, text: NOT_ASSESSED }] },
    {
      part: 'decisions',
      label: 'Decisions and reasons',
      lines: [
        { name: 'Decision', text: 'No safety plan today' },
        { name: 'Reason', text: 'Not written' },
      ],
    },
  ])
  const noneReported = detailLines({ ...noDetails, noMedication: true }, ['medication'])
  expect(noneReported.map(({ text }) => text)).toEqual(['None reported'])
})

test('the sample caseload’s details are ones that a person could have set down', () => {
  const told = sampleClients.flatMap(({ notes }) => notes.flatMap((note) => note.details ?? []))
  expect(told.length).toBeGreaterThanOrEqual(3)
  const known = new Map(statusTopics.map(({ key, choices }) => [key, choices]))
  for (const each of told) {
    expect(details.safeParse({ ...noDetails, ...each }).success).toBe(true)
    for (const { key, chosen } of each.findings ?? [])
      expect(known.get(key)).toEqual(expect.arrayContaining(chosen))
    for (const { topic } of each.risk ?? []) expect(riskTopics.map(({ key }) => key)).toContain(topic)
    for (const { reason } of each.decisions ?? []) expect(reason).not.toBe('')
  }
})
