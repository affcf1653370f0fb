import { useEffect } from 'react'
import { isPrivateKey } from '../../../shared/document/privateDocument.ts'
import { type Caret, reportCaret } from '../../api/place.ts'
import type { SectionField } from '../../editor/SectionField.ts'
import type { DraftStart } from './useDraft.ts'

/** Main keeps where the caret is, for the note to open there after a lock. */
export function tellCaret(field: SectionField): void {
  const at = field.caret()
  if (at !== null && field.focused) reportCaret({ section: field.key, ...at })
}

/** The pen lies where it was, or else in the first section in which nothing is written. */
export function useFirstCaret(
  caret: Caret | null,
  keys: readonly string[],
  start: Pick<DraftStart, 'sections' | 'turn'>,
  field: (key: string) => SectionField | undefined,
): void {
  useEffect(() => {
    if (caret !== null && isPrivateKey(caret.section)) return
    const restored = caret === null ? undefined : field(caret.section)
    if (caret !== null && restored !== undefined) {
      restored.focusAt(caret)
      return
    }
    const written = (key: string) => start.sections.some((s) => s.key === key && s.text.trim() !== '')
    const key = keys.find((k) => !written(k)) ?? keys.at(-1)
    if (key !== undefined) field(key)?.focus()
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- once for each pen, not for each of its words
  }, [start.turn])
}
