import type { Setting } from '../../../shared/contract/app.ts'
import { Refusal } from '../../../shared/contract/result.ts'
import type {
  CancelledBy,
  Margins,
  ScheduledSession,
  SessionDetails,
  SessionKind,
  SessionView,
} from '../../../shared/contract/sessions.ts'
import { occurrences } from '../../../shared/domain/calendar/occurrences.ts'
import { instantOf, isZone } from '../../../shared/domain/calendar/zones.ts'
import { LONGEST_SESSION_MS } from '../../../shared/domain/sessionLife.ts'
import { findClient } from '../../store/record/queries/clients.ts'
import { findSeries } from '../../store/record/queries/series.ts'
import * as sessions from '../../store/record/queries/sessions.ts'
import type { ReadHandle, WriteHandle } from '../../store/Store.ts'
import { newId } from './ids.ts'
import type { Horizon } from './horizon.ts'
import { readMargins, writeMargins } from './margins.ts'
import type { RecordStore } from './RecordStore.ts'
import { moveDraftOf } from './sessionDrafts.ts'
import { asTaken, takenOf } from './takenTimes.ts'

/** A contact is written about at once; the ten minutes before are where its times start from until they are confirmed. */
const CONTACT_MS = 10 * 60_000
const NO_DETAILS = { place: '', description: '', attendees: [] }
const LONGEST_LOOK_MS = 400 * 86_400_000

export interface Span {
  startsAt: number
  endsAt: number
  zone: string
}

export function sessionService(
  { store, clock, changed }: RecordStore,
  schedule: { horizon: Horizon; setting: Setting },
) {
  const required = async (h: ReadHandle, id: string): Promise<SessionView> => {
    const session = await sessions.findSession(h, id)
    if (session === undefined) throw new Refusal('NOT_FOUND')
    return session
  }

  async function add(clientId: string, kind: SessionKind, span: Span): Promise<string> {
    checkSpan(span)
    const now = clock.now()
    const id = newId(now)
    await store.write(async (h) => {
      if ((await findClient(h, clientId)) === undefined) throw new Refusal('NOT_FOUND', 'clientId')
      await sessions.insertSession(h, { id, clientId, kind, ...span, createdAt: now })
    })
    changed('sessions', 'clients')
    return id
  }

  /** Signed notes say when their session was; the schedule may not contradict them afterwards. */
  async function change(
    id: string,
    act: (h: WriteHandle, session: SessionView) => Promise<void>,
  ): Promise<void> {
    await store.write(async (h) => {
      const session = await required(h, id)
      if (session.note !== null && session.note.state !== 'draft') throw new Refusal('SEALED')
      await act(h, session)
    })
    changed('sessions', 'clients')
  }

  return {
    day: (from: number, to: number): Promise<{ sessions: ScheduledSession[]; unwritten: SessionView[] }> =>
      store.read(async (h) => ({
        sessions: await sessions.scheduledBetween(h, from, to),
        unwritten: await sessions.unwrittenBefore(h, from, clock.now()),
      })),

    get: (id: string): Promise<SessionView> => store.read((h) => required(h, id)),

    create: add,

    contactNow(clientId: string, zone: string): Promise<string> {
      const endsAt = clock.now()
      return add(clientId, 'contact', { startsAt: endsAt - CONTACT_MS, endsAt, zone })
    },

    async move(id: string, span: Span): Promise<void> {
      checkSpan(span)
      await change(id, async (h, session) => {
        for (const one of await together(h, session)) {
          await sessions.moveSession(h, { id: one.id, ...span })
          if (one.note !== null) await moveDraftOf(h, one.note.id, span.startsAt)
          await rejoin(h, one.id)
        }
      })
    },

    between: async (
      from: number,
      to: number,
    ): Promise<{ sessions: ScheduledSession[]; madeUntil: number; margins: Margins }> => {
      if (to <= from || to - from > LONGEST_LOOK_MS) throw new Refusal('BAD_INPUT', 'to')
      const madeUntil = await schedule.horizon.reach(to)
      return store.read(async (h) => ({
        sessions: await sessions.scheduledBetween(h, from, to),
        madeUntil,
        margins: await readMargins(h, schedule.setting),
      }))
    },

    scheduled: (id: string): Promise<ScheduledSession> =>
      store.read(async (h) => {
        const session = await sessions.findScheduled(h, id)
        if (session === undefined) throw new Refusal('NOT_FOUND')
        return session
      }),

    details: (id: string): Promise<SessionDetails> =>
      store.read(async (h) => {
        const taken = await sessions.takenOfSession(h, id)
        if (taken === undefined) throw new Refusal('NOT_FOUND')
        const { place, description, attendees } = taken === '' ? NO_DETAILS : takenOf(taken)
        return { place, description, attendees: [...attendees] }
      }),

    zoneOf: (clientId: string): Promise<string | null> =>
      store.read(async (h) => (await sessions.latestZone(h, clientId)) ?? null),

    cancel: (
      id: string,
      off: { by: CancelledBy; line: string; toldAt: number | null; whole: boolean },
    ): Promise<void> =>
      change(id, async (h, session) => {
        for (const one of off.whole ? await together(h, session) : [session]) {
          await sessions.setSessionStatus(h, {
            id: one.id,
            status: 'cancelled',
            line: off.line,
            cancelledBy: off.by,
            toldAt: off.toldAt,
          })
        }
      }),

    noShow: (id: string, line: string): Promise<void> =>
      change(id, (h) => sessions.setSessionStatus(h, { id, status: 'no-show', line })),

    setTravel: (id: string, before: number, after: number): Promise<void> =>
      change(id, async (h, session) => {
        for (const one of await together(h, session))
          await sessions.setTravel(h, { id: one.id, before, after })
      }),

    margins: (): Promise<Margins> => store.read((h) => readMargins(h, schedule.setting)),

    async setMargins(margins: Margins): Promise<void> {
      await store.write((h) => writeMargins(h, margins))
      changed('preferences', 'sessions')
    },

    setStatus: (id: string, status: SessionView['status'], line: string): Promise<void> =>
      change(id, async (h) => {
        await sessions.setSessionStatus(h, { id, status, line })
        await rejoin(h, id)
      }),

    async mark(id: string, startedAt: number | null, endedAt: number | null): Promise<void> {
      if (startedAt !== null && endedAt !== null && endedAt < startedAt) throw new Refusal('END_BEFORE_START')
      await change(id, (h) => sessions.markSession(h, { id, startedAt, endedAt }))
    },

    async bringBack(id: string): Promise<void> {
      await store.write(async (h) => {
        await required(h, id)
        await sessions.bringSessionBack(h, id)
        await rejoin(h, id)
      })
      changed('sessions', 'clients')
    },

    remove: (id: string): Promise<void> =>
      change(id, async (h, session) => {
        if (session.note !== null && !session.note.blank) throw new Refusal('HAS_NOTE')
        await sessions.removeSession(h, id, clock.now())
      }),

    /** For reminders and the quiet card: what is there, without making anything. */
    around: (from: number, to: number): Promise<ScheduledSession[]> =>
      store.read((h) => sessions.scheduledBetween(h, from, to)),
  }
}

