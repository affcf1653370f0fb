import type { SectionField } from '../SectionField.ts'
import type { FieldSpelling, Misspelling } from './FieldSpelling.ts'
import { selectIn } from './replacing.ts'
import type { WordBook } from './WordBook.ts'

interface Member {
  readonly field: SectionField
  readonly spelling: FieldSpelling
  readonly book: WordBook
}
const members = new Set<Member>()

/** This section takes part in stepping; call the answer when it is gone. */
export function stepsThrough(member: Member): () => void {
  members.add(member)
  return () => void members.delete(member)
}

/**
 * Goes to the next wrong word after the caret, through the sections of the same lane and round, and selects it. Null:
 * there is none.
 */
export async function nextMisspelling(
  from: SectionField,
  book: WordBook,
): Promise<{ field: SectionField; found: Misspelling } | null> {
  const lane = [...members].filter((member) => member.book === book).sort(inOrder)
  const at = lane.findIndex(({ field }) => field === from)
  if (at === -1) return null
  const selection = window.getSelection()
  const caret = selection !== null && selection.rangeCount > 0 ? selection.getRangeAt(0) : null
  const round = [...lane.slice(at), ...lane.slice(0, at + 1)]
  for (const [i, { field, spelling }] of round.entries()) {
    const found = await spelling.after(i === 0 ? caret : null)
    if (found === null) continue
    selectIn(field.editor, found)
    return { field, found }
  }
  return null
}

function inOrder(a: Member, b: Member): number {
  const [first, second] = [a.field.editor.getRootElement(), b.field.editor.getRootElement()]
  if (first === null || second === null) return 0
  return first.compareDocumentPosition(second) & Node.DOCUMENT_POSITION_FOLLOWING ? -1 : 1
}
