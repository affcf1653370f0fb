import { useCallback, useEffect, useRef, useState, type RefObject } from 'react'
import type { NoteView } from '../../../shared/contract/notes.ts'
import type { Topic } from '../../../shared/contract/events.ts'
import { api, refusal, type Refused } from '../../api/client.ts'
import { heldDrafts, type HeldWords } from '../../api/heldBack.ts'
import { afterPutDown } from './putDown.ts'

export type OpenNote =
  | { readonly kind: 'loading' }
  | { readonly kind: 'failed'; readonly error: Refused }
  /** `turn` counts the times that the editors must begin anew: another note, signed, or signing undone. */
  | {
      readonly kind: 'open'
      readonly note: NoteView
      readonly turn: number
      /** Words from before that are not in the store: the draft goes on from them. */
      readonly held?: HeldWords | undefined
    }

export interface NoteDesk {
  readonly opened: OpenNote
  /** Fetches what stands around the words (loops, goals, state); what is being typed is never fetched away. */
  readonly refresh: () => Promise<void>
  readonly reopen: () => void
  /** Set by the draft while words of it are not in the store: then its editors must not be taken away. */
  readonly unsaved: RefObject<() => boolean>
}

const ABOUT: ReadonlySet<Topic> = new Set(['loops', 'goals', 'sessions', 'clients', 'notes'])
const none = () => false

/**
 * The note of a session, fetched once for its words. It is not kept in the query cache: a cached copy would
 * bring old words back into an editor.
 */
export function useOpenNote(sessionId: string): NoteDesk {
  const [opened, setOpened] = useState<OpenNote>({ kind: 'loading' })
  const unsaved = useRef<() => boolean>(none)
  const noteId = useRef<string | null>(null)
  const gone = useRef(false)

  const load = useCallback(async () => {
    try {
      let note = await api.notes.open({ sessionId })
      if (await afterPutDown(note.id)) note = await api.notes.read({ noteId: note.id })
      if (gone.current) return
      noteId.current = note.id
      const held = note.state === 'draft' ? heldDrafts.get(note.id) : undefined
      setOpened((before) => ({
        kind: 'open',
        note,
        held,
        turn: before.kind === 'open' ? before.turn + 1 : 1,
      }))
    } catch (error) {
      if (!gone.current) setOpened({ kind: 'failed', error: refusal(error) })
    }
  }, [sessionId])

  const refresh = useCallback(async () => {
    if (noteId.current === null) return
    try {
      const note = await api.notes.read({ noteId: noteId.current })
      if (gone.current) return
      setOpened((before) => {
        if (before.kind !== 'open') return before
        const another = before.note.state !== note.state
        if (another && unsaved.current()) return before
        return { kind: 'open', note, turn: another ? before.turn + 1 : before.turn }
      })
    } catch {
      // What is shown stays; the next change asks again.
    }
  }, [])

  useEffect(() => {
    gone.current = false
    void load()
    const stop = window.bracket.on('changed', ({ topics }) => {
      if (topics.some((topic) => ABOUT.has(topic))) void refresh()
    })
    return () => {
      gone.current = true
      stop()
    }
  }, [load, refresh])

  return { opened, refresh, reopen: () => void load(), unsaved }
}
