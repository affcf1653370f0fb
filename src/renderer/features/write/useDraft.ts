import { useEffect, useState, type RefObject } from 'react'
import type { Section } from '../../../shared/document/document.ts'
import { api } from '../../api/client.ts'
import { registerFlusher } from '../../api/flush.ts'
import { heldDrafts, heldNote } from '../../api/heldBack.ts'
import { reportCaret } from '../../api/place.ts'
import { Autosave, type SaveStates } from '../../editor/Autosave.ts'
import { WritingGroup } from '../../editor/WritingGroup.ts'
import { putDown } from './putDown.ts'

/** After so long without a save the note counts as laid down, and its index row is brought up to date. */
const IDLE_MS = 20_000

export interface DraftStart {
  readonly sections: readonly Section[]
  readonly revision: number
  /** These words are not in the store yet. */
  readonly changed: boolean
  readonly turn: number
}

/** The pen of one draft: its sections, its autosave, and what has to happen when it is put down. */
export function useDraft(
  noteId: string,
  keys: readonly string[],
  start: DraftStart,
  unsaved: RefObject<() => boolean>,
) {
  const [group] = useState(() => new WritingGroup(keys))
  const [sessionRestored, setSessionRestored] = useState(false)
  const [autosave] = useState(
    () =>
      new Autosave({
        revision: start.revision,
        content: () => group.read(),
        save: (sections, revision) => api.notes.save({ noteId, revision, sections: [...sections] }),
        onSaved: (answer) => {
          if (answer.sessionRestored) setSessionRestored(true)
        },
      }),
  )

  useEffect(() => {
    unsaved.current = () => autosave.unsaved
    // From here on this pen answers for the words; put down, it holds them back again if need be.
    heldDrafts.take(noteId)
    const stopFlusher = registerFlusher(
      async () => {
        const field = group.active
        const at = field?.caret()
        if (field?.focused === true && at) reportCaret({ section: field.key, ...at })
        await autosave.flush()
      },
      () =>
        autosave.unsaved ? heldNote(noteId, { revision: autosave.revision, sections: group.read() }) : null,
    )
    const stopSettling = settleWhenIdle(autosave, noteId)
    if (start.changed) autosave.changed()
    return () => {
      unsaved.current = () => false
      stopFlusher()
      stopSettling()
      void putDown(noteId, autosave, () => group.read()).then(() => settle(noteId))
    }
    // Once: one pen per draft on the screen.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [])

  return { group, autosave, sessionRestored }
}

/** The index of words is behind until then, nothing else; so a refusal needs no sentence. */
const settle = (noteId: string): Promise<unknown> => api.notes.settle({ noteId }).catch(() => undefined)

function settleWhenIdle(autosave: SaveStates, noteId: string): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined
  const stop = autosave.subscribe(() => {
    clearTimeout(timer)
    if (autosave.state.kind === 'saved') timer = setTimeout(() => void settle(noteId), IDLE_MS)
  })
  return () => {
    clearTimeout(timer)
    stop()
  }
}