/**
 * A group's session for all its members. Refused SEALED when one of them has signed: it is moved for all or for nobody.
 */
async function together(h: WriteHandle, session: SessionView): Promise<SessionView[]> {
  const event = (await sessions.findScheduled(h, session.id))?.group?.event
  if (event === undefined) return [session]
  const all = await sessions.sessionsOfEvent(h, event)
  if (all.some(({ note }) => note !== null && note.state !== 'draft')) throw new Refusal('SEALED')
  return all
}

/**
 * Undone, a change to one of a series is no change: what stands where its rule puts it goes along again with what is
 * done to the whole series, or with its calendar.
 */
async function rejoin(h: WriteHandle, id: string): Promise<void> {
  const session = await sessions.findScheduled(h, id)
  if (session === undefined || !session.changed || session.status !== 'scheduled') return
  const { seriesId, occurrence, startsAt, endsAt, zone } = session
  const series = seriesId === null ? undefined : await findSeries(h, seriesId)
  if (series === undefined || occurrence === null || series.endedAt !== null) return
  const { arrangement, calendarId, taken } = series
  const ruled = instantOf(occurrence, arrangement.zone)
  const given = occurrences(arrangement, ruled, ruled + 1, 1).found
  const place = asTaken(given, { text: taken, arrangement }, ruled, ruled + 1).find(
    ({ wall }) => wall === occurrence,
  )
  const asRuled =
    place?.startsAt === startsAt &&
    place.cancelled !== true &&
    place.endsAt === endsAt &&
    zone === arrangement.zone &&
    session.kind === series.kind &&
    (calendarId !== null ||
      (session.travelBefore === series.travelBefore && session.travelAfter === series.travelAfter))
  if (asRuled) await sessions.unchanged(h, id)
}

export function checkSpan(span: Span): void {
  if (span.endsAt <= span.startsAt) throw new Refusal('END_BEFORE_START', 'endsAt')
  if (span.endsAt - span.startsAt > LONGEST_SESSION_MS) throw new Refusal('TOO_LONG_SESSION', 'endsAt')
  if (!isZone(span.zone)) throw new Refusal('BAD_INPUT', 'zone')
}
