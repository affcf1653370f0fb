import { randomUUID } from 'node:crypto'
import { readFile, stat } from 'node:fs/promises'
import path from 'node:path'
import type {
  KeptDetails,
  OpenedTaking,
  TakingPlan,
  TakingWork,
  WatchView,
} from '../../shared/contract/calendar.ts'
import { Refusal } from '../../shared/contract/result.ts'
import type { Clock } from '../../shared/domain/clock.ts'
import type { CalendarReading } from '../../shared/domain/calendar/taken.ts'
import { instantOf } from '../../shared/domain/calendar/zones.ts'
import type { CalendarDesk } from '../ipc/handlers/calendar.ts'
import type { OpenRecord } from '../services/record/openRecord.ts'
import { MAX_BYTES } from './limits.ts'
import { ANEW, calendarFor, planOf, type Held } from './planning/held.ts'
import { viewOf } from './planning/view.ts'
import type { ReadCalendar } from './reading.ts'
import { watchedFolder } from './watching.ts'
import { goingOut } from './writing/going.ts'
import { writeSchedule } from './writing/schedule.ts'

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

/** Taking calendars in and handing the schedule out. One thing at a time. */
export function createCalendarDesk(
  options: DeskOptions,
): CalendarDesk & { forget(): void; tick(): Promise<void> } {
  const { clock } = options
  const folder = watchedFolder({ ...options, newsOf })
  let held: Held | null = null
  let work: TakingWork | null = null
  let stopping: AbortController | null = null
  /** A look at the watched folder that nobody asked for: it ends with the lock, and is in nobody's way. */
  let lookingAlone: AbortController | null = null

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
  const shown = async (now: Held): Promise<TakingPlan> => viewOf(now, await planOf(now, clock.now()))

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

  /** What a calendar would change, by counts alone: read, compared, and forgotten. */
  async function newsOf(file: string): Promise<NonNullable<WatchView['news']> | null> {
    const open = options.record()
    const bytes = open === null || stopping !== null ? 'UNREACHABLE' : await bytesOf(file)
    if (open === null || typeof bytes === 'string') return null
    const zone = new Intl.DateTimeFormat().resolvedOptions().timeZone
    const ending = new AbortController()
    lookingAlone = ending
    const { signal } = ending
    const reading = await options.read(bytes, {
      homeZone: zone,
      details: true,
      onProgress: () => undefined,
      signal,
    })
    if ('unreadable' in reading || options.record() !== open) return null
    const plan = await planOf(await heldFor(open, reading, file, null), clock.now(), signal)
    return {
      added: plan.add.length,
      changed: plan.change.length,
      gone: plan.gone.length,
      unmatched: plan.unmatched,
    }
  }

  async function look(file: string, zone: string, watched: Held['watched']): Promise<OpenedTaking> {
    held = null
    return during(async (signal) => {
      record()
      const unreadable = (why: OpenedTaking['unreadable']) => ({ chosen: true, plan: null, unreadable: why })
      progress('reading')(0)
      const bytes = await bytesOf(file)
      if (typeof bytes === 'string') return unreadable(bytes)
      const reading = await options.read(bytes, {
        homeZone: zone,
        details: true,
        onProgress: progress('reading'),
        signal,
      })
      if ('unreadable' in reading) return unreadable(reading.unreadable)
      progress('planning')(0)
      const looked = await heldFor(record(), reading, file, watched)
      const plan = await planOf(looked, clock.now(), signal)
      looked.titles = plan.titles.map(({ key, next }) => ({ key, next }))
      // Stopped or locked meanwhile: nothing of it stays.
      if (signal.aborted) throw new Refusal('CANCELLED')
      held = looked
      return { chosen: true, plan: viewOf(looked, plan), unreadable: null }
    })
  }

  return {
    async list() {
      const { takingIn } = record()
      return { calendars: await takingIn.list(), watch: await folder.view(await takingIn.watch()) }
    },
    drop: (id) =>
      during(async (signal) => {
        const { takingIn } = record()
        progress('dropping')(0)
        return takingIn.drop(id, { onProgress: progress('dropping'), stopped: () => signal.aborted })
      }),
    matches: async () => ({ matches: await record().takingIn.matches() }),
    forgetMatch: (title) => record().takingIn.forgetMatch(title),

    async watch() {
      const { takingIn } = record()
      const chosen = await options.askForFolder()
      if (chosen === null) return false
      await takingIn.setWatch({ folder: chosen, taken: null })
      return true
    },
    unwatch: () => record().takingIn.setWatch(null),

    async saveOut({ from, to, zone }) {
      const open = record()
      // The day after by its date: not every day has 24 hours.
      const after = new Date(Date.parse(`${to}T00:00:00Z`) + DAY).toISOString().slice(0, 19)
      const [begins, ends] = [instantOf(`${from}T00:00:00`, zone), instantOf(after, zone)]
      if (ends <= begins || ends - begins > 400 * DAY) throw new Refusal('BAD_INPUT', 'to')
      const going = goingOut((await open.sessions.between(begins, ends)).sessions)
      const target = await options.choosePlace(`Schedule ${from}.ics`)
      if (target === null) return { saved: false, sessions: 0 }
      const text = writeSchedule(going, { now: clock.now(), salt: await open.takingIn.salt() })
      await options.place(target, new TextEncoder().encode(text))
      await open.log.note('schedule-out', { count: going.length })
      return { saved: true, sessions: going.length }
    },

    async open(zone) {
      record()
      const file = await options.askForCalendar()
      if (file === null) return { chosen: false, plan: null, unreadable: null }
      return look(file, zone, null)
    },
    async openWaiting(zone) {
      const newest = await folder.newest(await record().takingIn.watch())
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
      const title = now.titles[key]
      if (title === undefined) throw new Refusal('NOT_FOUND', 'key')
      now.said.set(title.key, match)
      return shown(now)
    },
    async keep({ token, keep }) {
      const now = holding(token)
      now.keep = keep
      return shown(now)
    },
    async apart(token) {
      const now = holding(token)
      now.into = ANEW
      return shown(now)
    },

    async apply(token) {
      const now = holding(token)
      const open = record()
      return during(async (signal) => {
        progress('applying')(0)
        const plan = await planOf(now, clock.now(), signal)
        const taken = await open.takingIn.apply({
          calendarId: now.into.id,
          name: now.name,
          keep: now.keep,
          add: plan.add,
          change: plan.change,
          gone: plan.gone,
          // Not what a title said by itself: names change hands, and what is remembered would outvote them.
          matches: now.said,
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
      lookingAlone?.abort()
      held = null
      folder.forget()
    },
    tick: folder.tick,
  }
}

async function heldFor(
  open: OpenRecord,
  reading: CalendarReading,
  file: string,
  watched: Held['watched'],
): Promise<Held> {
  const { takingIn } = open
  const name = (reading.name.trim() || path.basename(file, path.extname(file))).slice(0, 200)
  const into = await calendarFor(open, reading, name)
  const before = into.id === null ? undefined : await takingIn.find(into.id)
  const matches = await takingIn.matches()
  return {
    token: randomUUID(),
    reading,
    name,
    into,
    people: await takingIn.people(),
    remembered: new Map(matches.map(({ title, match }) => [title, match])),
    said: new Map(),
    titles: [],
    keep: before?.keep ?? NOTHING,
    watched,
  }
}

/** The file's bytes, or why there are none: it may be too big, gone since, or no file at all. */
async function bytesOf(file: string): Promise<Uint8Array | 'TOO_BIG' | 'UNREACHABLE'> {
  try {
    const found = await stat(file)
    if (!found.isFile()) return 'UNREACHABLE'
    return found.size > MAX_BYTES ? 'TOO_BIG' : new Uint8Array(await readFile(file))
  } catch {
    return 'UNREACHABLE'
  }
}
