import { Lock, LockOpen, PanelRightClose } from 'lucide-react'
import { useCallback, useEffect, useImperativeHandle, useRef, useState, type Ref } from 'react'
import type { PrivateNote } from '../../../shared/contract/privateRoom.ts'
import { api } from '../../api/client.ts'
import type { HeldWords } from '../../api/heldBack.ts'
import { sentenceFor } from '../../api/sentences.ts'
import type { SectionCaret } from '../../editor/caret.ts'
import type { WritingGroup } from '../../editor/WritingGroup.ts'
import { Button, IconButton } from '../../ui/Button.tsx'
import { cx } from '../../ui/cx.ts'
import { heldPrivate, useHeldBack } from './heldBack.ts'
import { PrivateEditor } from './PrivateEditor.tsx'
import { openRoom, useRoom } from './room.ts'
import css from './PrivatePane.module.css'

export interface PrivatePaneHandle {
  /** Mod+J: opens the pane if it is folded (asking for the room if it is locked) and puts the caret in it. */
  focus: () => void
  /** Mod+S. */
  readonly hasFocus: () => boolean
}

export interface PrivatePaneProps {
  sessionId: string
  clientId: string
  /** The caret was here when everything locked. */
  caret?: SectionCaret | null
  ref?: Ref<PrivatePaneHandle>
}

type Shown =
  | { readonly kind: 'folded'; readonly because: 'unwanted' | 'locked' }
  | { readonly kind: 'asking' }
  | {
      readonly kind: 'open'
      readonly note: PrivateNote
      readonly held: HeldWords | undefined
      readonly turn: number
    }

/**
 * The private note beside the record's. Off until wanted: nothing is asked of the private room before a
 * person opens it, and when the room locks the words leave the screen at once.
 */
export function PrivatePane({ sessionId, clientId, caret = null, ref }: PrivatePaneProps) {
  const room = useRoom()
  const heldBack = useHeldBack(sessionId)
  const [shown, setShown] = useState<Shown>({ kind: 'folded', because: 'unwanted' })
  const [trouble, setTrouble] = useState('')
  const [wantsFocus, setWantsFocus] = useState(false)
  const group = useRef<WritingGroup | null>(null)
  const region = useRef<HTMLElement>(null)
  const turn = useRef(0)

  const open = useCallback(
    async (focus: boolean) => {
      setTrouble('')
      setShown({ kind: 'asking' })
      try {
        if (!(await openRoom())) {
          setShown({ kind: 'folded', because: 'unwanted' })
          return
        }
        const note = await api.privateRoom.get({ sessionId })
        setWantsFocus(focus)
        setShown({ kind: 'open', note, held: heldPrivate.take(sessionId), turn: ++turn.current })
      } catch (error) {
        setTrouble(sentenceFor(error))
        setShown({ kind: 'folded', because: 'unwanted' })
      }
    },
    [sessionId],
  )

  // The editor leaves the screen in the same render in which the room is known to be locked.
  const blank = shown.kind === 'open' && room === 'locked'
  useEffect(() => {
    if (blank) setShown({ kind: 'folded', because: 'locked' })
  }, [blank])

  // Unlocking everything brings the caret back; if the room is open again too, the pane comes with it.
  const restoring = useRef(caret !== null)
  useEffect(() => {
    if (!restoring.current || room !== 'open') return
    restoring.current = false
    void open(true)
  }, [room, open])

  useImperativeHandle(
    ref,
    () => ({
      focus: () => {
        if (group.current !== null) group.current.focus()
        else void open(true)
      },
      hasFocus: () => region.current?.contains(document.activeElement) ?? false,
    }),
    [open],
  )

  const isOpen = shown.kind === 'open' && !blank
  return (
    <section aria-label="Private note" ref={region} className={cx(css.pane, isOpen && css.open)}>
      <header className={css.head}>
        {isOpen ? <LockOpen aria-hidden className={css.icon} /> : <Lock aria-hidden className={css.icon} />}
        <h2 className={css.title}>Private note</h2>
        {isOpen ? (
          <IconButton
            label="Fold the private note"
            icon={<PanelRightClose aria-hidden />}
            compact
            onPress={() => setShown({ kind: 'folded', because: 'unwanted' })}
          />
        ) : (
          <Button
            compact
            variant="quiet"
            isDisabled={shown.kind === 'asking'}
            onPress={() => void open(true)}
            aria-label="Open private note"
          >
            Open
          </Button>
        )}
      </header>
      {(isOpen || shown.kind === 'asking') && (
        <p className={css.promise}>Kept apart from the record. A court may still order it.</p>
      )}
      {shown.kind === 'folded' && shown.because === 'locked' && (
        <p role="status" className={css.promise}>
          {heldBack
            ? 'The private room is locked. Your last words here are not saved yet. Open it again to save them, before everything locks.'
            : 'The private room is locked. What you wrote is saved.'}
        </p>
      )}
      <p role="alert" className={css.trouble}>
        {trouble}
      </p>
      {shown.kind === 'open' && !blank && (
        <PrivateEditor
          key={shown.turn}
          sessionId={sessionId}
          clientId={clientId}
          note={shown.note}
          held={shown.held}
          caret={caret}
          focus={wantsFocus}
          groupRef={group}
          onSettled={(note, held) => setShown({ kind: 'open', note, held, turn: ++turn.current })}
        />
      )}
    </section>
  )
}
