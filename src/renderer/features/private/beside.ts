import type { CrossingDirection } from '../../../shared/contract/privateRoom.ts'
import { api } from '../../api/client.ts'

/* What the progress note's side asks of the private room. */

/** Whether anything private is written about this session; behind a locked door nobody can tell, and it is not. */
export async function isWrittenPrivately(sessionId: string): Promise<boolean> {
  const { room } = await api.privateRoom.state({})
  return room === 'open' && (await api.privateRoom.written({ sessionId })).written
}

/** Remembers what crossed, in the private room alone. Rejects with `Refused`. */
export async function rememberCrossing(crossing: {
  /** The same for a second try of the same crossing. */
  id: string
  sessionId: string
  clientId: string
  direction: CrossingDirection
  text: string
}): Promise<void> {
  await api.privateRoom.crossed(crossing)
}
