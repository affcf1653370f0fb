import { detailGroups } from '../../shared/document/detailLines.ts'
import { keysOf, labelIn } from '../../shared/document/document.ts'
import { NOT_ASSESSED } from '../../shared/document/mentalStatus.ts'
import type { Seal, SealedAddendum, SignedNote, SignedNotes } from '../services/record/signedNotes.ts'
import { done, markup, type Markup, type Piece } from './escape.ts'
import { prose } from './prose.ts'
import type { PaperTimes } from './times.ts'
import { counted, endWord, kindWord, lengthOf, loopWord, trendWord } from './words.ts'

export interface NoteSheetOptions {
  readonly client: SignedNotes['client']
  readonly note: SignedNote
  readonly times: PaperTimes
  readonly setDown: boolean
  /** 1 for a note on its own, 2 for one of several. */
  readonly level: 1 | 2
}

/** Names nobody, and leaves room for a hand: whoever signed can still say so in ink. */
const unnamed = (): Piece =>
  done(
    markup`No name was set in Bracket when this was signed.<br /><span class="line">Name and signature by hand:</span>`,
  )

/** How many lines stand beside the note: set down, reviewed, goals. */
export const linesBeside = ({ beside }: SignedNote): number =>
  beside.setDown.length + beside.reviewed.length + beside.goals.length

/** Was it signed while no name was set? Then the page leaves a line for one. */
export const isUnnamed = ({ author }: SignedNote): boolean => author === ''

/** Does this note, or an addendum of it, no longer match its seal, or have none? */
export const changedSince = (note: SignedNote): number =>
  [note.seal, ...note.addenda.map((addendum) => addendum.seal)].filter((seal) => seal?.intact !== true).length

/** One signed note, whole: who, when, what was written, who signed it, what was added later. */
export function noteSheet(options: NoteSheetOptions): Markup {
  const { note, level, times } = options
  const { zone } = note.beside.session
  const title = level === 1 ? 'Progress note' : `Session of ${times.longDay(note.actualStart, zone)}`
  return markup`<article>
    ${done(heading(level, title))} ${done(facts(options))}
    ${sectionsOf(options).map((section) => done(section))}
    ${done(detailsOf(options))}
    ${options.setDown && linesBeside(note) > 0 && done(beside(note, level))} ${done(signature(options))}
    ${note.addenda.map((addendum, n) => done(addendumOf(addendum, n, options)))}
  </article>`
}

const heading = (level: number, text: string): Markup =>
  level === 1 ? markup`<h1>${text}</h1>` : level === 2 ? markup`<h2>${text}</h2>` : markup`<h3>${text}</h3>`

const row = (name: string, value: Piece): Piece =>
  done(
    markup`<tr>
      <th scope="row">${name}</th>
      <td dir="auto">${value}</td>
    </tr>`,
  )

export function facts({ client, note, times, setDown, level }: NoteSheetOptions): Markup {
  const { session } = note.beside
  const span = `${times.time(note.actualStart, session.zone)} – ${times.time(note.actualEnd, session.zone)}`
  const moved = note.actualStart !== session.startsAt || note.actualEnd !== session.endsAt
  const lines = linesBeside(note)
  return markup`<table class="facts">
    <tbody>
      ${row('Client', done(markup`<b>${client.name}</b>`))}
      ${client.birthDate !== null && row('Date of birth', times.dayOf(client.birthDate))}
      ${row(
        'Session',
        done(
          markup`${times.longDay(note.actualStart, session.zone)}<br />${span} ·
            ${lengthOf(note.actualEnd - note.actualStart)}<br />${times.zone(note.actualStart, session.zone)}`,
        ),
      )}
      ${
        moved &&
        row(
          'Arranged for',
          `${times.longDay(session.startsAt, session.zone)}, ${times.time(session.startsAt, session.zone)} – ${times.time(session.endsAt, session.zone)}`,
        )
      }
      ${row('Kind', kindWord(session.kind))}
      ${row('Format', note.format.name)}
      ${note.summary !== '' && row('Summary', note.summary)}
      ${note.late && row('Late entry', done(markup`<b>Signed ${lengthOf(note.signedAt - note.actualEnd)} after the session ended</b>`))}
      ${!setDown && lines > 0 && row('Left out', `${counted(lines, 'line')} set down with this note (homework, plans, notes to self, goals)`)}
      ${level === 1 && note.addenda.length > 0 && row('Addenda', `${note.addenda.length}, below`)}
    </tbody>
  </table>`
}

