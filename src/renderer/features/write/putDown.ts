import { heldDrafts, type HeldWords } from '../../api/heldBack.ts'
import { registerFlusher } from '../../api/flush.ts'
import type { Autosave } from '../../editor/Autosave.ts'

const leaving = new Map<string, Promise<void>>()

/**
 * The pen is put down: what is typed is committed, or held back in this page until the note is open again.
 * Resolves when one of the two is done.
 */
export function putDown(
  noteId: string,
  autosave: Pick<Autosave<unknown>, 'flush' | 'dispose' | 'unsaved' | 'revision'>,
  read: () => Omit<HeldWords, 'revision'>,
): Promise<void> {
  const done = autosave.flush().then((committed) => {
    if (!committed && autosave.unsaved) {
      heldDrafts.hold(noteId, { revision: autosave.revision, ...read() })
    }
    autosave.dispose()
  })
  // A lock in this very moment waits for it.
  const stop = registerFlusher(() => done)
  leaving.set(noteId, done)
  return done.finally(() => {
    stop()
    if (leaving.get(noteId) === done) leaving.delete(noteId)
  })
}

/** Waits for the pen of this note if it is just being put down. True when it was: what was read may be old. */
export async function afterPutDown(noteId: string): Promise<boolean> {
  const pending = leaving.get(noteId)
  if (pending === undefined) return false
  await pending.catch(() => undefined)
  return true
}
