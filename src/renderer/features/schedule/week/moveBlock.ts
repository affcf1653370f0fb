import type { Scope } from '../../../../shared/contract/series.ts'
import { api } from '../../../api/client.ts'
import { systemZone, timeText, weekdayText } from '../../../api/clock.ts'
import { sentenceFor } from '../../../api/sentences.ts'
import { announce } from '../../../ui/Status.tsx'
import type { Block } from './weekEvents.ts'

interface Span {
  readonly startsAt: number
  readonly endsAt: number
}

const tell = (error: unknown): void => {
  announce({ text: sentenceFor(error) })
}

/** Moves what was dragged, and says where to. False when it stays where it was; the sentence is on the screen then. */
export async function moveBlock(block: Block, to: Span, scope: Scope): Promise<boolean> {
  const [{ id, startsAt, endsAt, zone, seriesId, changed }] = block.sessions
  const when = `${weekdayText(to.startsAt)}, ${timeText(to.startsAt)}`
  try {
    if (scope === 'this') {
      await api.sessions.move({ id, ...to, zone: systemZone() })
      // Moved back it would still stand by itself: taking that back is only right for one that did.
      const alone = seriesId === null || changed
      const back = () => void api.sessions.move({ id, startsAt, endsAt, zone }).catch(tell)
      announce({
        text: `Session moved: ${when}.`,
        ...(alone ? { action: { label: 'Undo', onAction: back } } : {}),
      })
    } else {
      const { touched } = await api.series.move({ sessionId: id, scope, ...to, zone: systemZone() })
      announce({ text: `${touched} ${touched === 1 ? 'session' : 'sessions'} moved, from ${when} on.` })
    }
    return true
  } catch (error) {
    tell(error)
    return false
  }
}
