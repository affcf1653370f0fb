import { useQuery } from '@tanstack/react-query'
import type { ScheduledSession, SessionView } from '../../../shared/contract/sessions.ts'
import { read } from '../../api/cache.ts'
import { Menu } from '../../ui/Menu.tsx'
import type { Block } from './blocks.ts'
import { useSessionActs } from './useSessionActs.tsx'

/** Three dots with everything that can be done to a session besides what its row offers already. */
export function SessionMenu({ block }: { block: Pick<Block, 'sessions' | 'title'> }) {
  const { entries, dialog } = useSessionActs(block, { pen: block.sessions.length > 1 })
  return (
    <>
      <Menu label={`More about ${block.title}`} entries={entries} />
      {dialog}
    </>
  )
}

/** The same for one whose place on the schedule is not known yet; it is looked up. */
export function SessionMenuOf({ session }: { session: SessionView }) {
  const { data } = useQuery(read('sessions', 'scheduled', { id: session.id }))
  return <SessionMenu block={{ sessions: [data ?? alone(session)], title: session.clientName }} />
}

const alone = (session: SessionView): ScheduledSession => ({
  ...session,
  group: null,
  seriesId: null,
  occurrence: null,
  changed: false,
  fromCalendar: false,
  travelBefore: 0,
  travelAfter: 0,
  cancelledBy: null,
  toldAt: null,
})