function sectionsOf({ note, level }: NoteSheetOptions): Markup[] {
  return keysOf(note).map((key) => {
    const section = note.sections.find((one) => one.key === key) ?? { text: '', lexical: null }
    const blank = section.text.trim() === ''
    return markup`<section>
      ${done(heading(level + 1, labelIn(note.format, key)))}
      <div class="prose" dir="auto">
        ${blank ? done(markup`<p class="nothing">Nothing written</p>`) : done(prose(section))}
      </div>
    </section>`
  })
}

/** The structured half in one table, a row a part; what the format asks for and was left blank says so. */
function detailsOf({ note, level }: NoteSheetOptions): Markup {
  const groups = detailGroups(note.details, note.format.parts)
  if (groups.length === 0) return markup``
  return markup`<section>
    ${done(heading(level + 1, 'Details'))}
    <table class="facts details">
      <tbody>
        ${groups.map(({ label, lines }) => row(label, lines.map(detailLine)))}
      </tbody>
    </table>
  </section>`
}

const detailLine = ({ name, text }: { name: string | null; text: string }): Piece =>
  done(
    markup`<p dir="auto">${name !== null && `${name}: `}<span class="${text === NOT_ASSESSED ? 'nothing' : 'said'}">${text}</span></p>
      `,
  )

function beside({ beside }: SignedNote, level: number): Markup {
  return markup`<section>
    ${done(heading(level + 1, 'With this note'))}
    <table class="facts beside">
      <tbody>
        ${beside.setDown.map(({ kind, text }) => row(loopWord(kind), text))}
        ${beside.reviewed.map(({ kind, text, closedHow, outcome }) =>
          row(
            `${loopWord(kind)}, reviewed`,
            `${text} (${endWord(closedHow)}${outcome === '' ? '' : `: ${outcome}`})`,
          ),
        )}
        ${beside.goals.map(({ text, trend }) => row('Goal', `${text} (${trendWord(trend)})`))}
      </tbody>
    </table>
  </section>`
}

function signature({ note, times, level }: NoteSheetOptions): Markup {
  const { zone } = note.beside.session
  return markup`<section class="signature">
    ${done(heading(level + 1, 'Signature'))}
    <table class="facts">
      <tbody>
        ${row('Signed by', note.author === '' ? unnamed() : done(markup`<b>${note.author}</b>`))}
        ${row('Signed at', done(markup`${times.moment(note.signedAt, zone)}<br />${times.zone(note.signedAt, zone)}`))}
        ${
          note.late &&
          row(
            'Late entry',
            done(
              markup`Session ended ${times.moment(note.actualEnd, zone)}<br />Note signed
                ${times.moment(note.signedAt, zone)}, ${lengthOf(note.signedAt - note.actualEnd)} later`,
            ),
          )
        }
        ${sealRows(note.seal)}
      </tbody>
    </table>
    ${done(mismatch(note.seal, 'note'))}
  </section>`
}

const sealRows = (seal: Seal | null): Piece =>
  seal === null
    ? row('Seal', 'None found')
    : [
        row('Seal', `Number ${seal.sequence} in this client’s chain`),
        row('SHA-256', done(markup`<span class="hash">${seal.hash}</span>`)),
      ]

/** A court must not be handed altered words as if they had been signed. */
function mismatch(seal: Seal | null, what: 'note' | 'addendum'): Markup {
  if (seal?.intact === true) return markup``
  return markup`<p class="mismatch">
    This ${what} does not match its seal: it was changed after it was signed, outside Bracket. What stands
    here may not be what was signed.
  </p>`
}

function addendumOf(
  addendum: SealedAddendum,
  index: number,
  { note, times, level }: NoteSheetOptions,
): Markup {
  const { zone } = note.beside.session
  return markup`<section class="addendum">
    ${done(heading(level + 1, `Addendum ${index + 1}`))}
    <p class="attribution">
      Added <b>${times.moment(addendum.createdAt, zone)}</b>, ${times.zone(addendum.createdAt, zone)},
      ${addendum.author === '' ? 'by the owner of this record; no name was set in Bracket then' : done(markup`by <b dir="auto">${addendum.author}</b>`)}
    </p>
    <div class="prose" dir="auto">${done(prose({ text: addendum.text, lexical: null }))}</div>
    <table class="facts">
      <tbody>
        ${sealRows(addendum.seal)}
      </tbody>
    </table>
    ${done(mismatch(addendum.seal, 'addendum'))}
  </section>`
}
