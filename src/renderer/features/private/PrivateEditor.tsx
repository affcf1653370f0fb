import { ArrowLeftToLine, X } from 'lucide-react'
import { useEffect, useRef, useState, type RefObject } from 'react'
import {
  isPrivateKey,
  PRIVATE_SECTION,
  privateHeading,
  promptOf,
  promptsFor,
} from '../../../shared/document/privateDocument.ts'
import { NOTE_LIMIT } from '../../../shared/contract/limits.ts'
import type { PrivateNote } from '../../../shared/contract/privateRoom.ts'
import type { Section } from '../../../shared/document/document.ts'
import { api } from '../../api/client.ts'
import { useAppContext } from '../../api/context.ts'
import { registerFlusher } from '../../api/flush.ts'
import type { HeldWords } from '../../api/heldBack.ts'
import { type Caret, reportCaret } from '../../api/place.ts'
import { Autosave } from '../../editor/Autosave.ts'
import { ConflictView } from '../../editor/ConflictView.tsx'
import { FormatBar } from '../../editor/FormatBar.tsx'
import { savedText, SaveStatus, useConflict } from '../../editor/SaveStatus.tsx'
import { SectionEditor } from '../../editor/SectionEditor.tsx'
import type { SectionField } from '../../editor/SectionField.ts'
import { emptySection } from '../../editor/sectionBlocks.ts'
import { lookWithin } from '../../editor/lookWithin.ts'
import { WritingGroup } from '../../editor/WritingGroup.ts'
import { IconButton } from '../../ui/Button.tsx'
import { heldPrivate } from './heldBack.ts'
import type { Lane } from './lane.ts'
import { Prompts } from './Prompts.tsx'
import { privateWords } from './spelling.ts'
import css from './PrivatePane.module.css'

/** What is left of a private note for its sections; there is next to nothing beside them. */
const ROOM = NOTE_LIMIT - 10_000

const PROMPT = 'What you thought and felt; what to ask in supervision'
const SCHOOL_PROMPT = 'What helps your own memory, for you alone'

export interface PrivateEditorProps {
  sessionId: string
  clientId: string
  note: PrivateNote
  /** Words from before the room locked; they are on the screen and not in the store yet. */
  held: HeldWords | undefined
  caret: Caret | null
  focus: boolean
  /** The words are being destroyed: nothing of them is saved or held back when this leaves the screen. */
  destroyed: RefObject<boolean>
  /** The pen is on the screen, or (null) no longer. */
  onLane: (lane: Lane | null) => void
  /** Start again from another version, after a conflict. */
  onSettled: (note: PrivateNote, held: HeldWords | undefined) => void
  /** Words are to cross into the progress note; absent where it can no longer be written in. */
  onCross: (() => void) | undefined
}

