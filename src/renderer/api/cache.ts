import { QueryClient, type Query } from '@tanstack/react-query'
import type { Input, Output, VerbOf } from '../../shared/contract/index.ts'
import type { Topic } from '../../shared/contract/events.ts'
import type { AppDomain } from './bracket.d.ts'
import { api, type Refused } from './client.ts'

declare module '@tanstack/react-query' {
  interface Register {
    /** Also what is not a Refused is thrown now and then: `refusal` and `sentenceFor` take both. */
    defaultError: Refused
  }
}

/** Nothing here talks to a network, and main says when something changed: no retries, nothing goes stale. */
export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      networkMode: 'always',
      retry: false,
      staleTime: Infinity,
      gcTime: 10 * 60_000,
      refetchOnWindowFocus: false,
      refetchOnReconnect: false,
    },
    mutations: { networkMode: 'always', retry: false },
  },
})

/** What `read` hands to useQuery. */
export interface Read<D extends AppDomain, V extends VerbOf<D>> {
  readonly queryKey: readonly [D, V, Input<D, V>]
  readonly queryFn: () => Promise<Output<D, V>>
}

/** How often each reading was touched by a change: by its name, "clients" or "clients.list". */
const changes = new Map<string, number>()
const changesOf = (domain: string, verb: string): number =>
  (changes.get(domain) ?? 0) + (changes.get(`${domain}.${verb}`) ?? 0)

/** Once more is enough unless changes follow one another faster than answers. */
const TIMES = 5

/**
 * Query options of one reading channel: `useQuery(read('clients', 'get', { id }))`. The key is
 * [domain, verb, input], which is what `invalidate` below counts on.
 */
export function read<D extends AppDomain, V extends VerbOf<D>>(
  domain: D,
  verb: V,
  input: Input<D, V>,
): Read<D, V> {
  // A change that comes while the first answer is on its way finds nothing to fetch anew, and the answer may be from
  // before it: it is asked for again.
  const queryFn = async (): Promise<Output<D, V>> => {
    for (let left = TIMES; ; left -= 1) {
      const before = changesOf(domain, verb)
      const answer = await api[domain][verb](input)
      if (left === 1 || changesOf(domain, verb) === before) return answer
    }
  }
  return { queryKey: [domain, verb, input], queryFn }
}

type Reading = readonly [AppDomain] | readonly [AppDomain, string]

/** All of `clients` but who has whose name, which only a client that is new or renamed changes. */
const inClients: readonly Reading[] = [
  ['clients', 'list'],
  ['clients', 'get'],
  ['clients', 'notes'],
  ['clients', 'headings'],
]
const aboutClients: readonly Reading[] = [['clients', 'get'], ['review'], ['notes', 'read']]

/** Which readings a topic touches. `notes.open` is left out: what is being typed is never fetched away. */
const touched: Readonly<Record<Topic, readonly Reading[]>> = {
  clients: [['clients'], ['sessions'], ['review'], ['search']],
  sessions: [['sessions'], ['series'], ['groups'], ...inClients, ['review']],
  notes: [['sessions'], ...inClients, ['review'], ['notes', 'read'], ['search']],
  loops: aboutClients,
  goals: aboutClients,
  private: [['privateRoom']],
  preferences: [['app', 'context']],
  verification: [['app', 'verification'], ['checking']],
  backup: [['backup']],
  calendars: [['calendars']],
  formats: [['formats']],
  snippets: [['snippets']],
  spelling: [['spelling']],
}

export async function invalidate(topics: readonly Topic[]): Promise<void> {
  const readings = new Map(topics.flatMap((topic) => touched[topic]).map((r) => [r.join('.'), r]))
  for (const name of readings.keys()) changes.set(name, (changes.get(name) ?? 0) + 1)
  await Promise.all([...readings.values()].map((queryKey) => queryClient.invalidateQueries({ queryKey })))
}

/** Call once, when the page starts. Returns the function that stops it. */
export function followChanges(): () => void {
  const stops = [
    window.bracket.on('changed', ({ topics }) => void invalidate(topics)),
    window.bracket.on('privateRoom', ({ room }) => {
      // A locked room leaves nothing of itself in this page's memory.
      const opened = ({ queryKey: [domain, verb] }: Query) => domain === 'privateRoom' && verb !== 'state'
      queryClient.removeQueries({ predicate: opened })
      queryClient.setQueryData(read('privateRoom', 'state', {}).queryKey, { room })
    }),
  ]
  return () => stops.forEach((stop) => stop())
}
