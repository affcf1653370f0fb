import { Columns2, FileText, Lock } from 'lucide-react'
import { COMMAND_PRIORITY_HIGH, KEY_ARROW_UP_COMMAND } from 'lexical'
import { useEffect, useRef, useState, useSyncExternalStore, type RefObject } from 'react'
import { Button, Toolbar } from 'react-aria-components'
import { useAppContext } from '../../api/context.ts'
import type { SaveStates } from '../../editor/Autosave.ts'
import type { WritingGroup } from '../../editor/WritingGroup.ts'
import { cx } from '../../ui/cx.ts'
import { isWrittenPrivately, type PrivatePaneHandle } from '../private/index.ts'
import css from './BeginWith.module.css'

/** Sessions for which it was said in this sitting; whoever has answered is not asked a second time. */
const answered = new Set<string>()

export interface BeginWithProps {
  sessionId: string
  /** Nothing was set down in the progress note when it was opened. */
  untouched: boolean
  group: WritingGroup
  autosave: SaveStates
  pane: RefObject<PrivatePaneHandle | null>
}

/** Process or progress? Asked when a note begins, answered by a choice or by simply writing, and never in the way. */
export function BeginWith(props: BeginWithProps) {
  const { privateLane } = useAppContext().preferences
  const [begins, setBegins] = useState(false)
  const { sessionId, untouched } = props
  const mayAsk = privateLane && untouched && !answered.has(sessionId)
  useEffect(() => {
    if (!mayAsk) return
    let gone = false
    // Behind a locked door nobody can tell; then it is asked.
    isWrittenPrivately(sessionId).then(
      (written) => {
        if (!gone) setBegins(!written)
      },
      () => undefined,
    )
    return () => {
      gone = true
    }
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- once, when the note comes on the screen
  }, [])
  return begins && privateLane ? <Question {...props} onDone={() => setBegins(false)} /> : null
}

function Question({ sessionId, group, autosave, pane, onDone }: BeginWithProps & { onDone: () => void }) {
  const { setting } = useAppContext()
  const row = useRef<HTMLDivElement>(null)
  // One render at the first key, none at those after it.
  const writing = useSyncExternalStore(
    (listener) => autosave.subscribe(listener),
    // Another format, or a box ticked, is not writing yet.
    () => autosave.state.kind !== 'clean' && group.fields.some((field) => !field.empty),
  )

  useEffect(() => {
    if (!writing) return
    answered.add(sessionId)
    // The room it takes goes when the pen is lifted: the line that is being written does not jump.
    // A press that takes the focus away ends first: what is pressed must not move from under the pointer.
    const watch = new AbortController()
    const { signal } = watch
    let [held, left] = [false, false]
    const go = () => setTimeout(() => signal.aborted || onDone())
    document.addEventListener('pointerdown', () => (held = true), { capture: true, signal })
    for (const end of ['pointerup', 'pointercancel'])
      document.addEventListener(
        end,
        () => {
          held = false
          if (left) go()
        },
        { capture: true, signal },
      )
    document.addEventListener(
      'focusout',
      () => {
        left = true
        if (!held) go()
      },
      { signal },
    )
    return () => watch.abort()
  }, [writing, sessionId, onDone])

  useEffect(() => {
    const first = group.fields[0]
    if (writing || first === undefined) return
    return first.editor.registerCommand(
      KEY_ARROW_UP_COMMAND,
      (event) => {
        if (!first.empty || event.shiftKey || event.ctrlKey || event.metaKey) return false
        event.preventDefault()
        row.current?.querySelector('button')?.focus()
        return true
      },
      COMMAND_PRIORITY_HIGH,
    )
  }, [group, writing])

  const choose = (what: 'progress' | 'private' | 'both') => {
    answered.add(sessionId)
    onDone()
    // After this has left the screen, so that the pen lands where the words will be.
    queueMicrotask(() => {
      if (what !== 'private') group.focus()
      if (what === 'progress') return
      void pane.current?.open(what === 'private').then((lane) => {
        // The room stayed locked: the pen is not left lying about.
        if (lane === null) group.focus()
      })
    })
  }
  return (
    <div
      ref={row}
      className={cx(css.question, writing && css.answered)}
      onKeyDownCapture={(event) => {
        const { key } = event
        // Typing is an answer as well: the letter goes where it was meant to go.
        const letter = key.length === 1 && key !== ' ' && !event.ctrlKey && !event.metaKey
        if (letter) group.fields[0]?.editor.getRootElement()?.focus()
        else if (key === 'Escape') group.focus()
        else if (key === 'ArrowDown' || key === 'ArrowUp') {
          event.preventDefault()
          const buttons = [...(row.current?.querySelectorAll('button') ?? [])]
          const at = buttons.findIndex((button) => button === document.activeElement)
          const next = buttons[at + (key === 'ArrowDown' ? 1 : -1)]
          if (next !== undefined) next.focus()
          else if (key === 'ArrowDown') group.focus()
        }
      }}
    >
      <p className={css.asks}>
        What are you writing? <span className={css.or}>Choose with ↑ and Enter, or just begin below.</span>
      </p>
      <Toolbar aria-label="What are you writing?" className={css.choices ?? ''}>
        <Button className={css.choice ?? ''} onPress={() => choose('progress')}>
          <span className={css.name}>
            <FileText aria-hidden /> Progress note
          </span>
          <span className={css.means}>
            {setting === 'school'
              ? 'An education record; parents may ask to see it. Times, services, results, plan, progress.'
              : 'Part of the record; may be requested. Times, treatment, tests, diagnosis, plan, progress.'}
          </span>
        </Button>
        <Button className={cx(css.choice, css.private)} onPress={() => choose('private')}>
          <span className={css.name}>
            <Lock aria-hidden /> Private note
          </span>
          <span className={css.means}>
            {setting === 'school'
              ? 'Your own memory; kept apart. Hunches, reactions, questions.'
              : 'Your own thinking; kept apart. Hypotheses, reactions, questions.'}
          </span>
        </Button>
        <Button className={css.choice ?? ''} onPress={() => choose('both')}>
          <span className={css.name}>
            <Columns2 aria-hidden /> Both, side by side
          </span>
          <span className={css.means}>What happened here, what you make of it there.</span>
        </Button>
      </Toolbar>
    </div>
  )
}
