import type { EventInput } from '@fullcalendar/react'
import type { Margins } from '../../../../shared/contract/sessions.ts'
import { marginsOf, type Margin } from '../../../../shared/domain/calendar/margins.ts'
import { leading, type Block } from '../blocks.ts'

/** A contact has no length of its own: it is shown as the shortest line that can be read. */
const SHORTEST_MS = 20 * 60_000

const canMove = ({ sessions, phase }: Block): boolean =>
  phase !== 'cancelled' &&
  phase !== 'no-show' &&
  sessions.every(({ kind, note }) => kind !== 'contact' && (note === null || note.state === 'draft'))

export const blockOf = (event: { extendedProps: Record<string, unknown> }): Block | undefined =>
  event.extendedProps['block'] as Block | undefined

export const marginOf = (event: { extendedProps: Record<string, unknown> }): Margin | undefined =>
  event.extendedProps['margin'] as Margin | undefined

/** What the grid draws: the blocks, and behind them the time around them. */
export function weekEvents(blocks: readonly Block[], margins: Margins): EventInput[] {
  const planned = blocks
    .map(leading)
    .filter(({ status, kind }) => status === 'scheduled' && kind !== 'contact')
  return [
    ...blocks.map((block) => {
      const session = leading(block)
      return {
        id: session.id,
        title: block.title,
        start: session.startsAt,
        end: Math.max(session.endsAt, session.startsAt + SHORTEST_MS),
        editable: canMove(block),
        extendedProps: { block },
      }
    }),
    ...marginsOf(planned, margins).map((margin) => ({
      id: `${margin.kind}-${margin.from}`,
      start: margin.from,
      end: margin.to,
      display: 'background',
      extendedProps: { margin },
    })),
  ]
}
