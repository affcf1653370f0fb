import type { HistoryState, HistoryStateEntry } from '@lexical/history'
import { HISTORIC_TAG, type LexicalEditor } from 'lexical'

/** Entries with the same act are taken back together: one act of a person may touch two sections. */
interface Entry extends HistoryStateEntry {
  act?: symbol | undefined
}

/** Runs `work` (updates that are discrete and push history); whatever it changes, in however many sections, is one act. */
export function asOneAct(history: HistoryState, work: () => void): void {
  const before = new Set<Entry>(history.undoStack)
  work()
  const act = Symbol('act')
  for (const entry of history.undoStack as Entry[]) if (!before.has(entry)) entry.act = act
}

/**
 * Takes the last act back. Gives the editor to which the caret belongs (the one in which it is, if that is one of
 * those that change), or undefined when there is nothing.
 */
export const undo = (history: HistoryState, active?: LexicalEditor): LexicalEditor | undefined =>
  move(history, history.undoStack, history.redoStack, active)

/** Does again what was taken back last. */
export const redo = (history: HistoryState, active?: LexicalEditor): LexicalEditor | undefined =>
  move(history, history.redoStack, history.undoStack, active)

/** Lexical's own undo and redo take one entry, so one editor, at a time. */
function move(
  history: HistoryState,
  from: Entry[],
  to: Entry[],
  active: LexicalEditor | undefined,
): LexicalEditor | undefined {
  const entries: Entry[] = []
  for (let top = from.at(-1); top !== undefined; top = from.at(-1)) {
    if (entries[0] !== undefined && (entries[0].act === undefined || entries[0].act !== top.act)) break
    from.pop()
    entries.push(top)
  }
  const caretIn = entries.find(({ editor }) => editor === active) ?? entries[0]
  for (const { editor, editorState: kept, act } of entries) {
    // Only one of them may draw the caret to itself.
    const editorState = editor === caretIn?.editor ? kept : kept.clone(null)
    const live = editor.getEditorState()
    if (!live.isEmpty()) to.push({ editor, editorState: live, act })
    // A new object: Lexical makes the next entry of this one, and it must not belong to the same act.
    history.current = { editor, editorState }
    editor.setEditorState(editorState, { tag: HISTORIC_TAG })
  }
  return caretIn?.editor
}
