import { useSyncExternalStore } from 'react'
import { api } from '../../api/client.ts'
import { forgetCopied } from '../../editor/clipboard.ts'
import { privateWords } from './spelling.ts'

/*
 * Whether the private room is open, as main says it. Kept apart from the query cache on purpose: what hangs
 * on it must go blank in the same moment in which the room closes.
 */
export type Room = 'locked' | 'open'

let room: Room = 'locked'
let following = false
const listeners = new Set<() => void>()

function set(next: Room): void {
  if (room === next) return
  room = next
  if (next === 'locked') {
    forgetCopied()
    privateWords.forget()
  }
  for (const listener of listeners) listener()
}

function follow(): void {
  if (following) return
  following = true
  window.bracket.on('privateRoom', (event) => set(event.room))
  api.privateRoom.state({}).then(
    (state) => set(state.room),
    () => undefined,
  )
}

function subscribe(listener: () => void): () => void {
  follow()
  listeners.add(listener)
  return () => void listeners.delete(listener)
}

export const useRoom = (): Room => useSyncExternalStore(subscribe, () => room)

/** Asks for the passphrase if the room is locked (in main's own small window). True when it is open. */
export async function openRoom(): Promise<boolean> {
  follow()
  const { room: standing } = await api.privateRoom.state({})
  if (standing === 'open') {
    set('open')
    return true
  }
  const { opened } = await api.privateRoom.unlock({})
  if (opened) set('open')
  return opened
}
