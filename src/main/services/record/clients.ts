import type {
  Client,
  ClientOverview,
  ClientRow,
  Heading,
  Namesake,
  NoteFilter,
} from '../../../shared/contract/clients.ts'
import { Refusal } from '../../../shared/contract/result.ts'
import type { NoteLine } from '../../../shared/contract/sessions.ts'
import * as clients from '../../store/record/queries/clients.ts'
import { goalsOf } from '../../store/record/queries/goals.ts'
import { openLoops } from '../../store/record/queries/loops.ts'
import { filteredLines, headingsOf } from '../../store/record/queries/headings.ts'
import { countNotes, NEWEST, noteLines } from '../../store/record/queries/notes.ts'
import { countSessionsBefore, nextSessionOf } from '../../store/record/queries/sessions.ts'
import { newId } from './ids.ts'
import type { RecordStore } from './RecordStore.ts'

const FIRST_PAGE = 50
type Details = Omit<Client, 'id' | 'createdAt'>

export function clientService({ store, clock, changed }: RecordStore) {
  return {
    list: (): Promise<ClientRow[]> => store.read((h) => clients.listClients(h, clock.now())),

    namesakes: (): Promise<Namesake[]> => store.read(clients.namesakes),

    async create(details: Details): Promise<string> {
      const now = clock.now()
      const id = newId(now)
      await store.write((h) => clients.insertClient(h, { ...details, id, createdAt: now }))
      changed('clients')
      return id
    },

    async update(id: string, details: Details): Promise<void> {
      const found = await store.write((h) =>
        clients.updateClient(h, { ...details, id, createdAt: 0 }, clock.now()),
      )
      if (!found) throw new Refusal('NOT_FOUND')
      changed('clients', 'sessions')
    },

    get: (id: string): Promise<ClientOverview> =>
      store.read(async (h) => {
        const client = await clients.findClient(h, id)
        if (client === undefined) throw new Refusal('NOT_FOUND')
        const notes = await noteLines(h, id, NEWEST, FIRST_PAGE + 1)
        return {
          client,
          flags: await clients.activeFlags(h, id),
          goals: await goalsOf(h, id),
          loops: await openLoops(h, id),
          nextSession: (await nextSessionOf(h, id, clock.now())) ?? null,
          notes: notes.slice(0, FIRST_PAGE),
          more: notes.length > FIRST_PAGE,
          counts: { notes: await countNotes(h, id), sessions: await countSessionsBefore(h, id, clock.now()) },
        }
      }),

    notes: (asked: {
      clientId: string
      before: number | null
      limit: number
      only: NoteFilter | null
    }): Promise<{ notes: NoteLine[]; more: boolean }> =>
      store.read(async (h) => {
        const { clientId, limit, only } = asked
        const before = asked.before ?? NEWEST
        const lines =
          only === null
            ? await noteLines(h, clientId, before, limit + 1)
            : await filteredLines(h, clientId, only, before, limit + 1)
        return { notes: lines.slice(0, limit), more: lines.length > limit }
      }),

    headings: (clientId: string): Promise<Heading[]> => store.read((h) => headingsOf(h, clientId)),

    async addFlag(clientId: string, text: string): Promise<string> {
      const now = clock.now()
      const id = newId(now)
      await store.write(async (h) => {
        if ((await clients.findClient(h, clientId)) === undefined) throw new Refusal('NOT_FOUND')
        await clients.insertFlag(h, clientId, { id, text, createdAt: now })
      })
      changed('clients')
      return id
    },

    async endFlag(id: string): Promise<void> {
      const found = await store.write((h) => clients.endFlag(h, id, clock.now()))
      if (!found) throw new Refusal('NOT_FOUND')
      changed('clients')
    },
  }
}
