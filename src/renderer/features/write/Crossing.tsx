import { ArrowRightToLine } from 'lucide-react'
import {
  useEffect,
  useImperativeHandle,
  useRef,
  useState,
  type FormEvent,
  type Ref,
  type RefObject,
} from 'react'
import { PRIVATE_SECTION } from '../../../shared/document/privateDocument.ts'
import { useAppContext } from '../../api/context.ts'
import { SectionText } from '../../editor/SectionText.tsx'
import { sectionOf } from '../../editor/sectionBlocks.ts'
import { standsIn, takeOut, type WordsAt, wordsAt } from '../../editor/wordsAt.ts'
import type { WritingGroup } from '../../editor/WritingGroup.ts'
import { Button, IconButton } from '../../ui/Button.tsx'
import { Choices } from '../../ui/Choices.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import dialog from '../../ui/Dialog.module.css'
import {
  type CrossingDirection,
  type Lane,
  type PrivatePaneHandle,
  rememberCrossing,
  useRoom,
} from '../private/index.ts'
import { carryAcross, type Crossed } from './crossing.ts'
import css from './Crossing.module.css'

export interface CrossingHandle {
  /** Opens the sheet for what is selected, or the line with the caret; says so when there is nothing. */
  readonly start: (direction: CrossingDirection) => void
}

export interface CrossingProps {
  ref: Ref<CrossingHandle>
  sessionId: string
  clientId: string
  /** The progress note's pen. */
  group: WritingGroup
  flush: () => Promise<boolean>
  sections: readonly { readonly key: string; readonly label: string }[]
  pane: RefObject<PrivatePaneHandle | null>
}

interface Sheet {
  /** Of the crossing: trying again is the same one. */
  readonly id: string
  readonly direction: CrossingDirection
  readonly words: WordsAt
  /** Set for words that leave the private note: there is nothing to open. */
  readonly lane: Lane | null
}

const SAID_MS = 10_000
const NOTHING = 'Select the words that should go over, or put the caret in their line.'
const LOCKED =
  'The private room locked meanwhile. Nothing was lost: what had not gone over stands where it was.'

/** Words cross the wall only by their author's act, and are read before they do. */
export function Crossing({ ref, sessionId, clientId, group, flush, sections, pane }: CrossingProps) {
  const { privateLane } = useAppContext().preferences
  const room = useRoom()
  const [sheet, setSheet] = useState<Sheet | null>(null)
  const [said, setSaid] = useState('')

  useImperativeHandle(ref, () => ({
    start: (direction) => {
      if (!privateLane || sheet !== null) return
      setSaid('')
      const begin = (lane: Lane | null) => {
        const field = (lane?.group ?? group).active
        const words = field === undefined ? null : wordsAt(field)
        if (words === null) setSaid(NOTHING)
        else setSheet({ id: crypto.randomUUID(), direction, words, lane })
      }
      if (direction === 'to-private') begin(null)
      // Its pen is on the screen, or there would be nothing to choose from.
      else void pane.current?.open(false).then((lane) => (lane === null ? undefined : begin(lane)))
    },
  }))

  // Private words leave the screen with the room, wherever they stand.
  const closed = sheet?.direction === 'to-progress' && room === 'locked'
  useEffect(() => {
    if (!closed) return
    setSheet(null)
    setSaid(LOCKED)
  }, [closed])

  useEffect(() => {
    if (said === '') return
    // Read by then; it goes when the pen is lifted, so that no line moves under it.
    const lifted = () => setSaid('')
    const timer = setTimeout(() => document.addEventListener('focusout', lifted), SAID_MS)
    return () => {
      clearTimeout(timer)
      document.removeEventListener('focusout', lifted)
    }
  }, [said])

  if (!privateLane) return null
  return (
    <>
      <p role="status" aria-label="Moved words" className={css.said}>
        {said}
      </p>
      {sheet !== null && !closed && (
        <CrossingSheet
          sheet={sheet}
          sections={sections}
          carry={(how, key) =>
            carry({ how, key, sheet, sessionId, clientId, record: { group, flush }, pane: pane.current })
          }
          onDone={(sentence) => {
            setSheet(null)
            setSaid(sentence)
          }}
          onClose={() => setSheet(null)}
        />
      )}
    </>
  )
}

/** Beside the format bar: the same as the key. */
export function MoveToPrivate({ onPress }: { onPress: () => void }) {
  const { privateLane } = useAppContext().preferences
  if (!privateLane) return null
  return (
    <IconButton
      compact
      label="Move to private note"
      aria-keyshortcuts="Control+Shift+J"
      icon={<ArrowRightToLine aria-hidden />}
      onPress={onPress}
    />
  )
}

type How = 'move' | 'copy'
type Carried = Crossed | 'locked' | 'no-room'

