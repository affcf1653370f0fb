import { useEffect, useState } from 'react'
import { flushSync } from 'react-dom'
import type { NoteFormat, NoteWords, Section } from '../../../shared/document/document.ts'
import { convert, type Question, questionsOf } from '../../../shared/document/formats/convert.ts'
import { type Format, headOf } from '../../../shared/document/formats/format.ts'
import { markPainted } from '../../api/painted.ts'
import { readSection } from '../../editor/sectionBlocks.ts'
import { allSaved, oneAtATime } from './allSaved.ts'
import { filledWith } from './filling.ts'
import type { DraftStart, Pen } from './useDraft.ts'

const NOT_SAVED =
  'What is written here could not be saved just now, so the format stays as it is. Every word is still here.'
const TOO_LONG =
  'Put together like that, a section would be longer than one can be. Nothing was moved; choose another format, or shorten it first.'

/** The author is asked where these words go, before anything moves. */
export interface Asking {
  readonly to: NoteFormat
  readonly sections: readonly Section[]
  readonly questions: readonly Question[]
}

interface Changed {
  /** The turn in which the words stand as they were put. */
  readonly turn: number
  readonly said: string
  readonly before: Pick<NoteWords, 'format' | 'sections'>
  readonly put: readonly Section[]
}

export interface FormatChange {
  readonly asking: Asking | null
  readonly choose: (format: Format) => void
  readonly answer: (answers: Readonly<Record<string, string>>) => void
  readonly cancel: () => void
  /** More words in the same format, put below what is written, as one act that can be undone. */
  readonly fill: (built: readonly Section[]) => void
  /** What was changed last, while it can be taken back. */
  readonly said: string
  /** Takes the last change back; null when there is none. Also for the undo key, once typing is all undone. */
  readonly undo: (() => Promise<void>) | null
}

/**
 * Changing the format of a draft. What is on the screen is saved first, then every word moves at once and the pen
 * goes on from there; where the save fails nothing moves, because two pens would write over one another.
 */
export function useFormatChange(
  pen: Pen,
  start: DraftStart,
  onStart: (start: Omit<DraftStart, 'turn'>) => void,
  say: (sentence: string) => void,
): FormatChange {
  const [asking, setAsking] = useState<Asking | null>(null)
  const [changed, setChanged] = useState<Changed | null>(null)
  // While the words wait to be saved another format may be chosen: two pens would begin from the same words.
  const [alone] = useState(oneAtATime)

  const put = (
    wordsOf: (sections: readonly Section[]) => Pick<NoteWords, 'format' | 'sections'> | null,
    /** What it says then; null when this takes something back. */
    said: string | null,
  ) => alone(() => putNow(wordsOf, said))
  const putNow = async (
    wordsOf: (sections: readonly Section[]) => Pick<NoteWords, 'format' | 'sections'> | null,
    said: string | null,
  ) => {
    say('')
    setAsking(null)
    if (!(await allSaved(pen.autosave))) return say(NOT_SAVED)
    performance.mark('format:change')
    const before = { format: start.format, sections: pen.group.read() }
    const words = wordsOf(before.sections)
    if (words === null) return say(TOO_LONG)
    const { revision } = pen.autosave
    // At once: a key between reading the words and taking them over would be written by the old pen.
    flushSync(() => {
      setChanged(said === null ? null : { turn: start.turn + 1, said, before, put: words.sections })
      onStart({ ...words, details: pen.details.read(), revision, changed: true })
    })
    markPainted('format')
  }

  const standing = changed?.turn === start.turn ? changed : null
  const undo =
    standing === null
      ? null
      : () =>
          put(
            (now) =>
              sameWords(now, standing.put)
                ? standing.before
                : convert(now, start.format, standing.before.format),
            null,
          )
  useEffect(() => {
    // oxlint-disable-next-line react-hooks/immutability -- the group is asked for it by a key, outside React.
    pen.group.undoBeyond = undo === null ? null : () => void undo()
  })
  return {
    asking,
    choose: (format) => {
      const to = headOf(format)
      const sections = pen.group.read()
      const questions = questionsOf(sections, start.format, to)
      if (questions.length > 0) setAsking({ to, sections, questions })
      else if (!sameHead(to, start.format))
        void put((now) => convert(now, start.format, to), `Now in ${to.name}.`)
    },
    answer: (answers) => {
      if (asking === null) return
      const { to } = asking
      void put((now) => convert(now, start.format, to, answers), `Now in ${to.name}.`)
    },
    cancel: () => setAsking(null),
    fill: (built) =>
      void put((now) => {
        const sections = filledWith(now, built)
        return sections === null ? null : { format: start.format, sections }
      }, 'Built from signed notes.'),
    said: standing?.said ?? '',
    undo,
  }
}

const sameHead = (one: NoteFormat, other: NoteFormat): boolean =>
  JSON.stringify(one) === JSON.stringify(other)

/** Nothing was written since. How an editor keeps it may differ; what it says and how it looks may not. */
function sameWords(now: readonly Section[], before: readonly Section[]): boolean {
  const said = (list: readonly Section[]) =>
    JSON.stringify(
      list
        .filter((s) => s.text !== '')
        .map((s) => [s.key, readSection(s).blocks.map((b) => [b.kind, b.runs])]),
    )
  return said(now) === said(before)
}
