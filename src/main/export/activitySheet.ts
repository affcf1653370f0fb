import type { LogFindings, LogKind, LogLine } from '../../shared/contract/auditLog.ts'
import type { PaperSize } from '../../shared/contract/paper.ts'
import { findingWords, logKinds, wordsFor } from '../../shared/domain/logWords.ts'
import type { Head } from '../services/record/auditLog.ts'
import { cssString, done, markup, type Markup } from './escape.ts'
import { SAMPLE, type Sheet } from './sheet.ts'
import type { PaperTimes } from './times.ts'

export interface ActivitySheetOptions {
  /** Newest first. */
  readonly lines: readonly LogLine[]
  /** How many there are; more than `lines` where not all of them are printed. */
  readonly entries: number
  readonly kind: LogKind | null
  /** Names by client; null: whom an entry concerns is a code. */
  readonly names: ReadonlyMap<string, string> | null
  readonly finding: LogFindings
  readonly head: Head
  readonly size: PaperSize
  readonly sample: boolean
  readonly times: PaperTimes
  readonly now: number
  readonly zone: string
}

const number = (n: number): string => n.toLocaleString('en-US')

/** The end of an id: its beginning is a time, and the same for whatever was made together. */
const codeOf = (id: string): string => `client …${id.slice(-8)}`

/** The log on paper, as a table whose head is repeated on every page. No word of a note can be in it. */
export function activitySheet(options: ActivitySheetOptions): Sheet {
  const { lines, entries, kind, finding, head, times, now, zone, sample } = options
  const [newest, oldest] = [lines.at(0), lines.at(-1)]
  const moment = (at: number): string => times.moment(at, zone)
  const fact = (name: string, value: string) =>
    done(
      markup`<tr>
        <th scope="row">${name}</th>
        <td>${value}</td>
      </tr>`,
    )
  const span =
    newest === undefined || oldest === undefined ? '' : `${moment(oldest.at)} to ${moment(newest.at)}`
  const part =
    entries > lines.length
      ? `the newest ${number(lines.length)} of ${number(entries)} entries`
      : entries === 1
        ? '1 entry'
        : `${number(entries)} entries`
  const body = markup`${sample && done(markup`<p class="sample">${SAMPLE}.</p>`)}<article>
    <h1>Activity</h1>
    <table class="facts">
      <tbody>
        ${fact('Shown', logKinds.find(({ key }) => key === (kind ?? 'all'))?.label ?? '')}
        ${fact('In this copy', part)} ${fact('From', span)} ${fact('Times', times.zone(now, zone))}
        ${fact('The whole log', findingWords(finding).text)}
        ${fact('Newest entry', `Number ${number(head.sequence)}, SHA-256 ${head.hash}`)}
        ${fact('Printed', `${moment(now)}, ${times.zone(now, zone)}`)}
      </tbody>
    </table>
    <table class="contents activity">
      <thead>
        <tr>
          <th scope="col">Number</th>
          <th scope="col">When</th>
          <th scope="col">What</th>
          <th scope="col">Whom it concerns</th>
        </tr>
      </thead>
      <tbody>
        ${lines.map((line) => done(rowOf(line, options)))}
      </tbody>
    </table>
    <p class="closing">
      Each entry of the log holds the hash of the one before it, so that one changed or taken out can be
      found. The number and hash above, kept on paper, show later that nothing before them was changed.
    </p>
  </article>`
  const left = sample ? SAMPLE : 'Activity'
  const style = `@page { size: ${options.size === 'a4' ? 'A4' : 'letter'}; @top-left { content: ${cssString(left)} } @top-right { content: ${cssString(span)} } @bottom-left { content: ${cssString(`Log up to entry ${number(head.sequence)} · ${head.hash.slice(0, 8)}`)} } @bottom-right { content: "Page " counter(page) " of " counter(pages) } }`
  return { body, style, size: options.size }
}

function rowOf(line: LogLine, { names, times, zone }: ActivitySheetOptions): Markup {
  const { clientId } = line
  const whom = clientId === null ? '' : (names?.get(clientId) ?? codeOf(clientId))
  return markup`<tr>
    <td>${number(line.sequence)}</td>
    <td>${times.moment(line.at, zone)}</td>
    <td>${wordsFor(line.action, line.count)}</td>
    <td dir="auto">${whom}</td>
  </tr>`
}
