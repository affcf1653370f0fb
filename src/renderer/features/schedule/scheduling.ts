import { api } from '../../api/client.ts'
import { queryClient, read } from '../../api/cache.ts'
import { systemZone } from '../../api/clock.ts'
import { resolve, type Picked } from './picked.ts'

export const UNCLEAR = 'Please choose from the list: a person who is there already, or “Add” for a new one.'

/** The client's id, or null when the name could mean more than one; a new name becomes a client. Throws Refused. */
export async function clientFor(picked: Picked): Promise<string | null> {
  const { clients } = await queryClient.fetchQuery({ ...read('clients', 'list', {}), staleTime: 0 })
  const meant = resolve(picked, clients)
  if (meant === 'unclear') return null
  if ('clientId' in meant) return meant.clientId
  const { id } = await api.clients.create({
    name: meant.newName,
    pronouns: '',
    birthDate: null,
    referralReason: '',
  })
  return id
}

/** A session that is already over and wants its note: its id, to be opened in Write. */
export async function contactNow(clientId: string): Promise<string> {
  const { id } = await api.sessions.contactNow({ clientId, zone: systemZone() })
  return id
}
