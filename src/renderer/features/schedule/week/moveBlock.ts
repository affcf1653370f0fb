import type { Scope } from '../../../../shared/contract/series.ts'
import { timeText, weekdayText } from '../../../api/clock.ts'
import { sentenceFor } from '../../../api/sentences.ts'
import { announce } from '../../../ui/Status.tsx'
import { undoing } from '../attempt.ts'
import { leading, type Block } from '../blocks.ts'
import { moveAlong, moveSession } from '../moving.ts'

/** Moves what was dragged, and says where to. False when it stays where it was; the sentence is on the screen then. */
export async function moveBlock(
  block: Block,
  to: { readonly startsAt: number; readonly endsAt: number },
  scope: Scope,
): Promise<boolean> {
  const session = leading(block)
  const when = `${weekdayText(to.startsAt)}, ${timeText(to.startsAt)}`
  // It goes on being by the clock that it was arranged by.
  const span = { ...to, zone: session.zone }
  try {
    const travel = { before: session.travelBefore, after: session.travelAfter }
    const { touched, undo } =
      scope === 'this'
        ? await moveSession(session, { scope, span, starts: '', travel, rhythm: null, series: undefined })
        : await moveAlong(session, scope, span)
    announce({
      text:
        scope === 'this'
          ? `Session moved: ${when}.`
          : `${touched} ${touched === 1 ? 'session' : 'sessions'} moved, from ${when} on.`,
      ...(undo === null ? {} : { action: undoing(undo) }),
    })
    return true
  } catch (error) {
    announce({ text: sentenceFor(error) })
    return false
  }
}
