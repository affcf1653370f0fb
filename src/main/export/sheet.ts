import type { PaperSize } from '../../shared/contract/paper.ts'
import { dayIn } from '../../shared/domain/wallDay.ts'
import type { SignedNote, SignedNotes } from '../services/record/signedNotes.ts'
import { cssString, done, markup, type Markup } from './escape.ts'
import { linesBeside, noteSheet } from './noteSheet.ts'
import type { PaperTimes } from './times.ts'
import { counted } from './words.ts'

/** What the press is handed: the inside of the page, and the style that is this document's alone. */
export interface Sheet {
  readonly body: string
  readonly style: string
  readonly size: PaperSize
}

export interface SheetOptions {
  readonly notes: SignedNotes
  /** The days that were asked for; null for a single note. */
  readonly days: { readonly from: string; readonly to: string } | null
  readonly size: PaperSize
  readonly setDown: boolean
  /** Made-up people: every page says so. */
  readonly sample: boolean
  readonly times: PaperTimes
  /** When it is made, in epoch milliseconds, and the zone of this computer. */
  readonly now: number
  readonly zone: string
}

/** Isolates: a name in another direction does not turn the words beside it around. */
const isolated = (text: string): string => `\u2068${text}\u2069`

/** Stands on every page of the sample's papers. */
export const SAMPLE = 'Sample: made-up people, not a record'
/** Between the client and the days, which leave it little room. */
const IN_MARGIN = 'Sample, not a record'

const CLOSING =
  'The seal is the SHA-256 hash of everything that was signed with the note and of the seal before it, so that a later change to either can be found.'

/** The whole document. Every note has pages of its own, and each page says whose it is and who signed it. */
export function sheet(options: SheetOptions): Sheet {
  const { notes, days, times } = options
  const made = `Copied from the record on ${times.moment(options.now, options.zone)}, ${times.zone(options.now, options.zone)}`
  const articles = notes.notes.map(
    (note, n) =>
      markup`<div class="note n${n}">
        ${done(
          noteSheet({
            client: notes.client,
            note,
            times,
            setDown: options.setDown,
            level: days === null ? 1 : 2,
          }),
        )}
        ${(days === null || n === notes.notes.length - 1) && done(markup`<p class="closing">${CLOSING} ${made}.</p>`)}
      </div>`,
  )
  const body = markup`${options.sample && done(markup`<p class="sample">${SAMPLE}.</p>`)}${days !== null && done(cover(options, days, made))}${articles.map((each) => done(each))}`
  return { body, style: style(options), size: options.size }
}

/** What is in it, before what is in it: an index that a reader can check the pages against. */
function cover(
  { notes, times, setDown }: SheetOptions,
  days: { from: string; to: string },
  made: string,
): Markup {
  const left = setDown ? 0 : notes.notes.reduce((sum, note) => sum + linesBeside(note), 0)
  const late = notes.notes.filter((note) => note.late).length
  const addenda = notes.notes.reduce((sum, note) => sum + note.addenda.length, 0)
  const within = [
    counted(notes.notes.length, 'signed note'),
    ...(addenda === 0 ? [] : [counted(addenda, 'addendum', 'addenda')]),
    ...(late === 0 ? [] : [counted(late, 'late entry', 'late entries')]),
  ].join(', ')
  const fact = (name: string, value: string) =>
    done(
      markup`<tr>
        <th scope="row">${name}</th>
        <td dir="auto">${value}</td>
      </tr>`,
    )
  return markup`<div class="cover">
    <h1>Progress notes</h1>
    <table class="facts">
      <tbody>
        <tr>
          <th scope="row">Client</th>
          <td dir="auto"><b>${notes.client.name}</b></td>
        </tr>
        ${notes.client.birthDate !== null && fact('Date of birth', times.dayOf(notes.client.birthDate))}
        ${fact('Sessions', `${times.dayOf(days.from)} to ${times.dayOf(days.to)}`)}
        ${fact('In this copy', within)}
        ${left > 0 && fact('Left out', `${counted(left, 'line')} set down with the notes (homework, plans, notes to self, goals)`)}
        ${fact('Made', `${made}.`)}
      </tbody>
    </table>
    <h2>Contents</h2>
    <table class="contents">
      <thead>
        <tr>
          <th scope="col">Session</th>
          <th scope="col">Summary</th>
          <th scope="col">Signed</th>
          <th scope="col">Seal</th>
        </tr>
      </thead>
      <tbody>
        ${notes.notes.map((note) => done(line(note, times)))}
      </tbody>
    </table>
  </div>`
}

function line(note: SignedNote, times: PaperTimes): Markup {
  const { zone } = note.beside.session
  const more = [
    ...(note.late ? ['late entry'] : []),
    ...(note.addenda.length > 0 ? [counted(note.addenda.length, 'addendum', 'addenda')] : []),
  ]
  return markup`<tr>
    <td>${times.day(note.actualStart, zone)}<br />${times.time(note.actualStart, zone)}</td>
    <td dir="auto">${note.summary}</td>
    <td>${times.day(note.signedAt, zone)}${more.map((each) => done(markup`<br />${each}`))}</td>
    <td>${note.seal === null ? '–' : note.seal.sequence}</td>
  </tr>`
}

/**
 * Running heads and feet, as CSS page margins: the client and the page on every page, and on every page of a
 * note who signed it, when, and its seal. They come as a style because they are the same for PDF and printer.
 */
function style({ notes, days, size, times, sample }: SheetOptions): string {
  const head = isolated(notes.client.name)
  const running = (left: string, right: string): string =>
    `${sample ? `@top-center { content: ${cssString(IN_MARGIN)} } ` : ''}@top-left { content: ${cssString(head)} } @top-right { content: ${cssString(right)} } @bottom-left { content: ${cssString(left)} } @bottom-right { content: "Page " counter(page) " of " counter(pages) }`
  const short = (date: string): string => times.day(Date.parse(date), 'UTC')
  const period = days === null ? '' : `${short(days.from)} – ${short(days.to)}`
  const pages = notes.notes.map((note, n) => {
    const { zone } = note.beside.session
    return [
      `@page n${n} { ${running(signedLine(note, times), `Progress note · ${times.day(note.actualStart, zone)}`)} }`,
      `.n${n} { page: n${n} }`,
    ].join('\n')
  })
  return [
    `@page { size: ${size === 'a4' ? 'A4' : 'letter'}; ${running('', `Progress notes · ${period}`)} }`,
    ...pages,
  ].join('\n')
}

function signedLine(note: SignedNote, times: PaperTimes): string {
  const { zone } = note.beside.session
  const author = note.author === '' ? 'Signed' : `Signed by ${isolated(note.author)},`
  const when = `${times.day(note.signedAt, zone)}, ${times.time(note.signedAt, zone)}`
  const seal = note.seal === null ? 'no seal' : `seal ${note.seal.sequence} · ${note.seal.hash.slice(0, 8)}`
  return `${author} ${when} · ${seal}${note.late ? ' · late entry' : ''}`
}

/** 'YYYY-MM-DD' of a note's session, in its own zone. */
export const dayOfNote = (note: SignedNote): string => dayIn(note.actualStart, note.beside.session.zone)
