import type { ClientRow, Client } from '../../src/shared/contract/clients.ts'
import type { Context } from '../../src/shared/contract/app.ts'
import { channels, events, type ChannelName, type DomainName } from '../../src/shared/contract/index.ts'
import type { EventName, EventPayload, Handlers } from '../../src/shared/contract/index.ts'
import { Refusal, type Result } from '../../src/shared/contract/result.ts'
import { sessionView, type ScheduledSession, type SessionView } from '../../src/shared/contract/sessions.ts'
import type { BracketBridge } from '../../src/renderer/api/bracket.d.ts'

/*
 * What the page sees, without a main process: every channel of the contract, inputs and outputs parsed by its
 * schemas as the guard does, answered from memory. For unit tests and previews; nothing of it is shipped.
 */
export type SomeHandlers = { [D in DomainName]?: Partial<Handlers[D]> }

export interface FakeBracket extends BracketBridge {
  /** As main would: parsed, then handed to whoever listens. */
  emit<N extends EventName>(name: N, payload: EventPayload<N>): void
  /** Channels in the order in which they were called. */
  readonly calls: readonly ChannelName[]
  /** While true every channel that needs the vault answers LOCKED. */
  locked: boolean
}

export interface FakeOptions {
  now?: () => number
  locked?: boolean
  context?: Partial<Context>
  handlers?: SomeHandlers
}

export const PREFERENCES: Context['preferences'] = {
  idleMinutes: 10,
  privateIdleMinutes: 2,
  dueHours: 24,
  theme: 'system',
  noteFont: 'serif',
  textSize: 100,
  notify: true,
  contentProtection: false,
  authorName: '',
  privateLane: true,
  spelling: 'en',
  shorthand: true,
}

export function fakeContext(more: Partial<Context> = {}): Context {
  return {
    setting: 'practice',
    sample: false,
    clockOffset: 0,
    platform: 'linux',
    version: '0.0.0',
    place: null,
    preferences: PREFERENCES,
    recoveryConfirmed: true,
    restored: null,
    clockBehind: null,
    zoneBefore: null,
    ...more,
  }
}

export function fakeApi(options: FakeOptions = {}): FakeBracket {
  const calls: ChannelName[] = []
  const listeners = new Map<EventName, Set<(payload: never) => void>>()
  const emit: FakeBracket['emit'] = (name, payload) => {
    const parsed = events[name].payload.parse(payload)
    for (const listener of listeners.get(name) ?? []) listener(parsed as never)
  }
  const handlers = { ...memory(options, emit) } as Record<string, Record<string, unknown>>
  for (const [domain, verbs] of Object.entries(options.handlers ?? {}))
    handlers[domain] = { ...handlers[domain], ...verbs }

  const fake: Record<string, unknown> = { emit, calls, locked: options.locked ?? false }
  const answer = async (name: ChannelName, input: unknown): Promise<Result<unknown>> => {
    calls.push(name)
    const { input: shape, output, needs } = channels[name]
    if (fake['locked'] === true && needs !== 'nothing') return { ok: false, code: 'LOCKED' }
    const given = shape.safeParse(input)
    if (!given.success)
      return { ok: false, code: 'BAD_INPUT', field: given.error.issues[0]?.path.join('.') ?? '' }
    const [domain = '', verb = ''] = name.split('.')
    const handler = handlers[domain]?.[verb] as ((value: unknown) => Promise<unknown>) | undefined
    if (handler === undefined) return { ok: false, code: 'NOT_NOW' }
    try {
      return { ok: true, value: output.parse(await handler(given.data)) }
    } catch (error) {
      if (error instanceof Refusal)
        return error.field === undefined
          ? { ok: false, code: error.code }
          : { ok: false, code: error.code, field: error.field }
      throw error
    }
  }
  for (const name of Object.keys(channels) as ChannelName[]) {
    const [domain = '', verb = ''] = name.split('.')
    const verbs = (fake[domain] ??= {}) as Record<string, unknown>
    verbs[verb] = (input: unknown) => answer(name, input)
  }
  fake['on'] = (name: EventName, listener: (payload: never) => void) => {
    const those = listeners.get(name) ?? new Set()
    listeners.set(name, those.add(listener))
    return () => void those.delete(listener)
  }
  return fake as unknown as FakeBracket
}

