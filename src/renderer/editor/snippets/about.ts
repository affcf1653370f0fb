import { createContext } from 'react'
import type { ClientOverview } from '../../../shared/contract/clients.ts'
import type { SessionView } from '../../../shared/contract/sessions.ts'
import { type Fact, type Known, pronounsOf } from '../../../shared/domain/shorthand.ts'
import { dayOf, now } from '../../api/clock.ts'

/** Whose session is being written about; null where nobody's is. */
export type NoteAbout = Pick<SessionView, 'id' | 'clientId' | 'clientName' | 'startsAt' | 'zone'>
export const AboutNote = createContext<NoteAbout | null>(null)

/** A day in a note has its year: it is read years later. */
const DAY: Intl.DateTimeFormatOptions = { dateStyle: 'medium' }
const TIME: Intl.DateTimeFormatOptions = { timeStyle: 'short' }
const written = (instant: number, options: Intl.DateTimeFormatOptions, zone?: string): string =>
  new Intl.DateTimeFormat(undefined, zone === undefined ? options : { ...options, timeZone: zone }).format(
    instant,
  )

/** "Moreau, Ines" and "Ines Moreau" are both Ines. */
export function firstName(name: string): string {
  const [last = '', first] = name.split(',')
  return (first ?? last).trim().split(/\s+/u)[0] ?? ''
}

/** What can be said about the note's person and session; `card` may not have been read yet. */
export function knownAbout(about: NoteAbout | null, card: ClientOverview | undefined): Known {
  const facts: Partial<Record<Fact, () => string | null>> = {
    time: () => written(now(), TIME),
    ...(about === null
      ? {}
      : {
          client: () => about.clientName,
          'first-name': () => firstName(about.clientName),
          'session-date': () => written(about.startsAt, DAY, about.zone),
          'session-time': () => written(about.startsAt, TIME, about.zone),
        }),
    ...(about === null || card === undefined
      ? {}
      : {
          pronouns: () => card.client.pronouns,
          they: () => pronounsOf(card.client.pronouns)?.they ?? null,
          them: () => pronounsOf(card.client.pronouns)?.them ?? null,
          their: () => pronounsOf(card.client.pronouns)?.their ?? null,
          'last-session': () => {
            const before = card.notes.find(
              ({ at, sessionId }) => sessionId !== about.id && at < about.startsAt,
            )
            return before === undefined ? null : written(before.at, DAY, about.zone)
          },
          'next-session': () => {
            const next = card.nextSession
            return next === null || next.id === about.id ? null : written(next.startsAt, DAY, next.zone)
          },
        }),
  }
  return {
    day: (fromToday) => dayOf(now()).add({ days: fromToday }).toLocaleString(undefined, DAY),
    fact: (fact) => facts[fact]?.() ?? null,
  }
}
