import type { LoopEnd, LoopKind } from '../../shared/contract/loops.ts'

/** Headings of the open loops, in the order in which they are shown. */
export const loopKinds: readonly {
  readonly kind: LoopKind
  readonly heading: string
  readonly aside?: string
}[] = [
  { kind: 'risk', heading: 'Risk' },
  { kind: 'homework', heading: 'Homework' },
  { kind: 'plan', heading: 'Plan' },
  { kind: 'self', heading: 'Note to self', aside: 'part of the record, can be requested' },
  { kind: 'thread', heading: 'Threads' },
  { kind: 'task', heading: 'Tasks' },
]

export const loopEnds: Readonly<Record<LoopEnd, string>> = {
  done: 'Done',
  partly: 'Partly done',
  'not-done': 'Not done',
  dropped: 'Dropped',
  moved: 'Carried forward',
}

/**
 * How a loop of this kind may end outside a session. `moved` is not among them: it carries a loop forward into the
 * note of a session, and without one it would only disappear from the next review.
 */
export const endsOf = (kind: LoopKind): readonly LoopEnd[] =>
  kind === 'homework' ? ['done', 'partly', 'not-done', 'dropped'] : ['done', 'dropped']
