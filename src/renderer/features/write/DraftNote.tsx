import { Fragment, useEffect, useRef, useState, type RefObject } from 'react'
import type { NoteView } from '../../../shared/contract/notes.ts'
import { isBlank, isUntouched, keysOf, labelIn } from '../../../shared/document/document.ts'
import { restoredText } from '../../api/clock.ts'
import { useAppContext } from '../../api/context.ts'
import type { HeldWords } from '../../api/heldBack.ts'
import { usePainted } from '../../api/painted.ts'
import type { Caret } from '../../api/place.ts'
import { sentences } from '../../api/sentences.ts'
import { FormatBar, formatKey, sendKey } from '../../editor/FormatBar.tsx'
import { savedText, SaveStatus, useConflict } from '../../editor/SaveStatus.tsx'
import { AboutSession } from '../../editor/snippets/AboutSession.tsx'
import { SectionEditor } from '../../editor/SectionEditor.tsx'
import { emptySection } from '../../editor/sectionBlocks.ts'
import { Button } from '../../ui/Button.tsx'
import { cx } from '../../ui/cx.ts'
import { Banner } from '../../ui/Parts.tsx'
import { announce } from '../../ui/Status.tsx'
import type { PrivatePaneHandle } from '../private/index.ts'
import { holdsBoxes } from './details/Boxes.tsx'
import { DetailsBlock } from './details/DetailsBlock.tsx'
import { type SavedWords, savedWords } from './allSaved.ts'
import { BeginWith } from './BeginWith.tsx'
import { Beside } from './Beside.tsx'
import { BuildSummary, SUMMARY } from './BuildSummary.tsx'
import { CarryButton, carryForward, PenLine, useCarrying } from './CarryForward.tsx'
import { ChangedLine, ChangeFormat } from './ChangeFormat.tsx'
import { Crossing, type CrossingHandle, MoveToPrivate } from './Crossing.tsx'
import { DraftConflict } from './DraftConflict.tsx'
import { Example } from './Example.tsx'
import { FindBar, type FindBarHandle } from './FindBar.tsx'
import { tellCaret, useFirstCaret } from './firstCaret.ts'
import { useFormatChange } from './formatChange.ts'
import { FormatMenu } from './FormatMenu.tsx'
import { Fragment as FragmentLine } from './Fragment.tsx'
import { useKnownFormat } from './knownFormat.ts'
import { NoteHeader } from './NoteHeader.tsx'
import { SignSheet } from './SignSheet.tsx'
import { type DraftStart, useDraft } from './useDraft.ts'
import { useWriteKeys } from './writeKeys.ts'
import css from './Write.module.css'

export interface DraftNoteProps {
  note: NoteView
  /** Words that could not be saved before; the pen goes on from them. */
  held: HeldWords | undefined
  /** Where the caret was when everything locked. */
  caret: Caret | null
  refresh: () => Promise<void>
  unsaved: RefObject<() => boolean>
}

const BOXES_ALONE = 'Boxes alone do not say what happened. Add at least one thing from this session.'

/** A draft and everything beside it. The words live in the editors; `note` only says what stands around them. */
export function DraftNote(props: DraftNoteProps) {
  const [start, setStart] = useState<DraftStart>({
    format: props.held?.beside?.format ?? props.note.format,
    sections: props.held?.sections ?? props.note.sections,
    details: props.held?.beside?.details ?? props.note.details,
    revision: props.held?.revision ?? props.note.revision,
    changed: props.held !== undefined,
    turn: 1,
  })
  return (
    <AboutSession session={props.note.session}>
      <Desk
        {...props}
        caret={start.turn === 1 ? props.caret : null}
        start={start}
        onStart={(next) => setStart({ ...next, turn: start.turn + 1 })}
      />
    </AboutSession>
  )
}

interface DeskProps extends DraftNoteProps {
  start: DraftStart
  /** Begin anew from other words, with another pen: after a conflict a person has chosen, or in another format. */
  onStart: (start: Omit<DraftStart, 'turn'>) => void
}