/** The private note being written: the same pen and the same autosave as the record's, over its own door. */
export function PrivateEditor(props: PrivateEditorProps) {
  const { sessionId, clientId, note, held } = props
  const { setting } = useAppContext()
  const offered = promptsFor(setting)
  const sections = held?.sections ?? note.sections
  const [group] = useState(() => new WritingGroup(orderOf(offered, sections)))
  const headings = useHeadings(group, sections)
  /** An empty heading is nobody's word: it is not kept. */
  const [written] = useState(
    () => (): Section[] => group.read().filter(({ key, text }) => key === PRIVATE_SECTION || text !== ''),
  )
  const [autosave] = useState(
    () =>
      new Autosave({
        revision: held?.revision ?? note.revision,
        content: () => ({ sections: written(), beside: null }),
        save: ({ sections: list }, revision) =>
          api.privateRoom.save({ sessionId, clientId, revision, sections: lookWithin(list, ROOM) }),
      }),
  )
  const conflict = useConflict(autosave)

  useEffect(() => {
    // From here on this pen answers for them.
    heldPrivate.take(sessionId)
    props.onLane({ group, flush: () => autosave.flush() })
    const stop = registerFlusher(async () => {
      await autosave.flush()
    })
    if (held !== undefined) autosave.changed()
    const { caret, focus, destroyed } = props
    if (caret !== null) (group.field(caret.section) ?? group.field(PRIVATE_SECTION))?.focusAt(caret)
    else if (focus) group.focus()
    return () => {
      props.onLane(null)
      stop()
      if (destroyed.current) {
        autosave.dispose()
        return
      }
      void autosave.flush().then((committed) => {
        // Most likely the room has locked in the meantime; the words wait for it to open.
        if (!committed && autosave.unsaved) {
          heldPrivate.hold(sessionId, { revision: autosave.revision, sections: written(), beside: null })
        }
        autosave.dispose()
      })
    }
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- once: the pen is put down when this leaves the screen
  }, [])

  return (
    <>
      {conflict && (
        <ConflictView
          here={() => ({ sections: written(), beside: null })}
          sent={autosave.sent}
          stored={async () => ({ ...(await api.privateRoom.get({ sessionId })), beside: null })}
          label={(key) => privateHeading(key) ?? 'Private note'}
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
        {props.onCross !== undefined && (
          <IconButton
            compact
            label="Move to progress note…"
            aria-keyshortcuts="Control+Shift+J"
            icon={<ArrowLeftToLine aria-hidden />}
            onPress={props.onCross}
          />
        )}
      </div>
      {group.order
        .filter((key) => key === PRIVATE_SECTION || headings.state(key) !== 'none')
        .map((key) => {
          const heading = privateHeading(key)
          return (
            <div
              key={key}
              className={heading === null ? css.main : css.prompted}
              hidden={headings.state(key) === 'away'}
            >
              <SectionEditor
                label={heading ?? 'Private note'}
                labelHidden={heading === null}
                prompt={promptOf(key)?.prompt ?? (setting === 'school' ? SCHOOL_PROMPT : PROMPT)}
                section={sections.find((s) => s.key === key) ?? emptySection(key)}
                group={group}
                changed={() => {
                  headings.wroteIn(key)
                  autosave.changed()
                }}
                caretMoved={tellCaret}
                tone="private"
                words={privateWords}
                beside={
                  heading !== null && (
                    <IconButton
                      compact
                      label={`Remove ${heading}`}
                      icon={<X aria-hidden />}
                      onPress={() => headings.remove(key)}
                    />
                  )
                }
              />
            </div>
          )
        })}
      <Prompts
        prompts={offered.filter(({ key }) => headings.state(key) !== 'shown')}
        onChoose={headings.add}
      />
      <SaveStatus
        autosave={autosave}
        label="Private note saved state"
        standing={note.updatedAt === null ? 'Nothing written yet' : savedText(note.updatedAt)}
      />
    </>
  )
}

function tellCaret(field: SectionField): void {
  const caret = field.caret()
  if (caret !== null && field.focused) reportCaret({ section: field.key, ...caret })
}

/** Everything that may be written in, in the order in which it stands; a heading of the other setting stays a heading. */
const orderOf = (
  offered: readonly { readonly key: string }[],
  sections: readonly Section[],
): readonly string[] => [
  ...new Set([
    PRIVATE_SECTION,
    ...offered.map(({ key }) => key),
    ...sections.map(({ key }) => key).filter(isPrivateKey),
    ...sections.map(({ key }) => key),
  ]),
]

/**
 * Which headings are on the screen. One that was taken away again stays mounted, unseen: undo may still write in it,
 * and what is written must be seen.
 */
function useHeadings(group: WritingGroup, start: readonly Section[]) {
  const [states, setStates] = useState<ReadonlyMap<string, 'shown' | 'away'>>(
    () => new Map(start.filter((s) => s.text !== '').map((s) => [s.key, 'shown'])),
  )
  const latest = useRef(states)
  const pen = useRef<string | null>(null)
  const set = (key: string, state: 'shown' | 'away'): void => {
    latest.current = new Map(latest.current).set(key, state)
    setStates(latest.current)
  }
  useEffect(() => {
    const key = pen.current
    pen.current = null
    if (key !== null) group.field(key)?.focus()
  })
  return {
    state: (key: string): 'shown' | 'away' | 'none' => states.get(key) ?? 'none',
    add: (key: string): void => {
      pen.current = key
      set(key, 'shown')
    },
    remove: (key: string): void => {
      // Only while it is empty: words leave by being taken out, which can be undone.
      if (group.field(key)?.empty !== true) return
      pen.current = PRIVATE_SECTION
      set(key, 'away')
    },
    /** Runs on every key. */
    wroteIn: (key: string): void => {
      if (latest.current.get(key) === 'away') set(key, 'shown')
    },
  }
}
