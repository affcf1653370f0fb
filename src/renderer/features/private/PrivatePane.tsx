import { Lock, LockOpen, PanelRightClose, Trash2 } from 'lucide-react'
import { useCallback, useEffect, useImperativeHandle, useRef, useState, type Ref } from 'react'
import { DESTROY_NOTE_WORD, type PrivateNote } from '../../../shared/contract/privateRoom.ts'
import { api, refusal } from '../../api/client.ts'
import { usePreferences } from '../../api/context.ts'
import type { HeldWords } from '../../api/heldBack.ts'
import type { Caret } from '../../api/place.ts'
import { sentenceFor } from '../../api/sentences.ts'
import { forgetCopied } from '../../editor/clipboard.ts'
import { Button, IconButton } from '../../ui/Button.tsx'
import { cx } from '../../ui/cx.ts'
import { Menu } from '../../ui/Menu.tsx'
import { DestroyNote } from './DestroyNote.tsx'
import { heldPrivate, useHeldBack } from './heldBack.ts'
import type { Lane } from './lane.ts'
import { PrivateEditor } from './PrivateEditor.tsx'
import { openRoom, useRoom } from './room.ts'
import css from './PrivatePane.module.css'

export interface PrivatePaneHandle {
  /** Mod+J: opens the pane if it is folded (asking for the room if it is locked) and puts the caret in it. */
  focus: () => void
  /** The same, answering when the pen is there; null when the room stayed locked. With `pen` the caret goes along. */
  open: (pen: boolean) => Promise<Lane | null>
  /** Mod+S. */
  readonly hasFocus: () => boolean
}

export interface PrivatePaneProps {
  sessionId: string
  clientId: string
  /** The caret was here when everything locked. */
  caret?: Caret | null
  /** Words are to cross into the progress note, from the pane's own button. */
  onCross?: () => void
  ref?: Ref<PrivatePaneHandle>
}

type Shown =
  | { readonly kind: 'folded'; readonly because: 'unwanted' | 'locked' | 'destroyed' }
  | { readonly kind: 'asking' }
  | {
      readonly kind: 'open'
      readonly note: PrivateNote
      readonly held: HeldWords | undefined
      readonly turn: number
    }

/** Nothing of it where private notes are switched off: neither pane, nor key, nor chip. */
export function PrivatePane(props: PrivatePaneProps) {
  return usePreferences().privateLane ? <Pane {...props} /> : null
}

/**
 * The private note beside the record's. Off until wanted: nothing is asked of the private room before a
 * person opens it, and when the room locks the words leave the screen at once.
 */
function Pane({ sessionId, clientId, caret = null, onCross, ref }: PrivatePaneProps) {
  const room = useRoom()
  const heldBack = useHeldBack(sessionId)
  const [shown, setShown] = useState<Shown>({ kind: 'folded', because: 'unwanted' })
  const [trouble, setTrouble] = useState('')
  const [wantsFocus, setWantsFocus] = useState(false)
  const [destroying, setDestroying] = useState(false)
  const lane = useRef<Lane | null>(null)
  const destroyed = useRef(false)
  const region = useRef<HTMLElement>(null)
  const turn = useRef(0)
  /** Who waits for the pen to be on the screen. */
  const waiting = useRef(new Set<(lane: Lane | null) => void>())

  const answer = useCallback((found: Lane | null) => {
    const those = [...waiting.current]
    waiting.current.clear()
    for (const tell of those) tell(found)
  }, [])

  const open = useCallback(
    async (focus: boolean) => {
      setTrouble('')
      setShown({ kind: 'asking' })
      try {
        if (!(await openRoom())) {
          setShown({ kind: 'folded', because: 'unwanted' })
          answer(null)
          return
        }
        const note = await api.privateRoom.get({ sessionId })
        setWantsFocus(focus)
        // Taken up by the pen itself: should the room lock before it is there, they wait on.
        setShown({ kind: 'open', note, held: heldPrivate.get(sessionId), turn: ++turn.current })
      } catch (error) {
        setTrouble(sentenceFor(error))
        setShown({ kind: 'folded', because: 'unwanted' })
        answer(null)
      }
    },
    [sessionId, answer],
  )

  // The editor leaves the screen in the same render in which the room is known to be locked.
  const blank = shown.kind === 'open' && room === 'locked'
  useEffect(() => {
    if (!blank) return
    setShown({ kind: 'folded', because: 'locked' })
    setDestroying(false)
    answer(null)
  }, [blank, answer])
  useEffect(() => () => answer(null), [answer])

  // Unlocking everything brings the caret back; if the room is open again too, the pane comes with it.
  const restoring = useRef(caret !== null)
  useEffect(() => {
    if (!restoring.current || room !== 'open') return
    restoring.current = false
    void open(true)
  }, [room, open])

  useImperativeHandle(ref, () => {
    const withPen = (pen: boolean): Promise<Lane | null> => {
      if (lane.current !== null) {
        if (pen) lane.current.group.focus()
        return Promise.resolve(lane.current)
      }
      const found = new Promise<Lane | null>((resolve) => waiting.current.add(resolve))
      // Twice at once asks once.
      if (waiting.current.size === 1) void open(pen)
      return found
    }
    return {
      focus: () => void withPen(true),
      open: withPen,
      hasFocus: () => region.current?.contains(document.activeElement) ?? false,
    }
  }, [open])

  const destroy = async () => {
    // What is still being typed is part of it.
    await lane.current?.flush()
    await api.privateRoom.destroy({ sessionId, word: DESTROY_NOTE_WORD }).catch((error: unknown) => {
      // Nothing was ever saved: what is on the screen is all there is.
      if (refusal(error).code !== 'NOT_FOUND') throw error
    })
    destroyed.current = true
    forgetCopied()
    heldPrivate.take(sessionId)
    setDestroying(false)
    setShown({ kind: 'folded', because: 'destroyed' })
  }

  const isOpen = shown.kind === 'open' && !blank
  return (
    <section aria-label="Private note" ref={region} className={cx(css.pane, isOpen && css.open)}>
      <header className={css.head}>
        {isOpen ? <LockOpen aria-hidden className={css.icon} /> : <Lock aria-hidden className={css.icon} />}
        <h2 className={css.title}>Private note</h2>
        {isOpen ? (
          <>
            <Menu
              label="More about the private note"
              entries={[
                {
                  id: 'destroy',
                  label: 'Destroy this private note…',
                  icon: <Trash2 aria-hidden />,
                  danger: true,
                  onAction: () => setDestroying(true),
                },
              ]}
            />
            <IconButton
              label="Fold the private note"
              icon={<PanelRightClose aria-hidden />}
              compact
              onPress={() => setShown({ kind: 'folded', because: 'unwanted' })}
            />
          </>
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
      {shown.kind === 'folded' && shown.because === 'destroyed' && (
        <p role="status" className={css.promise}>
          The private note is destroyed. Backups made before keep it until they are rotated out.
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
          destroyed={destroyed}
          onLane={(found) => {
            lane.current = found
            if (found === null) return
            destroyed.current = false
            answer(found)
          }}
          onCross={onCross}
          onSettled={(note, held) => setShown({ kind: 'open', note, held, turn: ++turn.current })}
        />
      )}
      {destroying && isOpen && <DestroyNote onDestroy={destroy} onClose={() => setDestroying(false)} />}
    </section>
  )
}
