import type { CalendarView } from '../../../shared/contract/calendar.ts'
import { Refusal } from '../../../shared/contract/result.ts'
import type { Touched } from '../../../shared/contract/series.ts'
import * as calendars from '../../store/record/queries/calendars.ts'
import { listClients } from '../../store/record/queries/clients.ts'
import type { Series } from '../../store/record/queries/series.ts'
import {
  aheadOf,
  applyTaking,
  seriesTakenFrom,
  type KnownSeries,
  type Taken,
  type Taking,
  type Whose,
} from './applyTaking.ts'
import type { AuditLog } from './auditLog.ts'
import { calendarSettings } from './calendarSettings.ts'
import { endSessions, type Watched } from './endingSeries.ts'
import { horizonAt } from './horizon.ts'
import type { RecordStore } from './RecordStore.ts'
import { takenOf } from './takenTimes.ts'
import { matchOf } from './titleMatches.ts'

/** Calendars that were taken in: what is known of them, taking one in, letting one go. */
export function takingInService(record: RecordStore, log: AuditLog) {
  const { store, clock, changed } = record
  return {
    list: (): Promise<CalendarView[]> =>
      store.read(async (h) => {
        const views: CalendarView[] = []
        for (const { id, name, takenAt } of await calendars.allCalendars(h))
          views.push({ id, name, takenAt, events: await calendars.countEvents(h, id) })
        return views
      }),

    /** With what was chosen to be kept of its events, or undefined. */
    find: (id: string) => store.read((h) => calendars.findCalendar(h, id)),

    known: (calendarId: string): Promise<KnownSeries[]> =>
      store.read(async (h) =>
        (await seriesTakenFrom(h, calendarId)).flatMap((series) => {
          if (series.taken === '' || series.endedAt !== null || series.uid === null) return []
          return [{ uid: series.uid, event: takenOf(series.taken), whose: whoseOf(series) }]
        }),
      ),

    /** Whom a title may mean. */
    people: (): Promise<{ id: string; name: string }[]> =>
      store.read(async (h) => (await listClients(h, clock.now())).map(({ id, name }) => ({ id, name }))),

    matches: () =>
      store.read(async (h) =>
        (await calendars.allMatches(h)).map((one) => ({
          title: one.title,
          name: one.name ?? '',
          match: matchOf(one),
        })),
      ),

    async forgetMatch(title: string): Promise<void> {
      await store.write((h) => calendars.dropMatch(h, title))
      changed('calendars')
    },

    /** One transaction: all of it, or nothing. Taking the same again changes nothing. */
    async apply(taking: Taking): Promise<Taken> {
      const now = clock.now()
      const ahead = await aheadOf(taking, await store.read((h) => horizonAt(h, now)), now)
      const outcome = await store.write(async (h) => {
        const taken = await applyTaking(h, taking, ahead, now)
        const count = taken.added + taken.changed + taken.gone
        await log.append(h, 'calendar-taken', { subject: taken.calendarId, count })
        if (taking.stopped()) throw new Refusal('CANCELLED')
        return taken
      })
      changed('calendars', 'sessions', 'clients')
      return outcome
    },

    ...calendarSettings(record),

    /** Likewise in one transaction. */
    async drop(id: string, watched: Watched = {}): Promise<Touched> {
      const now = clock.now()
      const outcome = await store.write(async (h) => {
        if ((await calendars.findCalendar(h, id)) === undefined) throw new Refusal('NOT_FOUND')
        const outcome = await endSessions(h, id, { now, ...watched })
        await calendars.dropCalendar(h, id, now)
        await log.append(h, 'calendar-dropped', { subject: id, count: outcome.touched })
        if (watched.stopped?.() === true) throw new Refusal('CANCELLED')
        return outcome
      })
      changed('calendars', 'sessions', 'clients')
      return outcome
    },
  }
}

const whoseOf = (series: Series): Whose =>
  series.clientId === null
    ? { to: 'group', id: series.groupId ?? '', kind: series.kind }
    : { to: 'client', id: series.clientId, kind: series.kind }
