import type { TitleMatch } from '../../../shared/contract/calendar.ts'
import type { SeriesKind } from '../../../shared/contract/series.ts'
import type { Match } from '../../store/record/queries/calendars.ts'

/** A stored match as everybody else knows it. */
export const matchOf = ({ clientId, groupId, kind }: Omit<Match, 'name' | 'title'>): TitleMatch => {
  if (clientId !== null) return { to: 'client', id: clientId, kind }
  return groupId === null ? { to: 'nobody' } : { to: 'group', id: groupId, kind }
}

/** As they are stored. What is open is not remembered: it is asked again. */
export function matchesOf(matches: ReadonlyMap<string, TitleMatch>): Omit<Match, 'name'>[] {
  return [...matches].flatMap(([title, match]) => {
    if (match.to === 'open') return []
    const kind: SeriesKind = match.to === 'nobody' ? 'individual' : match.kind
    return [
      {
        title,
        clientId: match.to === 'client' ? match.id : null,
        groupId: match.to === 'group' ? match.id : null,
        kind,
      },
    ]
  })
}
