import { Link } from '@tanstack/react-router'
import type { Goal } from '../../../shared/contract/goals.ts'
import type { Loop, LoopKind } from '../../../shared/contract/loops.ts'
import type { NoteLine } from '../../../shared/contract/sessions.ts'
import { dayText } from '../../api/clock.ts'
import { loopKinds } from '../../ui/loopWords.ts'
import { Trend } from '../../ui/Trend.tsx'
import type { Entry } from './Block.tsx'
import css from './Review.module.css'

const one: Readonly<Partial<Record<LoopKind, string>>> = { risk: 'Risk', thread: 'Thread', task: 'Task' }

/** Open loops of these kinds, in the order of the kinds and then the newest first: the last plan is the plan. */
export function loopEntries(loops: readonly Loop[], kinds: readonly LoopKind[]): Entry[] {
  return loopKinds
    .filter(({ kind }) => kinds.includes(kind))
    .flatMap(({ kind }) => loops.filter((loop) => loop.kind === kind).toReversed())
    .map((loop) => {
      const kind = one[loop.kind]
      return {
        key: loop.id,
        content: loop.text,
        aside: dayText(loop.sessionAt ?? loop.createdAt),
        ...(kind === undefined ? {} : { kind }),
      }
    })
}

export const goalEntries = (goals: readonly Goal[]): Entry[] =>
  goals
    .filter((goal) => goal.state === 'active')
    .map((goal) => ({ key: goal.id, content: goal.text, aside: <Trend trends={goal.trends} /> }))

/** The last notes, a line each: the summary line of a signed one is what its author wanted to be reminded of. */
export const noteEntries = (notes: readonly NoteLine[]): Entry[] =>
  notes.map((note) => ({
    key: note.noteId,
    content: (
      <Link to="/write/$sessionId" params={{ sessionId: note.sessionId }} className={css.noteLink ?? ''}>
        {note.state === 'draft' ? (
          <span className={css.quiet}>Not signed yet</span>
        ) : note.summary === '' ? (
          <span className={css.quiet}>No summary line</span>
        ) : (
          note.summary
        )}
      </Link>
    ),
    aside: dayText(note.at),
  }))
