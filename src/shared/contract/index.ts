import { app } from './app.ts'
import { backup, restore } from './backup.ts'
import { calendars, takeIn } from './calendar.ts'
import { auditLog } from './auditLog.ts'
import type { Audience, Channel } from './channel.ts'
import { clients } from './clients.ts'
import { checking, damage } from './damage.ts'
import { formats } from './formats.ts'
import { goals } from './goals.ts'
import { groups } from './groups.ts'
import { loops } from './loops.ts'
import { notes } from './notes.ts'
import { privateRoom } from './privateRoom.ts'
import { paper } from './paper.ts'
import type { Result } from './result.ts'
import { review } from './review.ts'
import type { z } from './schema.ts'
import { search } from './search.ts'
import { series } from './series.ts'
import { sessions } from './sessions.ts'
import { snippets } from './snippets.ts'
import { spelling } from './spelling.ts'
import { vault } from './vault.ts'
import { destruction, wiping } from './wiping.ts'

export { events, type EventName, type EventPayload } from './events.ts'

/**
 * The one table. Main's handlers, the preloads' lists, the page's client and the tests' fake are all
 * derived from it; there is no second list anywhere.
 */
export const domains = {
  app,
  auditLog,
  vault,
  clients,
  goals,
  loops,
  notes,
  formats,
  snippets,
  spelling,
  privateRoom,
  review,
  search,
  sessions,
  series,
  groups,
  calendars,
  takeIn,
  backup,
  restore,
  paper,
  checking,
  damage,
  wiping,
  destruction,
}

export type Domains = typeof domains
export type DomainName = keyof Domains
export type VerbOf<D extends DomainName> = keyof Domains[D] & string
export type ChannelName = { [D in DomainName]: `${D}.${VerbOf<D>}` }[DomainName]

type Definition<D extends DomainName, V extends VerbOf<D>> =
  Domains[D][V] extends Channel<infer I, infer O> ? { input: I; output: O } : never

/** What a caller hands over, before the schema has normalised it. */
export type Input<D extends DomainName, V extends VerbOf<D>> = z.input<Definition<D, V>['input']>
/** What the handler receives, after. */
export type Parsed<D extends DomainName, V extends VerbOf<D>> = z.output<Definition<D, V>['input']>
export type Output<D extends DomainName, V extends VerbOf<D>> = z.output<Definition<D, V>['output']>

/** A channel without a handler does not compile. */
export type Handlers = {
  [D in DomainName]: { [V in VerbOf<D>]: (input: Parsed<D, V>) => Promise<Output<D, V>> }
}

/** The API as the page sees it. */
export type Api<D extends DomainName = DomainName> = {
  readonly [K in D]: { readonly [V in VerbOf<K>]: (input: Input<K, V>) => Promise<Result<Output<K, V>>> }
}

export const channels: Readonly<Record<ChannelName, Channel>> = Object.freeze(
  Object.fromEntries(
    Object.entries(domains).flatMap(([domain, verbs]) =>
      Object.entries(verbs).map(([verb, channel]) => [`${domain}.${verb}`, channel as Channel]),
    ),
  ),
) as Record<ChannelName, Channel>

export type { Audience, Channel }
