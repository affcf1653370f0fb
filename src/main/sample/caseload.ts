import type { Clock } from '../../shared/domain/clock.ts'
import { ruleFrom } from '../../shared/domain/calendar/ruleParts.ts'
import { wallOf } from '../../shared/domain/calendar/zones.ts'
import { noDetails } from '../../shared/document/details.ts'
import type { Section } from '../../shared/document/document.ts'
import { soap } from '../../shared/document/formats/builtIn.ts'
import { headOf } from '../../shared/document/formats/format.ts'
import type { OpenPrivate } from '../services/private/openPrivate.ts'
import type { OpenRecord } from '../services/record/openRecord.ts'
import { sampleClients, type SampleClient, type SampleNote } from './clients.ts'

const MINUTE = 60_000
const WEEK = 7 * 24 * 60 * MINUTE
const HOUR_LONG = 50 * MINUTE
const QUARTER = 15 * MINUTE
const DAY = 24 * 60 * MINUTE

/** A clock that stands where it is put, until it is let go and runs with the real one again. */
export interface SampleClock extends Clock {
  put(at: number): void
  letGo(): void
}

export function sampleClock(real: Clock): SampleClock {
  let at: number | null = null
  return {
    now: () => at ?? real.now(),
    put: (next) => {
      at = next
    },
    letGo: () => {
      at = null
    },
  }
}

/** When each sample client's session of today starts, in minutes from now: one over, one at T−8, some later. */
const TODAY = [8, -75, 130, 200, 260]
/** Who comes again and again, and every how many weeks. */
const REGULAR: Readonly<Record<number, number>> = { 2: 1, 3: 2 }

/**
 * Fills the throwaway vault by the same services that a person's clicks call, with the clock put back to each
 * session, so that "Look around" shows a practice in the middle of a working day.
 */
export async function fillSample(record: OpenRecord, room: OpenPrivate, clock: SampleClock): Promise<void> {
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone
  clock.letGo()
  const now = clock.now()
  const clients: string[] = []
  for (const [place, sample] of sampleClients.entries()) {
    const soon = now + (TODAY[place] ?? 300) * MINUTE
    // What is later on is at a time that people arrange.
    const today = place < 2 ? soon : Math.ceil(soon / QUARTER) * QUARTER
    clock.put(today - 12 * WEEK)
    const clientId = await addClient(record, sample)
    clock.put(today - 11 * WEEK)
    const goals: string[] = []
    for (const goal of sample.goals) goals.push(await record.goals.create(clientId, goal))
    for (const note of sample.notes) {
      const startsAt = today - note.weeksAgo * WEEK
      const span = { startsAt, endsAt: startsAt + HOUR_LONG, zone }
      clock.put(startsAt - WEEK)
      const sessionId = await record.sessions.create(clientId, 'individual', span)
      clock.put(span.endsAt + 9 * MINUTE)
      await writeNote(record, { clientId, sessionId, goals, note, span })
      if (note.private !== undefined) {
        const sections = [{ key: 'private', text: note.private, lexical: null }]
        await room.save(sessionId, clientId, 0, sections)
      }
    }
    clock.put(now - WEEK)
    const every = REGULAR[place]
    const span = { startsAt: today, endsAt: today + HOUR_LONG, zone }
    if (every === undefined) await record.sessions.create(clientId, 'individual', span)
    else
      await record.series.create(
        { kind: 'client', id: clientId },
        recurring({ starts: wallOf(today, zone), every, zone }),
      )
    clients.push(clientId)
  }
  await fillWeek(record, clients, { now, zone })
  clock.letGo()
}

const recurring = (
  { starts, every, zone, minutes = 50 }: { starts: string; every: number; zone: string; minutes?: number },
  travel = 0,
) => ({
  kind: travel > 0 ? ('home-visit' as const) : ('individual' as const),
  arrangement: {
    starts,
    zone,
    minutes,
    rule: ruleFrom({ every, unit: 'week' }, starts),
    dates: [],
    except: [],
  },
  travelBefore: travel,
  travelAfter: travel,
})

/** The days to come: a group that meets every other week, and a visit with the way there. */
async function fillWeek(
  record: OpenRecord,
  clients: readonly string[],
  { now, zone }: { now: number; zone: string },
): Promise<void> {
  const on = (days: number, time: string) => `${wallOf(now + days * DAY, zone).slice(0, 10)}T${time}:00`
  const group = await record.groups.create('Evening group', clients.slice(1, 4))
  const evening = { starts: on(1, '17:30'), every: 2, zone, minutes: 75 }
  await record.series.create({ kind: 'group', id: group }, recurring(evening))
  const visited = clients[4]
  if (visited === undefined) return
  await record.series.create(
    { kind: 'client', id: visited },
    recurring({ starts: on(2, '10:00'), every: 2, zone }, 20),
  )
}

async function addClient(record: OpenRecord, sample: SampleClient): Promise<string> {
  const { name, pronouns, birthDate, referralReason } = sample
  const clientId = await record.clients.create({ name, pronouns, birthDate, referralReason })
  if (sample.flag !== undefined) await record.clients.addFlag(clientId, sample.flag)
  return clientId
}

interface Told {
  clientId: string
  sessionId: string
  goals: readonly string[]
  note: SampleNote
  span: { startsAt: number; endsAt: number }
}

async function writeNote(
  record: OpenRecord,
  { clientId, sessionId, goals, note, span }: Told,
): Promise<void> {
  const draft = await record.notes.open(sessionId)
  // Homework and plan of the session before are looked at, as they would be.
  for (const loop of draft.openLoops) {
    if (loop.kind === 'risk' || loop.kind === 'thread') continue
    await record.loops.close(loop.id, loop.kind === 'homework' ? 'partly' : 'done', '')
  }
  for (const [kind, text] of note.setDown) await record.loops.add(clientId, sessionId, kind, text)
  for (const [place, trend] of note.trends.entries()) {
    const goalId = goals[place]
    if (goalId !== undefined && trend !== null) await record.goals.link(draft.id, goalId, trend)
  }
  const sections: Section[] = (['subjective', 'objective', 'assessment', 'plan'] as const).map((key) => ({
    key,
    text: note[key],
    lexical: null,
  }))
  const { revision } = await record.notes.save(draft.id, draft.revision, {
    format: headOf(soap),
    sections,
    details: { ...noDetails, ...note.details },
  })
  await record.signing.sign({
    noteId: draft.id,
    revision,
    actualStart: span.startsAt,
    actualEnd: span.endsAt,
    summary: note.summary,
  })
  await record.signing.completeAll()
}
