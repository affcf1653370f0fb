import { useEffect, useState, type RefObject } from 'react'
import { PRIVATE_SECTION } from '../../../shared/document/privateDocument.ts'
import type { PrivateNote } from '../../../shared/contract/privateRoom.ts'
import { api } from '../../api/client.ts'
import { registerFlusher } from '../../api/flush.ts'
import type { HeldWords } from '../../api/heldBack.ts'
import { reportCaret } from '../../api/place.ts'
import { Autosave } from '../../editor/Autosave.ts'
import { ConflictView } from '../../editor/ConflictView.tsx'
import type { SectionCaret } from '../../editor/caret.ts'
import { FormatBar } from '../../editor/FormatBar.tsx'
import { savedText, SaveStatus, useConflict } from '../../editor/SaveStatus.tsx'
import { SectionEditor } from '../../editor/SectionEditor.tsx'
import { emptySection } from '../../editor/sectionBlocks.ts'
import { WritingGroup } from '../../editor/WritingGroup.ts'
import { heldPrivate } from './heldBack.ts'
import css from './PrivatePane.module.css'

const PROMPT = 'What you thought and felt; what to ask in supervision'

export interface PrivateEditorProps {
  sessionId: string
  clientId: string
  note: PrivateNote
  /** Words from before the room locked; they are on the screen and not in the store yet. */
  held: HeldWords | undefined
  caret: SectionCaret | null
  focus: boolean
  /** Hands out the group while this is on the screen, so that Mod+J can come here. */
  groupRef: RefObject<WritingGroup | null>
  /** Start again from another version, after a conflict. */
  onSettled: (note: PrivateNote, held: HeldWords | undefined) => void
}

/** The private note being written: the same pen and the same autosave as the record's, over its own door. */
export function PrivateEditor(props: PrivateEditorProps) {
  const { sessionId, clientId, note, held, groupRef } = props
  const [group] = useState(() => new WritingGroup([PRIVATE_SECTION]))
  const [autosave] = useState(
    () =>
      new Autosave({
        revision: held?.revision ?? note.revision,
        content: () => ({ sections: group.read(), beside: null }),
        save: ({ sections }, revision) => api.privateRoom.save({ sessionId, clientId, revision, sections }),
      }),
  )
  const conflict = useConflict(autosave)
  const sections = held?.sections ?? note.sections
  const section = sections.find((s) => s.key === PRIVATE_SECTION) ?? emptySection(PRIVATE_SECTION)

  useEffect(() => {
    groupRef.current = group
    const stop = registerFlusher(async () => {
      await autosave.flush()
    })
    if (held !== undefined) autosave.changed()
    const { caret, focus } = props
    if (caret !== null) group.field(PRIVATE_SECTION)?.focusAt(caret)
    else if (focus) group.focus()
    return () => {
      groupRef.current = null
      stop()
      void autosave.flush().then((committed) => {
        // Most likely the room has locked in the meantime; the words wait for it to open.
        if (!committed && autosave.unsaved) {
          heldPrivate.hold(sessionId, {
            revision: autosave.revision,
            sections: group.read(),
            beside: null,
          })
        }
        autosave.dispose()
      })
    }
    // Once: the pen is put down when this leaves the screen.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [])

  return (
    <>
      {conflict && (
        <ConflictView
          here={() => ({ sections: group.read(), beside: null })}
          sent={autosave.sent}
          stored={async () => ({ ...(await api.privateRoom.get({ sessionId })), beside: null })}
          label={() => 'Private note'}
          onSame={(revision) => autosave.settle(revision, 'changed')}
          onChosen={({ revision, sections: chosen, changed }) => {
            autosave.settle(revision, 'as-stored')
            const next = { revision, sections: [...chosen], updatedAt: note.updatedAt }
            props.onSettled(next, changed ? { revision, sections: chosen, beside: null } : undefined)
          }}
        />
      )}
      <div className={css.tools}>
        <FormatBar group={group} label="Private note format" />
      </div>
      <SectionEditor
        label="Private note"
        labelHidden
        prompt={PROMPT}
        section={section}
        group={group}
        changed={autosave.changed}
        caretMoved={(field) => {
          const caret = field.caret()
          if (caret !== null && field.focused) reportCaret({ section: PRIVATE_SECTION, ...caret })
        }}
        tone="private"
      />
      <SaveStatus
        autosave={autosave}
        label="Private note saved state"
        standing={note.updatedAt === null ? 'Nothing written yet' : savedText(note.updatedAt)}
      />
    </>
  )
}
