import { labelIn, type NoteFormat } from '../../../shared/document/document.ts'
import { api } from '../../api/client.ts'
import { ConflictView } from '../../editor/ConflictView.tsx'
import type { DraftStart, Pen } from './useDraft.ts'
import css from './Write.module.css'

interface DraftConflictProps {
  noteId: string
  format: NoteFormat
  pen: Pen
  onStart: (start: Omit<DraftStart, 'turn'>) => void
}

/** Two hands wrote the same note: both texts, with their formats and details, and the pen goes on from what is chosen. */
export function DraftConflict({ noteId, format, pen, onStart }: DraftConflictProps) {
  const { autosave, details } = pen
  return (
    <div className={css.conflict} data-veil>
      <ConflictView
        here={pen.read}
        sent={autosave.sent}
        stored={async () => {
          const stored = await api.notes.read({ noteId })
          const { revision, updatedAt, sections } = stored
          return { revision, updatedAt, sections, beside: { format: stored.format, details: stored.details } }
        }}
        label={(key) => labelIn(format, key)}
        onSame={(revision) => autosave.settle(revision, 'changed')}
        onChosen={({ revision, sections, beside, changed }) => {
          autosave.settle(revision, 'as-stored')
          onStart({
            revision,
            sections,
            format: beside?.format ?? format,
            details: beside?.details ?? details.read(),
            changed,
          })
        }}
      />
    </div>
  )
}