interface Carrying {
  how: How
  /** Into which section of the progress note; ignored the other way. */
  key: string
  sheet: Sheet
  sessionId: string
  clientId: string
  record: Lane
  pane: PrivatePaneHandle | null
}

async function carry({ how, key, sheet, sessionId, clientId, record, pane }: Carrying): Promise<Carried> {
  const { id, direction, words } = sheet
  const apart = sheet.lane ?? (await pane?.open(false)) ?? null
  if (apart === null) return 'locked'
  const [from, to] = direction === 'to-progress' ? [apart, record] : [record, apart]
  const field = to.group.field(direction === 'to-progress' ? key : PRIVATE_SECTION)
  if (field === undefined) return 'not-saved'
  const there = standsIn(field, words.text)
  if (!there && !field.holds(words.text.length)) return 'no-room'
  return carryAcross(how, {
    place: () => {
      if (!there) field.append(words.blocks)
    },
    saveThere: () => to.flush(),
    remember: () => rememberCrossing({ id, sessionId, clientId, direction, text: words.text }),
    // The pen that wrote them may have been put down in the meantime: what is on the screen now is not touched blindly.
    takeOut: () => from.group.field(words.field.key) === words.field && takeOut(words),
    saveHere: () => from.flush(),
  })
}

const where: Readonly<Record<CrossingDirection, string>> = {
  'to-private': 'the private note',
  'to-progress': 'the progress note',
}

function sentenceOf(done: 'moved' | 'copied' | 'changed' | 'not-remembered', to: CrossingDirection): string {
  switch (done) {
    case 'moved':
      return `Moved to ${where[to]}. Undo takes back each half in its own note; no undo reaches from one into the other.`
    case 'copied':
      return `Copied to ${where[to]}; the words stand in both.`
    case 'changed':
      return `The words here were changed meanwhile, so they stay. What you read was copied to ${where[to]}.`
    case 'not-remembered':
      return 'The private room closed before the words could be taken out. Nothing was lost: they stand in both notes.'
  }
}

interface CrossingSheetProps {
  sheet: Sheet
  sections: CrossingProps['sections']
  carry: (how: How, key: string) => Promise<Carried>
  onDone: (sentence: string) => void
  onClose: () => void
}

function CrossingSheet({ sheet, sections, carry: carryWords, onDone, onClose }: CrossingSheetProps) {
  const { direction, words } = sheet
  const toProgress = direction === 'to-progress'
  const { platform } = useAppContext()
  const [key, setKey] = useState<string | null>(null)
  const [trouble, setTrouble] = useState('')
  const busy = useRef(false)

  const act = async (how: How) => {
    if (busy.current) return
    if (toProgress && key === null) {
      setTrouble('Please choose the section it goes to.')
      return
    }
    busy.current = true
    setTrouble('')
    const done = await carryWords(how, key ?? '')
    busy.current = false
    if (done === 'locked') setTrouble('The private room stayed locked. Nothing went over.')
    else if (done === 'no-room') setTrouble('That section cannot hold so much more. Nothing went over.')
    else if (done === 'not-saved')
      setTrouble(
        'It could not be saved there yet, so nothing was taken out here. Bracket keeps trying; you can try again too.',
      )
    else onDone(sentenceOf(done, direction))
  }
  const buttons = [
    <Button key="move" type="submit" variant="primary">
      Move
    </Button>,
    <Button key="copy" onPress={() => void act('copy')}>
      Copy
    </Button>,
    <Button key="cancel" onPress={onClose}>
      Cancel
    </Button>,
  ]
  return (
    <Dialog
      title={toProgress ? 'Move to the progress note' : 'Move to the private note'}
      lead={
        toProgress
          ? 'This becomes part of the record and can be requested.'
          : 'It is kept apart from the record then. A court may still order it.'
      }
      isOpen
      onClose={onClose}
    >
      <form
        className={css.sheet}
        noValidate
        onSubmit={(event: FormEvent) => {
          event.preventDefault()
          event.stopPropagation()
          void act('move')
        }}
      >
        <div className={dialog.body}>
          <div className={css.words} role="group" aria-label="What goes over" tabIndex={0}>
            <SectionText section={sectionOf(words.field.key, words.blocks)} />
          </div>
          {toProgress ? (
            <Choices
              label="To which section"
              value={key}
              choices={sections}
              onChange={(next) => {
                setKey(next)
                setTrouble('')
              }}
            />
          ) : (
            <p className={css.note}>
              To the end of the private note. “Move” takes it out of the progress note; “Copy” leaves it
              there.
            </p>
          )}
        </div>
        <div className={dialog.foot}>
          <span role="alert" className={css.trouble}>
            {trouble}
          </span>
          {platform === 'mac' ? buttons.toReversed() : buttons}
        </div>
      </form>
    </Dialog>
  )
}
