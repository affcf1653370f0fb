import { randomUUID } from 'node:crypto'
import { readFile, stat } from 'node:fs/promises'
import path from 'node:path'
import type {
  KeptDetails,
  OpenedTaking,
  TakingPlan,
  TakingWork,
  TitleMatch,
} from '../../shared/contract/calendar.ts'
import { Refusal } from '../../shared/contract/result.ts'
import type { Clock } from '../../shared/domain/clock.ts'
import type { CalendarReading } from '../../shared/domain/calendar/taken.ts'
import { instantOf } from '../../shared/domain/calendar/zones.ts'
import type { CalendarDesk } from '../ipc/handlers/calendar.ts'
import type { OpenRecord } from '../services/record/openRecord.ts'
import { MAX_BYTES } from './limits.ts'
import { planInSlices, type KnownSeries, type Taking } from './planning/planning.ts'
import { titleKey, type Named } from './planning/titles.ts'
import type { ReadCalendar } from './reading.ts'
import { newestCalendar } from './watching.ts'
import { writeSchedule } from './writing/schedule.ts'

/** Of each list this much is shown; the counts say the whole. */
const SHOWN = 200
const DAY = 86_400_000
const NOTHING: KeptDetails = { place: false, description: false, attendees: false }

export interface DeskOptions {
  record(): OpenRecord | null
  clock: Clock
  /** The reading thread; ended by `signal`. */
  read(
    bytes: Uint8Array,
    how: { homeZone: string; details: boolean; onProgress(fraction: number): void; signal: AbortSignal },
  ): Promise<ReadCalendar>
  askForCalendar(): Promise<string | null>
  askForFolder(): Promise<string | null>
  choosePlace(name: string): Promise<string | null>
  /** Puts a file in its place, whole or not at all. */
  place(target: string, bytes: Uint8Array): Promise<void>
  onWork(work: TakingWork): void
  changed(): void
}

/** What is being looked at before it is taken: kept here, never on disk; gone with the lock. */
interface Held {
  readonly token: string
  readonly reading: CalendarReading
  readonly name: string
  readonly calendarId: string | null
  readonly known: readonly KnownSeries[]
  readonly people: readonly Named[]
  /** What was said at earlier times, and now. */
  readonly remembered: ReadonlyMap<string, TitleMatch>
  readonly said: Map<string, TitleMatch>
  keep: KeptDetails
  /** Where it came from, if from the watched folder. */
  readonly watched: { name: string; changedAt: number } | null
}

