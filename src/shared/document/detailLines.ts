import type { Details, Outcome, RiskAnswer } from './details.ts'
import { AFFECT, NONE_REPORTED, NOT_ASSESSED, NOT_WRITTEN, riskTopics, statusTopics } from './mentalStatus.ts'

/** The parts of the structured half, in the order in which they are written, shown, signed and printed. */
export const detailParts = [
  'boxes',
  'affect',
  'status',
  'risk',
  'medication',
  'interventions',
  'objectives',
  'decisions',
] as const
export type DetailPartName = (typeof detailParts)[number]

export const partLabels: Readonly<Record<DetailPartName, string>> = {
  affect: 'Affect',
  status: 'Mental status',
  risk: 'Risk asked about',
  medication: 'Medication',
  interventions: 'Interventions',
  objectives: 'Objectives',
  decisions: 'Decisions and reasons',
  boxes: 'Checked',
}

export const outcomeWords: Readonly<Record<Outcome, string>> = {
  helped: 'helped',
  mixed: 'helped in part',
  'no-change': 'no change seen',
  'not-helped': 'did not help',
}
export const answerWords: Readonly<Record<RiskAnswer, string>> = { denied: 'Denied', reported: 'Reported' }

/** One line of the structured half as it is read: a name, and what is said under it. */
export interface DetailLine {
  readonly part: DetailPartName
  readonly name: string
  readonly text: string
}

/**
 * The structured half in words, for reading, signing, searching and paper. Of the parts that the format asks for
 * (`asked`) a blank one says "Not assessed"; of the others only what was set down is there. A box that nobody ticked
 * says nothing: the list it stands in is nowhere but in the format.
 */
export function detailLines(details: Details, asked: readonly DetailPartName[] = []): DetailLine[] {
  return detailParts.flatMap((part) => {
    const wanted = asked.includes(part)
    const lines = written[part](details)
    if (lines.length > 0)
      return (wanted ? withBlanks(part, lines) : lines).map(({ topic: _, ...line }) => line)
    return wanted && part !== 'boxes' ? [{ part, name: partLabels[part], text: NOT_ASSESSED }] : []
  })
}

/** The lines of one part, for the eye: a name that only repeats the part's own is left out. */
export interface DetailGroup {
  readonly part: DetailPartName
  readonly label: string
  readonly lines: readonly { readonly name: string | null; readonly text: string }[]
}

/** `detailLines`, part by part, as screen and paper show them. */
export function detailGroups(details: Details, asked: readonly DetailPartName[] = []): DetailGroup[] {
  const lines = detailLines(details, asked)
  return detailParts
    .map((part) => ({
      part,
      label: partLabels[part],
      lines: lines
        .filter((line) => line.part === part)
        .map(({ name, text }) => ({ name: saysMore(part, name) ? name : null, text })),
    }))
    .filter((group) => group.lines.length > 0)
}

const rowNames: Partial<Readonly<Record<DetailPartName, string>>> = {
  interventions: 'Intervention',
  objectives: 'Objective',
}

const saysMore = (part: DetailPartName, name: string): boolean =>
  part === 'boxes' || (name !== partLabels[part] && name !== rowNames[part])

interface Topic {
  readonly key: string
  readonly label: string
}
const topicsOf: Partial<Readonly<Record<DetailPartName, readonly Topic[]>>> = {
  affect: statusTopics.filter(({ key }) => key === AFFECT),
  status: statusTopics.filter(({ key }) => key !== AFFECT),
  risk: riskTopics,
}

interface WrittenLine extends DetailLine {
  /** What it is about, where the part has a list of what can be looked at. */
  readonly topic?: string
}

/** A half-filled examination says which halves were not looked at; otherwise silence would read as "normal". */
function withBlanks(part: DetailPartName, lines: readonly WrittenLine[]): readonly WrittenLine[] {
  const blanks = (topicsOf[part] ?? [])
    .filter(({ key }) => lines.every(({ topic }) => topic !== key))
    .map(({ key, label }) => ({ part, topic: key, name: label, text: NOT_ASSESSED }))
  return inOrder(part, [...lines, ...blanks])
}

/** In the order of the list; what the list does not know (any more) comes last, and comes. */
function inOrder(part: DetailPartName, lines: readonly WrittenLine[]): WrittenLine[] {
  const keys = (topicsOf[part] ?? []).map(({ key }) => key)
  const place = ({ topic }: WrittenLine): number => {
    const at = keys.indexOf(topic ?? '')
    return at === -1 ? keys.length : at
  }
  return [...lines].sort((a, b) => place(a) - place(b))
}

const labelOf = (part: DetailPartName, topic: string): string =>
  topicsOf[part]?.find(({ key }) => key === topic)?.label ?? topic

function findingsOf(part: 'affect' | 'status', { findings }: Details): readonly WrittenLine[] {
  const lines = findings
    .filter(({ key }) => (key === AFFECT) === (part === 'affect'))
    .map(({ key, chosen, said }) => ({
      part,
      topic: key,
      name: labelOf(part, key),
      text: joined([listed(chosen), said]),
    }))
  return inOrder(part, lines).filter(({ text }) => text !== '')
}

/** Rows of one part; a row in which nothing stands is no line. */
const rowsOf = (part: DetailPartName, name: string, rows: readonly (readonly string[])[]) =>
  rows.map((pieces) => ({ part, name, text: joined(pieces) })).filter(({ text }) => text !== '')

const written: Readonly<Record<DetailPartName, (details: Details) => readonly WrittenLine[]>> = {
  affect: (details) => findingsOf('affect', details),
  status: (details) => findingsOf('status', details),
  risk: ({ risk }) =>
    inOrder(
      'risk',
      risk.map(({ topic, answer, said }) => ({
        part: 'risk',
        topic,
        name: labelOf('risk', topic),
        text: joined([answerWords[answer], said]),
      })),
    ),
  medication: ({ medications, noMedication }) => [
    ...(noMedication
      ? [{ part: 'medication' as const, name: partLabels.medication, text: NONE_REPORTED }]
      : []),
    ...rowsOf(
      'medication',
      partLabels.medication,
      medications.map(({ name, dose, said }) => [name, dose, said]),
    ),
  ],
  interventions: ({ interventions }) =>
    rowsOf(
      'interventions',
      'Intervention',
      interventions.map(({ name, outcome, said }) => [
        name,
        outcome === null ? '' : outcomeWords[outcome],
        said,
      ]),
    ),
  objectives: ({ objectives }) =>
    rowsOf(
      'objectives',
      'Objective',
      objectives.map(({ text, said }) => [text, said]),
    ),
  decisions: ({ decisions }) =>
    decisions
      .filter(({ decision, reason }) => joined([decision, reason]) !== '')
      .flatMap(({ decision, reason }) => [
        { part: 'decisions' as const, name: 'Decision', text: decision.trim() || NOT_WRITTEN },
        { part: 'decisions' as const, name: 'Reason', text: reason.trim() || NOT_WRITTEN },
      ]),
  boxes: ({ boxes }) =>
    boxes
      .map(({ label, chosen }) => ({ part: 'boxes' as const, name: label, text: listed(chosen) }))
      .filter(({ text }) => text !== ''),
}

const listed = (chosen: readonly string[]): string =>
  chosen
    .map((choice) => choice.trim())
    .filter((choice) => choice !== '')
    .join(', ')

const joined = (pieces: readonly string[]): string =>
  pieces
    .map((piece) => piece.trim())
    .filter((piece) => piece !== '')
    .join(' · ')

/** Nothing of the structured half was set down. */
export const noneWritten = (details: Details): boolean => detailLines(details).length === 0
