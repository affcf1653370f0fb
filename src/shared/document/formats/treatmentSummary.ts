import type { SummaryFacts } from '../../contract/summary.ts'
import { type Block, carriedMark } from '../blocks.ts'
import { outcomeWords } from '../detailLines.ts'
import type { Section } from '../document.ts'
import { emptySection, sectionOf } from '../sectionBlocks.ts'
import { builtIn } from './builtIn.ts'

const trendWords = { better: 'better', same: 'no change', worse: 'worse' } as const
const kindWords = {
  individual: '',
  'home-visit': 'Home visit. ',
  contact: 'Contact. ',
} as const

/**
 * The sections of a treatment summary, as far as signed notes can fill them. Every line is marked as carried: until
 * its author has touched it, it counts as unchanged. What the next person should do is nobody's but the author's.
 */
export function summarySections(facts: SummaryFacts, dayOf: (at: number) => string): Section[] {
  const lines: Readonly<Record<string, readonly Block[]>> = {
    presenting: presenting(facts, dayOf),
    course: course(facts, dayOf),
    progress: facts.goals.map(({ text, trends }) => {
      const [first, last] = [trends[0], trends.at(-1)]
      const counted = (['better', 'same', 'worse'] as const).flatMap((one) => {
        const times = trends.filter((t) => t.trend === one).length
        return times === 0 ? [] : [`${trendWords[one]} ${times === 1 ? 'once' : `${times} times`}`]
      })
      const latest = last === undefined ? '' : `; last ${trendWords[last.trend]}, ${dayOf(last.at)}`
      const since = first === undefined ? '' : `, looked at since ${dayOf(first.at)}`
      return bullet(`${text}: ${counted.join(', ')}${since}${trends.length > 1 ? latest : ''}.`)
    }),
    'interventions-used': facts.interventions.map(({ name, times, outcomes }) => {
      const said = outcomes.map(
        (one) => `${outcomeWords[one.outcome]}${outcomes.length > 1 ? ` (${one.times})` : ''}`,
      )
      return bullet(
        `${name}, ${times === 1 ? 'once' : `${times} times`}${said.length === 0 ? '' : `: ${said.join(', ')}`}.`,
      )
    }),
    'status-now':
      facts.now === null ? [] : [paragraph(`As of ${dayOf(facts.now.at)}:`), ...paragraphs(facts.now.text)],
  }
  return (builtIn('summary')?.sections ?? []).map(({ key }) => {
    const blocks = lines[key] ?? []
    return blocks.length === 0 ? emptySection(key) : sectionOf(key, blocks)
  })
}

function presenting({ referral, presenting: signed }: SummaryFacts, dayOf: (at: number) => string): Block[] {
  return [
    ...(referral === '' ? [] : [paragraph('Reason for referral:'), ...paragraphs(referral)]),
    ...(signed === null ? [] : [paragraph(`At intake, ${dayOf(signed.at)}:`), ...paragraphs(signed.text)]),
  ]
}

function course(
  { sessions, from, to, course: listed }: SummaryFacts,
  dayOf: (at: number) => string,
): Block[] {
  if (from === null || to === null) return []
  const span = from === to ? dayOf(from) : `${dayOf(from)} to ${dayOf(to)}`
  const before = sessions - listed.length
  return [
    paragraph(`${sessions} signed ${sessions === 1 ? 'session' : 'sessions'}, ${span}.`),
    ...(before > 0
      ? [paragraph(`The last ${listed.length} are listed; ${before} before them are in the record.`)]
      : []),
    ...listed.map(({ at, kind, summary }) => bullet(`${dayOf(at)}: ${kindWords[kind]}${summary}`)),
  ]
}

const block =
  (kind: Block['kind']) =>
  (text: string): Block => ({
    kind,
    runs: [{ text, bold: false, italic: false }],
    carried: carriedMark(text),
  })
const paragraph = block('paragraph')
const bullet = block('bullet')

const paragraphs = (text: string): Block[] =>
  text
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => paragraph(line.trim()))