/** Taking calendars in and handing the schedule out. One thing at a time. */
export function createCalendarDesk(
  options: DeskOptions,
): CalendarDesk & { forget(): void; tick(): Promise<void> } {
  const { clock } = options
  let held: Held | null = null
  let work: TakingWork | null = null
  let stopping: AbortController | null = null
  let waiting = false

  const record = (): OpenRecord => {
    const open = options.record()
    if (open === null) throw new Refusal('LOCKED')
    return open
  }
  const holding = (token: string): Held => {
    record()
    if (held === null || held.token !== token || stopping !== null) throw new Refusal('NOT_NOW')
    return held
  }

  function progress(stage: TakingWork['stage']) {
    return (fraction: number): void => {
      work = { stage, fraction: Math.min(1, Math.max(0, fraction)) }
      options.onWork(work)
    }
  }

  /** One at a time, and to be stopped. */
  async function during<T>(act: (signal: AbortSignal) => Promise<T>): Promise<T> {
    if (stopping !== null) throw new Refusal('NOT_NOW')
    const controller = new AbortController()
    stopping = controller
    try {
      return await act(controller.signal)
    } finally {
      stopping = null
      work = null
    }
  }

  async function look(file: string, zone: string, watched: Held['watched']): Promise<OpenedTaking> {
    held = null
    return during(async (signal) => {
      const { takingIn } = record()
      if ((await stat(file)).size > MAX_BYTES) return { chosen: true, plan: null, unreadable: 'TOO_BIG' }
      progress('reading')(0)
      const bytes = new Uint8Array(await readFile(file))
      const reading = await options.read(bytes, {
        homeZone: zone,
        details: true,
        onProgress: progress('reading'),
        signal,
      })
      if ('unreadable' in reading) return { chosen: true, plan: null, unreadable: reading.unreadable }
      progress('planning')(0)
      const name = (reading.name.trim() || path.basename(file, path.extname(file))).slice(0, 200)
      const { id, known } = await calendarOf(record(), reading, name)
      const before = id === null ? undefined : await takingIn.find(id)
      const matches = await takingIn.matches()
      held = {
        token: randomUUID(),
        reading,
        name,
        calendarId: id,
        known,
        people: await takingIn.people(),
        remembered: new Map(matches.map(({ title, match }) => [title, match])),
        said: new Map(),
        keep: before?.keep ?? NOTHING,
        watched,
      }
      if (signal.aborted) throw new Refusal('CANCELLED')
      return { chosen: true, plan: viewOf(held, await planOf(held, clock.now())), unreadable: null }
    })
  }

  return {
    async list() {
      const { takingIn } = record()
      const [calendars, watch] = [await takingIn.list(), await takingIn.watch()]
      if (watch === null) return { calendars, watch: null }
      const newest = await newestCalendar(watch.folder)
      waiting = newest !== null && isNewer(newest, watch.taken)
      const folder = path.basename(watch.folder) || watch.folder
      return { calendars, watch: { folder, waiting, gone: newest === null } }
    },
    drop: (id) => record().takingIn.drop(id),
    matches: async () => ({ matches: await record().takingIn.matches() }),
    forgetMatch: (title) => record().takingIn.forgetMatch(title),

    async watch() {
      const { takingIn } = record()
      const folder = await options.askForFolder()
      if (folder === null) return false
      await takingIn.setWatch({ folder, taken: null })
      return true
    },
    unwatch: () => record().takingIn.setWatch(null),

    async saveOut({ from, to, zone }) {
      const open = record()
      const [begins, ends] = [instantOf(`${from}T00:00:00`, zone), instantOf(`${to}T00:00:00`, zone) + DAY]
      if (ends <= begins || ends - begins > 400 * DAY) throw new Refusal('BAD_INPUT', 'to')
      const { sessions } = await open.sessions.between(begins, ends)
      const seen = new Set<string>()
      const going = sessions
        .filter((s) => s.status === 'scheduled')
        .filter(({ group }) => group === null || (!seen.has(group.event) && seen.add(group.event)))
        .map(({ id, startsAt, endsAt, zone: own, clientName, group }) => ({
          id: group?.event ?? id,
          startsAt,
          endsAt,
          zone: own,
          name: group?.name ?? clientName,
        }))
      const target = await options.choosePlace(`Schedule ${from}.ics`)
      if (target === null) return { saved: false, sessions: 0 }
      const text = writeSchedule(going, { now: clock.now(), salt: await open.takingIn.salt() })
      await options.place(target, new TextEncoder().encode(text))
      return { saved: true, sessions: going.length }
    },

    async open(zone) {
      record()
      const file = await options.askForCalendar()
      if (file === null) return { chosen: false, plan: null, unreadable: null }
      return look(file, zone, null)
    },
    async openWaiting(zone) {
      const watch = await record().takingIn.watch()
      const newest = watch === null ? null : await newestCalendar(watch.folder)
      if (newest === null || newest.file === null) throw new Refusal('NOT_FOUND')
      const { file, name, changedAt } = newest
      return look(file, zone, { name, changedAt })
    },
    progress: () => {
      record()
      return { work }
    },

    async match({ token, key, match }) {
      const now = holding(token)
      const title = (await planOf(now, clock.now())).titles[key]
      if (title === undefined) throw new Refusal('NOT_FOUND', 'key')
      now.said.set(title.key, match)
      return viewOf(now, await planOf(now, clock.now()))
    },
    async keep({ token, keep }) {
      const now = holding(token)
      now.keep = keep
      return viewOf(now, await planOf(now, clock.now()))
    },

    async apply(token) {
      const now = holding(token)
      const open = record()
      return during(async (signal) => {
        const plan = await planOf(now, clock.now())
        const taken = await open.takingIn.apply({
          calendarId: now.calendarId,
          name: now.name,
          keep: now.keep,
          add: plan.add,
          change: plan.change,
          gone: plan.gone,
          // Also what the title said by itself, once it was shown and agreed to.
          matches: new Map([
            ...plan.titles.filter(({ by }) => by === 'name').map(({ key, match }) => [key, match] as const),
            ...now.said,
          ]),
          onProgress: progress('applying'),
          stopped: () => signal.aborted,
        })
        held = null
        const watch = await open.takingIn.watch()
        if (now.watched !== null && watch !== null)
          await open.takingIn.setWatch({ ...watch, taken: now.watched })
        return taken
      })
    },
    cancel() {
      record()
      stopping?.abort()
      if (stopping === null) held = null
    },

    /** With the lock: whatever was read out of a calendar goes. */
    forget() {
      stopping?.abort()
      held = null
      waiting = false
    },

    /** Every few minutes: is there a newer calendar in the watched folder? */
    async tick() {
      const open = options.record()
      const watch = await open?.takingIn.watch()
      if (watch === null || watch === undefined) return
      const newest = await newestCalendar(watch.folder)
      const newer = newest !== null && isNewer(newest, watch.taken)
      if (newer === waiting) return
      waiting = newer
      options.changed()
    },
  }
}

