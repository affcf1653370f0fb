import { useQuery } from '@tanstack/react-query'
import type { Namesake } from '../../shared/contract/clients.ts'
import { read } from './cache.ts'
import { dayText, timeText } from './clock.ts'

const none: ReadonlyMap<string, string> = new Map()

/** A day without a clock: read in any zone but its own it could be another. */
const birthText = (date: string): string =>
  new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeZone: 'UTC' }).format(Date.parse(date))

/** "born Mar 3, 2013", or when the file was begun where that is not known. */
export const namesakeText = ({ birthDate, createdAt }: Namesake): string =>
  birthDate === null ? `added ${dayText(createdAt)}, ${timeText(createdAt)}` : `born ${birthText(birthDate)}`

const textsOf = ({ namesakes }: { namesakes: readonly Namesake[] }): ReadonlyMap<string, string> =>
  namesakes.length === 0 ? none : new Map(namesakes.map((one) => [one.id, namesakeText(one)]))

/** What tells clients of one name apart, by their ids; nearly always empty. */
export function useNamesakes(): ReadonlyMap<string, string> {
  return useQuery({ ...read('clients', 'namesakes', {}), select: textsOf }).data ?? none
}

/** The same for one client; null where nobody else has that name. */
export const useNamesake = (clientId: string): string | null => useNamesakes().get(clientId) ?? null
