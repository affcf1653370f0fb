import { useState } from 'react'
import { initialCaret } from '../../api/place.ts'
import { sentenceFor } from '../../api/sentences.ts'
import { Button } from '../../ui/Button.tsx'
import { EmptyState } from '../../ui/Parts.tsx'
import { DraftNote } from './DraftNote.tsx'
import { useOpenNote } from './openNote.ts'
import { SignedNote } from './SignedNote.tsx'
import css from './Write.module.css'

/** The pen: the progress note of one session, being written or, once signed, to be read. */
export function WriteScreen({ sessionId }: { sessionId: string }) {
  const desk = useOpenNote(sessionId)
  const [caret] = useState(initialCaret)
  const { opened } = desk
  if (opened.kind === 'loading') return <div className={css.screen} aria-busy="true" />
  if (opened.kind === 'failed') {
    return (
      <div className={css.failed}>
        <EmptyState
          title="This note cannot be shown"
          actions={<Button onPress={desk.reopen}>Try again</Button>}
        >
          {sentenceFor(opened.error)}
        </EmptyState>
      </div>
    )
  }
  return opened.note.state === 'draft' ? (
    <DraftNote
      key={opened.turn}
      note={opened.note}
      held={opened.held}
      caret={opened.turn === 1 ? caret : null}
      refresh={desk.refresh}
      unsaved={desk.unsaved}
    />
  ) : (
    <SignedNote key={opened.turn} note={opened.note} refresh={desk.refresh} />
  )
}