interface Newest {
  name: string
  changedAt: number
}
const isNewer = (newest: Newest & { file: string | null }, taken: Newest | null): boolean =>
  newest.file !== null &&
  (taken === null || newest.name !== taken.name || newest.changedAt !== taken.changedAt)

/** The calendar that shares most events with this one, else the one of that name. */
async function calendarOf(
  { takingIn }: OpenRecord,
  reading: CalendarReading,
  name: string,
): Promise<{ id: string | null; known: readonly KnownSeries[] }> {
  const uids = new Set(reading.events.map(({ uid }) => uid))
  let best: { id: string | null; known: readonly KnownSeries[]; shared: number } = {
    id: null,
    known: [],
    shared: 0,
  }
  for (const calendar of await takingIn.list()) {
    const known = await takingIn.known(calendar.id)
    const shared = known.filter(({ uid }) => uids.has(uid)).length
    if (shared > best.shared || (best.id === null && calendar.name === name)) {
      best = { id: calendar.id, known, shared }
    }
  }
  return best
}

/** In slices: of ten thousand events it takes a tenth of a second, and main has other things to do. */
function planOf(held: Held, now: number): Promise<Taking> {
  const matches = new Map([...held.remembered, ...held.said])
  return planInSlices(
    held.reading,
    { series: held.known, matches, clients: held.people },
    { now, keep: held.keep },
  )
}

function viewOf(held: Held, plan: Taking): TakingPlan {
  const { reading, remembered, said } = held
  const eventOf = (change: 'added' | 'changed') => (one: Taking['add'][number]) => ({
    title: one.event.title,
    change,
    startsAt: startOf(one.event.arrangement),
    repeats: one.event.arrangement.rule !== '' || one.event.arrangement.dates.length > 0,
  })
  return {
    token: held.token,
    name: held.name,
    calendarId: held.calendarId,
    damaged: reading.damaged,
    titles: plan.titles.map(({ key, title, events, match, suggestions }, place) => ({
      key: place,
      title,
      events,
      match,
      remembered: remembered.has(titleKey(title)) && !said.has(key),
      suggestions: suggestions.map(({ id, name }) => ({ clientId: id, name })),
    })),
    counts: {
      added: plan.add.length,
      changed: plan.change.length,
      unchanged: plan.same.length,
      gone: plan.gone.length,
      unmatched: plan.unmatched,
      nobody: plan.nobody,
      leftOut: plan.leftOut.length + (reading.unlisted ?? 0),
    },
    events: [
      ...plan.change.slice(0, SHOWN).map(eventOf('changed')),
      ...plan.gone.slice(0, SHOWN).map(({ event }) => ({
        title: event.title,
        change: 'gone' as const,
        startsAt: null,
        repeats: false,
      })),
      ...plan.add.slice(0, SHOWN).map(eventOf('added')),
    ].slice(0, SHOWN),
    leftOut: plan.leftOut
      .slice(0, SHOWN)
      .map(({ title, startsAt, reason }) => ({ title, startsAt: within(startsAt), reason })),
    keep: held.keep,
  }
}

/** Years that a session cannot have stay unsaid. */
const within = (at: number | null): number | null =>
  at !== null && Number.isSafeInteger(at) && at > -2_208_988_800_000 && at < 7_258_118_400_000 ? at : null

function startOf({ starts, zone }: { starts: string; zone: string }): number | null {
  try {
    return within(instantOf(starts, zone))
  } catch {
    return null
  }
}
