import type { Handlers } from '../../../shared/contract/index.ts'
import { Refusal } from '../../../shared/contract/result.ts'
import type { OpenRecord } from '../../services/record/openRecord.ts'
import { scheduleHandlers } from './schedule.ts'

type RecordDomains =
  'clients' | 'sessions' | 'series' | 'groups' | 'loops' | 'goals' | 'notes' | 'review' | 'search'

/** Contract to service for everything in the record; no logic. */
export function recordHandlers(open: () => OpenRecord | null): Pick<Handlers, RecordDomains> {
  const record = (): OpenRecord => {
    const found = open()
    if (found === null) throw new Refusal('LOCKED')
    return found
  }
  const done = {}

  return {
    ...scheduleHandlers(record),
    clients: {
      list: async () => ({ clients: await record().clients.list() }),
      namesakes: async () => ({ namesakes: await record().clients.namesakes() }),
      create: async (details) => ({ id: await record().clients.create(details) }),
      update: async ({ id, ...details }) => {
        await record().clients.update(id, details)
        return done
      },
      get: ({ id }) => record().clients.get(id),
      notes: (asked) => record().clients.notes(asked),
      headings: async ({ clientId }) => ({ headings: await record().clients.headings(clientId) }),
      addFlag: async ({ clientId, text }) => ({ id: await record().clients.addFlag(clientId, text) }),
      endFlag: async ({ id }) => {
        await record().clients.endFlag(id)
        return done
      },
    },
    sessions: {
      day: ({ from, to }) => record().sessions.day(from, to),
      get: ({ id }) => record().sessions.get(id),
      create: async ({ clientId, kind, ...span }) => ({
        id: await record().sessions.create(clientId, kind, span),
      }),
      contactNow: async ({ clientId, zone }) => ({ id: await record().sessions.contactNow(clientId, zone) }),
      move: async ({ id, ...span }) => {
        await record().sessions.move(id, span)
        return done
      },
      setStatus: async ({ id, status, line }) => {
        await record().sessions.setStatus(id, status, line)
        return done
      },
      mark: async ({ id, startedAt, endedAt }) => {
        await record().sessions.mark(id, startedAt, endedAt)
        return done
      },
      remove: async ({ id }) => {
        await record().sessions.remove(id)
        return done
      },
      between: ({ from, to }) => record().sessions.between(from, to),
      scheduled: ({ id }) => record().sessions.scheduled(id),
      details: ({ id }) => record().sessions.details(id),
      zoneOf: async ({ clientId }) => ({ zone: await record().sessions.zoneOf(clientId) }),
      cancel: async ({ id, ...off }) => {
        await record().sessions.cancel(id, off)
        return done
      },
      noShow: async ({ id, line }) => {
        await record().sessions.noShow(id, line)
        return done
      },
      setTravel: async ({ id, before, after }) => {
        await record().sessions.setTravel(id, before, after)
        return done
      },
      margins: () => record().sessions.margins(),
      setMargins: async (margins) => {
        await record().sessions.setMargins(margins)
        return done
      },
      bringBack: async ({ id }) => {
        await record().sessions.bringBack(id)
        return done
      },
    },
    loops: {
      add: async ({ clientId, sessionId, kind, text }) => ({
        id: await record().loops.add(clientId, sessionId, kind, text),
      }),
      edit: async ({ id, text }) => {
        await record().loops.edit(id, text)
        return done
      },
      close: async ({ id, how, outcome }) => {
        await record().loops.close(id, how, outcome)
        return done
      },
      reopen: async ({ id }) => {
        await record().loops.reopen(id)
        return done
      },
    },
    goals: {
      create: async ({ clientId, text }) => ({ id: await record().goals.create(clientId, text) }),
      setState: async ({ id, state }) => {
        await record().goals.setState(id, state)
        return done
      },
      link: async ({ noteId, goalId, trend }) => {
        await record().goals.link(noteId, goalId, trend)
        return done
      },
    },
    notes: {
      open: ({ sessionId }) => record().notes.open(sessionId),
      read: ({ noteId }) => record().notes.read(noteId),
      carry: async ({ noteId }) => ({ from: await record().carrying.from(noteId) }),
      save: ({ noteId, revision, ...words }) => record().notes.save(noteId, revision, words),
      settle: async () => {
        await record().notes.settle()
        return done
      },
      sign: async (signature) => ({ sealingUntil: await record().signing.sign(signature) }),
      undoSign: async ({ noteId }) => ({ revision: await record().signing.undo(noteId) }),
      addAddendum: async ({ noteId, text }) => ({ id: await record().notes.addAddendum(noteId, text) }),
      summaryFacts: async ({ clientId }) => record().treatmentSummary.facts(clientId),
    },
    review: {
      get: ({ sessionId }) => record().review.get(sessionId),
    },
    search: {
      query: ({ text, order }) => record().search.query(text, order),
    },
  }
}
