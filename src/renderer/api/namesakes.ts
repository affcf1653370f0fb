import { useQuery } from '@tanstack/react-query'
import type { Namesake } from '../../shared/contract/clients.ts'
import { read } from './cache.ts'
import { dayText, timeText } from './clock.ts'

const none: ReadonlyMap<string, Namesake> = new Map()

/** A day without a clock: read in any zone but its own it could be another. */
const birthText = (date: string, dateStyle: 'medium' | 'short'): string =>
  new Intl.DateTimeFormat(undefined, { dateStyle, timeZone: 'UTC' }).format(Date.parse(date))

/** "born Mar 3, 2013" ("born 3/3/13" where room is short), or when the file was begun where that is not known. */
export const namesakeText = (
  { birthDate, createdAt }: Namesake,
  style: 'medium' | 'short' = 'medium',
): string => {
  if (birthDate !== null) return `born ${birthText(birthDate, style)}`
  return style === 'short'
    ? `added ${dayText(createdAt)}`
    : `added ${dayText(createdAt)}, ${timeText(createdAt)}`
}

const byId = ({ namesakes }: { namesakes: readonly Namesake[] }): ReadonlyMap<string, Namesake> =>
  namesakes.length === 0 ? none : new Map(namesakes.map((one) => [one.id, one]))

/** Clients whose name somebody else has as well, by their ids; nearly always nobody. */
export function useNamesakes(): ReadonlyMap<string, Namesake> {
  return useQuery({ ...read('clients', 'namesakes', {}), select: byId }).data ?? none
}

/** What tells this client from another of the same name; null where nobody else has it. */
export function useNamesake(clientId: string, style: 'medium' | 'short' = 'medium'): string | null {
  const found = useNamesakes().get(clientId)
  return found === undefined ? null : namesakeText(found, style)
}
