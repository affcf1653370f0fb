import { type Details, ROWS_STORED_MAX } from '../../shared/document/details.ts'
import { detailLines } from '../../shared/document/detailLines.ts'
import { labelIn, type NoteFormat, type Section, SECTIONS_MAX } from '../../shared/document/document.ts'
import type { Block } from './blocks.ts'
import { emptySection, readSection, sectionOf } from './sectionBlocks.ts'

/** One version of what somebody writes. A private note is its sections alone. */
export interface Version {
  readonly sections: readonly Section[]
  readonly beside: { readonly format: NoteFormat; readonly details: Details } | null
}

/** The key under which the structured half is compared; no section can have it. */
export const DETAILS_KEY = '(details)'

/** The sections in which two versions of a note say something different, in the order of the first. */
export function differing(mine: Version, theirs: Version): { key: string; mine: Section; theirs: Section }[] {
  const [left, right] = [readable(mine), readable(theirs)]
  const keys = new Set([...left, ...right].map((section) => section.key))
  return [...keys]
    .map((key) => ({ key, mine: find(left, key), theirs: find(right, key) }))
    .filter((pair) => pair.mine.text !== pair.theirs.text)
}

export const sameWords = (mine: Version, theirs: Version): boolean =>
  differing(mine, theirs).length === 0 && mine.beside?.format.key === theirs.beside?.format.key

/** Everything that a version says, the structured half as one more section. */
const readable = ({ sections, beside }: Version): Section[] =>
  beside === null
    ? [...sections]
    : [
        ...sections,
        {
          key: DETAILS_KEY,
          text: detailLines(beside.details)
            .map(({ name, text }) => `${name}: ${text}`)
            .join('\n'),
          lexical: null,
        },
      ]

/** Where the two differ, mine and below it theirs, with a line between that says so. No word is lost. */
export function bothVersions(mine: Version, theirs: Version): Version {
  const pairs = differing(mine, theirs)
  const others = theirs.sections.filter((t) => !mine.sections.some((m) => m.key === t.key))
  const sections = [...mine.sections, ...others].map((section) => {
    const pair = pairs.find((p) => p.key === section.key)
    if (pair === undefined || pair.theirs.text.trim() === '') return section
    if (pair.mine.text.trim() === '') return pair.theirs
    return sectionOf(section.key, [
      ...readSection(pair.mine).blocks,
      DIVIDER,
      ...readSection(pair.theirs).blocks,
    ])
  })
  return {
    sections,
    beside:
      mine.beside === null || theirs.beside === null
        ? (mine.beside ?? theirs.beside)
        : {
            format: withHeadings(mine.beside.format, theirs.beside.format, others),
            details: bothDetails(mine.beside.details, theirs.beside.details),
          },
  }
}

/** Sections of another format are kept under the headings that they have there. */
const withHeadings = (to: NoteFormat, from: NoteFormat, others: readonly Section[]): NoteFormat => ({
  ...to,
  sections: [
    ...to.sections,
    ...others
      .filter(({ key }) => !to.sections.some((known) => known.key === key))
      .map(({ key }) => ({ key, label: labelIn(from, key) })),
  ].slice(0, SECTIONS_MAX),
})

/** Every line of either. What both say of the same thing is put together; what they contradict each other in stays visible. */
function bothDetails(mine: Details, theirs: Details): Details {
  const beside = <T>(left: readonly T[], right: readonly T[]): T[] => {
    const known = new Set(left.map((one) => JSON.stringify(one)))
    return [...left, ...right.filter((one) => !known.has(JSON.stringify(one)))].slice(0, ROWS_STORED_MAX)
  }
  return {
    findings: beside(mine.findings, theirs.findings),
    medications: beside(mine.medications, theirs.medications),
    noMedication: mine.noMedication && theirs.noMedication,
    interventions: beside(mine.interventions, theirs.interventions),
    objectives: beside(mine.objectives, theirs.objectives),
    risk: beside(mine.risk, theirs.risk),
    decisions: beside(mine.decisions, theirs.decisions),
    boxes: beside(mine.boxes, theirs.boxes),
  }
}

const DIVIDER: Block = {
  kind: 'paragraph',
  runs: [{ text: '— The other version —', bold: false, italic: true }],
}

const find = (list: readonly Section[], key: string): Section =>
  list.find((section) => section.key === key) ?? emptySection(key)
