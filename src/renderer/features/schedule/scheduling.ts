import { api } from '../../api/client.ts'
import { queryClient, read } from '../../api/cache.ts'
import { systemZone } from '../../api/clock.ts'
import { resolve, type Picked } from './ClientPicker.tsx'

/** The client's id; a new name becomes a client first. Throws Refused. */
export async function clientFor(picked: Picked): Promise<string> {
  const { clients } = await queryClient.fetchQuery({ ...read('clients', 'list', {}), staleTime: 0 })
  const known = resolve(picked, clients)
  if (known !== null) return known
  const { id } = await api.clients.create({
    name: picked.text,
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
