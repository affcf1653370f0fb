import { useEffect, useState, type RefObject } from 'react'
import { NOTE_LIMIT } from '../../../shared/contract/limits.ts'
import type { Details } from '../../../shared/document/details.ts'
import type { NoteFormat, NoteWords, Section } from '../../../shared/document/document.ts'
import { api } from '../../api/client.ts'
import { registerFlusher } from '../../api/flush.ts'
import { heldDrafts, heldNote } from '../../api/heldBack.ts'
import { reportCaret } from '../../api/place.ts'
import { Autosave, type SaveStates } from '../../editor/Autosave.ts'
import { lookWithin } from '../../editor/lookWithin.ts'
import { WritingGroup } from '../../editor/WritingGroup.ts'
import { DetailsField } from './DetailsField.ts'
import { putDown } from './putDown.ts'

/** After so long without a save the note counts as laid down, and its index row is brought up to date. */
const IDLE_MS = 20_000
/** What is left of a note for its sections: all that stands beside them fits into the rest many times. */
const ROOM = NOTE_LIMIT - 3_000_000

export interface DraftStart extends NoteWords {
  readonly revision: number
  /** These words are not in the store yet. */
  readonly changed: boolean
  readonly turn: number
}

/** The pen of one draft: its sections, its autosave, and what has to happen when it is put down. */
export interface Pen {
  readonly group: WritingGroup
  readonly details: DetailsField
  readonly autosave: Autosave<Held, Saved>
  /** Everything as it stands on the screen now. For saving, never for a key. */
  readonly read: () => Held
}

interface Saved {
  readonly revision: number
  readonly savedAt: number
  readonly sessionRestored: boolean
}

interface Held {
  readonly sections: readonly Section[]
  readonly beside: { readonly format: NoteFormat; readonly details: Details }
}

function makePen(noteId: string, keys: readonly string[], start: DraftStart, onRestored: () => void): Pen {
  const group = new WritingGroup(keys)
  const details = new DetailsField(start.details)
  const read = () => ({ sections: group.read(), beside: { format: start.format, details: details.read() } })
  const autosave = new Autosave({
    revision: start.revision,
    content: read,
    save: ({ sections, beside }: Held, revision) =>
      api.notes.save({ noteId, revision, sections: lookWithin(sections, ROOM), ...beside }),
    onSaved: (answer: Saved) => {
      if (answer.sessionRestored) onRestored()
    },
  })
  return { group, details, autosave, read }
}

/**
 * One pen for each `start.turn`: where the words begin anew (after a conflict, in another format) there is another
 * one, and what stands beside the sheet stays as it is.
 */
export function useDraft(
  noteId: string,
  keys: readonly string[],
  start: DraftStart,
  unsaved: RefObject<() => boolean>,
): Pen & { readonly sessionRestored: boolean } {
  const [sessionRestored, setSessionRestored] = useState(false)
  const make = () => ({
    turn: start.turn,
    pen: makePen(noteId, keys, start, () => setSessionRestored(true)),
  })
  const [first, setHeld] = useState(make)
  let held = first
  if (held.turn !== start.turn) {
    held = make()
    setHeld(held)
  }
  const { pen } = held

  useEffect(() => {
    const { group, details, autosave, read } = pen
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
      () => (autosave.unsaved ? heldNote(noteId, { revision: autosave.revision, ...read() }) : null),
    )
    const stopDetails = details.subscribe(autosave.changed)
    const stopSettling = settleWhenIdle(autosave, noteId)
    if (start.changed) autosave.changed()
    return () => {
      unsaved.current = () => false
      stopFlusher()
      stopSettling()
      stopDetails()
      void putDown(noteId, autosave, read).then(() => settle(noteId))
    }
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- once for each pen; `start` is what it was made from
  }, [pen])

  return { ...pen, sessionRestored }
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