let made = 0
/** A UUID that only counts up, so that a failing test reads the same twice. */
export const nextId = (): string => `00000000-0000-4000-8000-${String(++made).padStart(12, '0')}`

export function fakeSession(more: Partial<ScheduledSession> = {}): ScheduledSession {
  return {
    id: nextId(),
    clientId: nextId(),
    clientName: 'Somebody',
    kind: 'individual',
    startsAt: 0,
    endsAt: 50 * 60_000,
    zone: 'UTC',
    status: 'scheduled',
    line: '',
    startedAt: null,
    endedAt: null,
    note: null,
    group: null,
    seriesId: null,
    occurrence: null,
    changed: false,
    fromCalendar: false,
    travelBefore: 0,
    travelAfter: 0,
    cancelledBy: null,
    toldAt: null,
    ...more,
  }
}

/** Without what only the schedule needs. */
const plain = (session: ScheduledSession): SessionView => {
  const names = Object.keys(sessionView.shape) as (keyof SessionView)[]
  return sessionView.parse(Object.fromEntries(names.map((name) => [name, session[name]])))
}

/** Clients, sessions and preferences in memory; everything else is NOT_NOW unless a test brings it. */
function memory({ now = Date.now, context = {} }: FakeOptions, emit: FakeBracket['emit']): SomeHandlers {
  const people: Client[] = []
  let kept: ScheduledSession[] = []
  let preferences = context.preferences ?? PREFERENCES
  const nothing = async () => ({})
  const found = (id: string): ScheduledSession => {
    const session = kept.find((one) => one.id === id)
    if (session === undefined) throw new Refusal('NOT_FOUND')
    return session
  }
  const change = (id: string, part: Partial<SessionView>) => {
    const session = found(id)
    kept = kept.map((one) => (one.id === id ? { ...session, ...part } : one))
    emit('changed', { topics: ['sessions'] })
    return {}
  }
  const add = (part: Partial<SessionView> & { clientId: string; endsAt: number; startsAt: number }) => {
    if (part.endsAt <= part.startsAt) throw new Refusal('END_BEFORE_START')
    const person = people.find((one) => one.id === part.clientId)
    if (person === undefined) throw new Refusal('NOT_FOUND')
    const session = fakeSession({ ...part, clientName: person.name })
    kept = [...kept, session]
    emit('changed', { topics: ['sessions'] })
    return { id: session.id }
  }
  const row = ({ id, name, pronouns }: Client): ClientRow => ({
    id,
    name,
    pronouns,
    flags: 0,
    nextSessionAt: null,
    lastSessionAt: null,
    unwritten: 0,
  })
  return {
    app: {
      context: async () => fakeContext({ ...context, preferences }),
      setPreferences: async (wanted) => {
        preferences = wanted
        return {}
      },
      rememberPlace: nothing,
      flushed: nothing,
      lock: nothing,
      copy: nothing,
      verification: async () => ({ state: 'intact', checked: 0, changed: [] }),
    },
    clients: {
      list: async () => ({
        clients: people.map(row).sort((a, b) => a.name.localeCompare(b.name)),
      }),
      create: async (details) => {
        const id = nextId()
        people.push({ id, createdAt: now(), ...details })
        emit('changed', { topics: ['clients'] })
        return { id }
      },
    },
    privateRoom: { state: async () => ({ room: 'locked' }) },
    sessions: {
      day: async ({ from, to }) => ({
        sessions: kept.filter((one) => one.startsAt >= from && one.startsAt < to),
        unwritten: kept.filter((one) => one.startsAt < from && one.note === null).map(plain),
      }),
      get: async ({ id }) => plain(found(id)),
      scheduled: async ({ id }) => found(id),
      create: async (wanted) => add(wanted),
      contactNow: async ({ clientId, zone }) =>
        add({ clientId, zone, kind: 'contact', startsAt: now(), endsAt: now() + 60_000 }),
      move: async ({ id, ...span }) => change(id, span),
      setStatus: async ({ id, ...status }) => change(id, status),
      mark: async ({ id, ...times }) => change(id, times),
      remove: async ({ id }) => {
        kept = kept.filter((one) => one.id !== found(id).id)
        return {}
      },
    },
  }
}
