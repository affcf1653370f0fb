import {
  $createRangeSelection,
  $getNearestNodeFromDOMNode,
  $isTextNode,
  $setSelection,
  HISTORY_PUSH_TAG,
  type LexicalEditor,
} from 'lexical'
import { comparable } from '../../../shared/domain/personalWord.ts'
import type { Misspelling } from './FieldSpelling.ts'

/** Selects a word, as a person would. Nothing happens when the words have changed in the meantime. */
function $select({ range, word }: Misspelling): ReturnType<typeof $createRangeSelection> | null {
  const [start, end] = [
    $getNearestNodeFromDOMNode(range.startContainer),
    $getNearestNodeFromDOMNode(range.endContainer),
  ]
  if (!$isTextNode(start) || !$isTextNode(end) || comparable(range.toString()) !== word) return null
  const selection = $createRangeSelection()
  selection.anchor.set(start.getKey(), range.startOffset, 'text')
  selection.focus.set(end.getKey(), range.endOffset, 'text')
  $setSelection(selection)
  return selection
}

export function selectIn(editor: LexicalEditor, found: Misspelling): void {
  editor.getRootElement()?.focus({ preventScroll: true })
  editor.update(() => void $select(found), { discrete: true })
  found.range.startContainer.parentElement?.scrollIntoView({ block: 'nearest' })
}

/** Another word in its place, in the same look; one undo takes it back. */
export function replaceIn(editor: LexicalEditor, found: Misspelling, word: string): void {
  editor.update(() => $select(found)?.insertText(word), { discrete: true, tag: HISTORY_PUSH_TAG })
}
