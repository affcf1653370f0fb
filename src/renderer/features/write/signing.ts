import { Temporal } from 'temporal-polyfill'
import type { Loop } from '../../../shared/contract/loops.ts'
import type { NoteView } from '../../../shared/contract/notes.ts'
import type { SessionView } from '../../../shared/contract/sessions.ts'
import type { NoteFormat, Section } from '../../../shared/document/document.ts'
import { FILL_IN } from '../../../shared/domain/shorthand.ts'
import { LONGEST_SESSION_MS } from '../../../shared/domain/sessionLife.ts'
import { endSentence } from '../../api/sentences.ts'

/** When the session really was, as the sheet's fields hold it: 'YYYY-MM-DD' and 'HH:MM', null while unfinished. */
export interface ActualTimes {
  readonly date: string | null
  readonly starts: string | null
  readonly ends: string | null
  /** Days from start to end: 1 for a session over midnight, else 0. */
  readonly endDays: number
}

const MINUTE = 60_000

export interface ProposedTimes extends ActualTimes {
  /** Where the proposal comes from; the sheet says so, because a person has to confirm it. */
  readonly from: 'pressed' | 'partly-pressed' | 'scheduled'
}

/** What Start and End said, else what was arranged; for the author to confirm, never copied silently. */
export function proposeTimes(
  session: Pick<SessionView, 'startsAt' | 'endsAt' | 'startedAt' | 'endedAt'>,
  zone: string,
): ProposedTimes {
  const start = session.startedAt ?? session.startsAt
  const length = session.endsAt - session.startsAt
  // Started an hour late and never ended: the arranged end would lie before the start.
  const end = session.endedAt ?? (session.endsAt > start ? session.endsAt : start + length)
  const wall = (instant: number) => Temporal.Instant.fromEpochMilliseconds(instant).toZonedDateTimeISO(zone)
  const from = wall(start)
  // Started and ended within one minute: it lasted that minute at least.
  const to = wall(Math.max(end, start + MINUTE))
  const pressed = Number(session.startedAt !== null) + Number(session.endedAt !== null)
  return {
    date: from.toPlainDate().toString(),
    starts: from.toPlainTime().toString({ smallestUnit: 'minute' }),
    ends: to.toPlainTime().toString({ smallestUnit: 'minute' }),
    endDays: from.toPlainDate().until(to.toPlainDate()).days,
    from: pressed === 2 ? 'pressed' : pressed === 1 ? 'partly-pressed' : 'scheduled',
  }
}

export type CheckedTimes =
  | { readonly ok: true; readonly actualStart: number; readonly actualEnd: number }
  | { readonly ok: false; readonly field: 'date' | 'starts' | 'ends'; readonly sentence: string }

/** The sheet's fields as instants; where the clock jumps, the time that a person would mean. */
export function checkActualTimes(times: ActualTimes, zone: string): CheckedTimes {
  if (times.date === null) return { ok: false, field: 'date', sentence: 'Please give the whole date.' }
  if (times.starts === null)
    return { ok: false, field: 'starts', sentence: 'Please give the time it started.' }
  if (times.ends === null) return { ok: false, field: 'ends', sentence: 'Please give the time it ended.' }
  const day = Temporal.PlainDate.from(times.date)
  const at = (date: Temporal.PlainDate, time: string) =>
    date.toZonedDateTime({ timeZone: zone, plainTime: Temporal.PlainTime.from(time) }).epochMilliseconds
  const actualStart = at(day, times.starts)
  const actualEnd = at(day.add({ days: times.endDays }), times.ends)
  if (actualEnd <= actualStart) {
    return { ok: false, field: 'ends', sentence: endSentence(actualEnd === actualStart) }
  }
  if (actualEnd - actualStart > LONGEST_SESSION_MS) {
    return { ok: false, field: 'ends', sentence: 'That is longer than 24 hours. Please check the times.' }
  }
  return { ok: true, actualStart, actualEnd }
}

export interface CheckItem {
  readonly key: string
  readonly met: boolean
  readonly text: string
}

/** What a reader may miss in this note. It informs and never blocks. `asked` are the headings that are asked for. */
export function checklist(
  format: NoteFormat,
  sections: readonly Section[],
  note: Pick<NoteView, 'setDown' | 'openLoops'>,
  asked: readonly string[] = [],
): CheckItem[] {
  const blank = format.sections.filter((s) => !sections.some((w) => w.key === s.key && w.text.trim() !== ''))
  const missing = blank.filter((s) => asked.includes(s.key)).map((s) => s.label)
  const empty = blank.filter((s) => !asked.includes(s.key))
  const has = (kind: Loop['kind']) => note.setDown.some((l) => l.kind === kind && l.closedHow !== 'dropped')
  const unreviewed = note.openLoops.filter((l) => l.kind === 'homework' && l.closedAt === null).length
  const names = empty.map((s) => s.label)
  const gaps = sections.flatMap((s) => s.text.match(FILL_IN) ?? []).length
  return [
    ...(missing.length > 0
      ? [
          {
            key: 'asked',
            met: false,
            text: `${format.name} asks for ${joined(missing)}; nothing is written there yet`,
          },
        ]
      : []),
    {
      key: 'sections',
      met: blank.length === 0,
      text:
        empty.length === 0
          ? missing.length > 0
            ? 'Every other section has something in it'
            : 'Every section has something in it'
          : `${joined(names)} ${names.length === 1 ? 'is' : 'are'} empty`,
    },
    ...(gaps > 0
      ? [
          {
            key: 'gaps',
            met: false,
            text: `${gaps === 1 ? 'One gap' : `${gaps} gaps`} of shorthand still to fill in`,
          },
        ]
      : []),
    ...(note.openLoops.some((l) => l.kind === 'homework')
      ? [
          {
            key: 'reviewed',
            met: unreviewed === 0,
            text:
              unreviewed === 0
                ? 'Homework from before is reviewed'
                : `${unreviewed === 1 ? 'One piece' : `${unreviewed} pieces`} of homework from before still open`,
          },
        ]
      : []),
    {
      key: 'homework',
      met: has('homework'),
      text: has('homework') ? 'Homework is set down' : 'No homework set down',
    },
    {
      key: 'plan',
      met: has('plan'),
      text: has('plan') ? 'A next step is set down' : 'No next step set down',
    },
  ]
}

const joined = (names: readonly string[]): string =>
  names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1) ?? ''}`