function Desk({ note, caret, refresh, unsaved, start, onStart }: DeskProps) {
  const context = useAppContext()
  const { format } = start
  const keys = keysOf(start)
  const asks = useKnownFormat(format.key)
  const privatePane = useRef<PrivatePaneHandle>(null)
  const crossing = useRef<CrossingHandle>(null)
  const [signing, setSigning] = useState<SavedWords | null>(null)
  const [refused, setRefused] = useState('')
  const [focusMode, setFocusMode] = useState(false)
  const { sessionRestored, ...pen } = useDraft(note.id, keys, start, unsaved)
  const { group, details, autosave } = pen
  const atHand = useRef(autosave)
  useEffect(() => {
    atHand.current = autosave
  })
  const change = useFormatChange(pen, start, onStart, setRefused)
  const conflict = useConflict(autosave)
  const carrying = useCarrying(note.id, format)
  const carry = (key: string | undefined) => carryForward(group, format, carrying, key)
  const targets = keys.map((key) => ({ key, label: labelIn(format, key) }))
  const [finding, setFinding] = useState(false)
  const findBar = useRef<FindBarHandle>(null)
  usePainted('write', note.id)
  useFirstCaret(caret, keys, start, (key) => group.field(key))

  const sign = async () => {
    setRefused('')
    const written = await savedWords(pen)
    if (written === null) return
    if (isBlank(written.sections)) {
      setRefused(holdsBoxes(details.read()) ? BOXES_ALONE : sentences.EMPTY_NOTE)
      return
    }
    // What is still being set down in a field is committed when the field loses the focus to the sheet.
    if (document.activeElement instanceof HTMLElement) document.activeElement.blur()
    await refresh()
    // Somebody may have typed on, or chosen another format, until here: what is signed is what is shown, or nothing.
    const words = await savedWords(pen)
    if (words !== null && atHand.current === autosave) setSigning(words)
  }

  useWriteKeys(
    {
      save: () => void autosave.saveNow(),
      swap: () => {
        if (privatePane.current?.hasFocus() === true) group.focus()
        else {
          setFocusMode(false)
          privatePane.current?.focus()
        }
      },
      cross: () =>
        crossing.current?.start(privatePane.current?.hasFocus() === true ? 'to-progress' : 'to-private'),
      step: (by) => group.step(by),
      find: () => (finding ? findBar.current?.focus() : setFinding(true)),
      findStep: (by) => {
        findBar.current?.step(by)
        return finding
      },
      carry: () => {
        if (privatePane.current?.hasFocus() !== true) carry(group.active?.key ?? keys[0])
      },
      send: (event) => privatePane.current?.hasFocus() !== true && sendKey(event, group, targets),
      sign: () => void sign(),
      print: () => announce({ text: sentences.ONLY_SIGNED }),
      focusMode: () => {
        // What stands beside the sheet is about to go; the pen goes back to it.
        if (!focusMode) group.focus()
        setFocusMode(!focusMode)
      },
      format: (event) => privatePane.current?.hasFocus() !== true && formatKey(event, group),
    },
    context.platform === 'mac',
  )

  return (
    <div className={cx(css.screen, focusMode && css.focusMode)}>
      <NoteHeader note={note} />
      {sessionRestored && (
        <Banner>This session had been removed. It is back, because you wrote about it.</Banner>
      )}
      {conflict && <DraftConflict noteId={note.id} format={format} pen={pen} onStart={onStart} />}
      {finding && (
        <div className={css.find} data-veil>
          <FindBar
            key={start.turn}
            ref={findBar}
            group={group}
            onClose={() => {
              setFinding(false)
              group.focus()
            }}
          />
        </div>
      )}
      <div className={css.desk} data-veil>
        <section aria-label="Progress note" className={css.note}>
          <div className={css.sheet}>
            <div className={css.sheetHead}>
              <h2 className={css.sheetTitle}>Progress note</h2>
              <div className={css.sheetTools}>
                <FormatBar
                  group={group}
                  label="Progress note format"
                  likely={likelySpeakers(note, context.setting)}
                  targets={targets}
                />
                <MoveToPrivate onPress={() => crossing.current?.start('to-private')} />
              </div>
            </div>
            <Crossing
              ref={crossing}
              sessionId={note.session.id}
              clientId={note.session.clientId}
              group={group}
              flush={() => autosave.flush()}
              sections={targets}
              pane={privatePane}
            />
            <BeginWith
              sessionId={note.session.id}
              untouched={isUntouched(start)}
              group={group}
              autosave={autosave}
              pane={privatePane}
            />
            {format.key === SUMMARY && isBlank(start.sections) && (
              <BuildSummary clientId={note.session.clientId} onBuilt={change.fill} />
            )}
            {keys.map((key) => (
              <Fragment key={`${start.turn} ${key}`}>
                <SectionEditor
                  label={labelIn(format, key)}
                  prompt={asks?.sections.find((s) => s.key === key)?.prompt ?? ''}
                  section={start.sections.find((s) => s.key === key) ?? emptySection(key)}
                  group={group}
                  changed={autosave.changed}
                  caretMoved={tellCaret}
                  beside={
                    <>
                      <CarryButton
                        carrying={carrying}
                        section={key}
                        label={labelIn(format, key)}
                        onPress={() => carry(key)}
                      />
                      <Example section={key} label={labelIn(format, key)} />
                    </>
                  }
                />
                <FragmentLine
                  noteId={note.id}
                  sectionKey={key}
                  group={group}
                  boxes={(asks?.boxes.length ?? 0) > 0}
                />
              </Fragment>
            ))}
            <DetailsBlock key={start.turn} field={details} format={format} goals={note.goals} />
          </div>
        </section>
        <Beside note={note} caret={caret} refresh={refresh} pane={privatePane} crossing={crossing} />
      </div>
      <footer className={css.foot}>
        <SaveStatus autosave={autosave} label="Saved state" standing={standing(note, context.restored)} />
        <p role="alert" className={css.refused}>
          {refused}
        </p>
        <PenLine group={group} />
        <div className={css.format}>
          <ChangedLine said={change.said} undo={change.undo} />
          <FormatMenu current={format} onChoose={change.choose} />
        </div>
        <Button variant="primary" onPress={() => void sign()} aria-keyshortcuts="Control+Enter">
          Sign note
        </Button>
      </footer>
      {change.asking !== null && (
        <ChangeFormat
          asking={change.asking}
          from={format}
          onAnswer={change.answer}
          onCancel={change.cancel}
        />
      )}
      {signing !== null && (
        <SignSheet
          note={note}
          sections={signing.sections}
          revision={signing.revision}
          stands={() => !autosave.unsaved && autosave.revision === signing.revision}
          onClose={() => setSigning(null)}
          onSigned={() => {
            setSigning(null)
            void refresh()
          }}
        />
      )}
    </div>
  )
}

/** Whoever is quoted most: the client, by word and by name, and the people around. */
function likelySpeakers({ session }: NoteView, setting: 'practice' | 'school'): string[] {
  const [firstName = ''] = session.clientName.trim().split(/\s+/u)
  return [setting === 'school' ? 'Student' : 'Client', firstName, 'Mother', 'Father', 'Teacher'].filter(
    (name) => name !== '',
  )
}

function standing(note: NoteView, restored: { noteId: string; savedAt: number } | null): string {
  if (restored?.noteId === note.id) return restoredText(restored.savedAt)
  if (isBlank(note.sections)) return 'Nothing written yet'
  return savedText(note.updatedAt)
}
