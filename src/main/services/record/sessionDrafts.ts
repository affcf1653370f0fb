import { findNote, moveDraft } from '../../store/record/queries/notes.ts'
import { reindexDraft } from '../../store/record/queries/wordIndex.ts'
import type { WriteHandle } from '../../store/Store.ts'

/** The index of words counts by rows: what it holds is taken out first and put back when it is next brought up. */
export async function moveDraftOf(h: WriteHandle, noteId: string, startsAt: number): Promise<void> {
  const note = await findNote(h, noteId)
  if (note === undefined) return
  await reindexDraft(h, note.row, null)
  await moveDraft(h, noteId, startsAt)
}
