import type { Handlers } from '../../../shared/contract/index.ts'
import type { OpenRecord } from '../../services/record/openRecord.ts'

/** Contract to service for what recurs and for groups; no logic. `record` refuses LOCKED. */
export function scheduleHandlers(record: () => OpenRecord): Pick<Handlers, 'series' | 'groups'> {
  return {
    series: {
      preview: async ({ arrangement, from, count }) => record().series.preview(arrangement, from, count),
      create: async ({ attends, ...next }) => record().series.create(attends, next),
      get: async ({ id }) => record().series.get(id),
      change: async ({ sessionId, scope, ...next }) => record().series.change(sessionId, scope, next),
      move: async ({ sessionId, scope, ...span }) => record().series.move(sessionId, scope, span),
      end: async ({ id, from }) => record().series.end(id, from),
      remove: async ({ sessionId, scope }) => record().series.remove(sessionId, scope),
    },
    groups: {
      list: async () => ({ groups: await record().groups.list() }),
      create: async ({ name, members }) => ({ id: await record().groups.create(name, members) }),
      rename: async ({ id, name }) => {
        await record().groups.rename(id, name)
        return {}
      },
      setMembers: async ({ id, members }) => record().groups.setMembers(id, members),
      addSession: async ({ groupId, ...session }) => ({
        event: await record().groups.addSession(groupId, session),
      }),
      removeSession: async ({ event }) => {
        await record().groups.removeSession(event)
        return {}
      },
      end: async ({ id }) => record().groups.end(id),
    },
  }
}
