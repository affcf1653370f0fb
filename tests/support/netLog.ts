import { readFileSync } from 'node:fs'

interface NetEvent {
  readonly name: string
  readonly source: string
  readonly params: Record<string, unknown>
}

interface Constants {
  readonly constants: { logEventTypes: Record<string, number>; logSourceType: Record<string, number> }
}

interface Event {
  readonly type: number
  readonly source: { readonly type: number }
  readonly params?: Record<string, unknown>
}

/** Chromium's own log of everything its network stack does (`--log-net-log`), with the numbers turned to names. */
export function readNetLog(file: string): NetEvent[] {
  // A line each: the constants, then the events. A process that ends at once leaves the end out.
  const lines = readFileSync(file, 'utf8').split('\n')
  const { constants } = JSON.parse(`${(lines[0] ?? '').replace(/,\s*$/u, '')}}`) as Constants
  const events = lines
    .filter(
      (line) => line.startsWith('{"params"') || line.startsWith('{"phase"') || line.startsWith('{"source"'),
    )
    .map((line) => JSON.parse(line.replace(/(?:,|\]\}?,?)\s*$/u, '')) as Event)
  const names = (table: Record<string, number>): Map<number, string> =>
    new Map(Object.entries(table).map(([name, number]) => [number, name]))
  const [types, sources] = [names(constants.logEventTypes), names(constants.logSourceType)]
  return events.map(({ type, source, params = {} }) => ({
    name: types.get(type) ?? `event ${type}`,
    source: sources.get(source.type) ?? `source ${source.type}`,
    params,
  }))
}

/** What a resolver, a socket, a connection, a proxy lookup or a request is called in that log. */
const TALK =
  /^(?:HOST_RESOLVER|DNS_TRANSACTION|TCP_|UDP_|SSL_|SOCKET|TRANSPORT_CONNECT|HTTP_|HTTP2_|QUIC_|URL_REQUEST|PAC_|PROXY_|WEB_|WEBSOCKET)/u
/** A memory of servers and a pool of sessions that open and close with the process, empty. */
const HOUSEKEEPING = /^(?:HTTP_SERVER_PROPERTIES_|QUIC_SESSION_POOL_CLOSE_ALL_SESSIONS$)/u

/** Every event that means a name looked up, a socket or a request, but for requests to our own pages. */
export function talk(events: readonly NetEvent[]): string[] {
  return events
    .filter(({ name, source }) => (TALK.test(name) || TALK.test(source)) && !HOUSEKEEPING.test(name))
    .filter(({ params: { url } }) => !(typeof url === 'string' && url.startsWith('app://')))
    .map(({ name, source, params }) => `${source} ${name} ${JSON.stringify(params)}`)
}
