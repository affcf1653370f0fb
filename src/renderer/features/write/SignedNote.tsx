import { FileDown, FilePlus2, Printer } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import type { NoteView } from '../../../shared/contract/notes.ts'
import { keysOf, labelIn, type Section } from '../../../shared/document/document.ts'
import { api } from '../../api/client.ts'
import { dayText, timeText } from '../../api/clock.ts'
import { useAppContext } from '../../api/context.ts'
import { heldAddenda, useHeld } from '../../api/heldBack.ts'
import { usePainted } from '../../api/painted.ts'
import { sentences } from '../../api/sentences.ts'
import { SectionText } from '../../editor/SectionText.tsx'
import { emptySection, readSection } from '../../editor/sectionBlocks.ts'
import { Button } from '../../ui/Button.tsx'
import { cx } from '../../ui/cx.ts'
import { loopEnds } from '../../ui/loopWords.ts'
import { announce } from '../../ui/Status.tsx'
import { trendWords } from '../../ui/Trend.tsx'
import { PaperDialog } from '../paper/PaperDialog.tsx'
import { PrivatePane, type PrivatePaneHandle } from '../private/index.ts'
import { AddendumDialog } from './AddendumDialog.tsx'
import { ReadDetails } from './details/ReadDetails.tsx'
import { NoteHeader } from './NoteHeader.tsx'
import { SealingBar } from './SealingBar.tsx'
import { useWriteKeys } from './writeKeys.ts'
import css from './Write.module.css'
import side from './Side.module.css'

export interface SignedNoteProps {
  note: NoteView
  refresh: () => Promise<void>
}

/** A signed note, to be read: the same sheet without a pen. For ten seconds the signature can be undone. */
export function SignedNote({ note, refresh }: SignedNoteProps) {
  const context = useAppContext()
  const begun = useHeld(heldAddenda, note.id)
  const [adding, setAdding] = useState(false)
  const [paper, setPaper] = useState<'pdf' | 'print' | null>(null)
  const [focusMode, setFocusMode] = useState(false)
  const privatePane = useRef<PrivatePaneHandle>(null)
  const sheet = useRef<HTMLElement>(null)
  usePainted('write', note.id)

  useEffect(() => {
    // Signed: the focus was in the sheet that has gone. The sealing bar takes it for its ten seconds.
    if (note.state === 'sealed' && document.activeElement === document.body) sheet.current?.focus()
  }, [note.state])

  useWriteKeys(
    {
      save: () => announce({ text: 'Everything here is saved.' }),
      swap: () => {
        if (privatePane.current?.hasFocus() === true) sheet.current?.focus()
        else privatePane.current?.focus()
      },
      step: () => undefined,
      sign: () => undefined,
      print: () => {
        if (note.state === 'sealed') setPaper('print')
        else announce({ text: sentences.ONLY_SIGNED })
      },
      focusMode: () => setFocusMode(!focusMode),
      format: () => false,
    },
    context.platform === 'mac',
  )

  return (
    <div className={cx(css.screen, focusMode && css.focusMode)}>
      <NoteHeader note={note} />
      {note.state === 'sealing' && <SealingBar note={note} refresh={refresh} />}
      <div className={css.desk} data-veil>
        <section aria-label="Progress note" className={css.note} ref={sheet} tabIndex={0}>
          <div className={css.sheet}>
            <div className={css.sheetHead}>
              <h2 className={css.sheetTitle}>Progress note</h2>
            </div>
            {keysOf(note).map((key) => (
              <ReadSection
                key={key}
                label={labelIn(note.format, key)}
                section={note.sections.find((s) => s.key === key) ?? emptySection(key)}
              />
            ))}
            <ReadDetails details={note.details} asked={note.format.parts} />
            {note.seal !== null && <SealLine note={note} />}
            <Addenda note={note} />
            {note.state === 'sealed' && (
              <div className={css.amend}>
                <Button icon={<FilePlus2 aria-hidden />} onPress={() => setAdding(true)}>
                  {begun ? 'Go on with the addendum' : 'Add addendum'}
                </Button>
                {begun && <p>It is begun and not added yet.</p>}
                <Button variant="quiet" icon={<Printer aria-hidden />} onPress={() => setPaper('print')}>
                  Print
                </Button>
                <Button variant="quiet" icon={<FileDown aria-hidden />} onPress={() => setPaper('pdf')}>
                  Save as PDF…
                </Button>
              </div>
            )}
          </div>
        </section>
        <div className={css.side}>
          <PrivatePane ref={privatePane} sessionId={note.session.id} clientId={note.session.clientId} />
          <Around note={note} />
        </div>
      </div>
      {paper !== null && (
        <PaperDialog of={{ kind: 'note', noteId: note.id }} firstWay={paper} onClose={() => setPaper(null)} />
      )}
      {adding && (
        <AddendumDialog
          noteId={note.id}
          onClose={() => setAdding(false)}
          onAdd={async (text) => {
            await api.notes.addAddendum({ noteId: note.id, text })
            void refresh()
          }}
        />
      )}
    </div>
  )
}

function ReadSection({ label, section }: { label: string; section: Section }) {
  const damaged = readSection(section).damaged
  return (
    <div className={css.read}>
      <h3 className={css.readLabel}>{label}</h3>
      {section.text.trim() === '' ? (
        <p className={css.nothing}>Nothing written</p>
      ) : (
        <SectionText section={section} />
      )}
      {damaged && (
        <p className={css.damaged}>
          How this section was formatted could not be read, so it is shown as plain text. Every word is here.
        </p>
      )}
    </div>
  )
}

/** Trust is shown, not claimed: when, which link of the client's chain, and how its seal begins. */
function SealLine({ note }: { note: NoteView }) {
  if (note.seal === null) return null
  const { sealedAt, sequence, hash } = note.seal
  return (
    <p className={css.seal}>
      Signed{note.author === '' ? '' : ` by ${note.author} ·`} {dayText(sealedAt)}, {timeText(sealedAt)} ·
      seal {sequence} ·{' '}
      <span title={hash} className={css.hash}>
        {hash.slice(0, 8)}…
      </span>
      {note.late && note.actualEnd !== null && (
        <>
          {' '}
          · Late entry: the session ended {dayText(note.actualEnd)}, {timeText(note.actualEnd)}
        </>
      )}
    </p>
  )
}

function Addenda({ note }: { note: NoteView }) {
  if (note.addenda.length === 0) return null
  return (
    <ol className={css.addenda} aria-label="Addenda">
      {note.addenda.map((addendum) => (
        <li key={addendum.id} className={css.addendum}>
          <p className={css.addendumHead}>
            Addendum · {dayText(addendum.createdAt)}, {timeText(addendum.createdAt)}
            {addendum.author === '' ? '' : ` · ${addendum.author}`}
          </p>
          <SectionText section={{ key: 'addendum', text: addendum.text, lexical: null }} />
        </li>
      ))}
    </ol>
  )
}

/** What goes with the words: the times that were confirmed, the line, what was set down, the goals. */
function Around({ note }: { note: NoteView }) {
  const goalText = new Map(note.goals.map((goal) => [goal.id, goal.text]))
  const setDown = [
    { kind: 'homework', label: 'Homework' },
    { kind: 'plan', label: 'Plan for next time' },
    { kind: 'self', label: 'Note to self' },
  ]
    .map(({ kind, label }) => ({ label, loops: note.setDown.filter((l) => l.kind === kind) }))
    .filter(({ loops }) => loops.length > 0)
  return (
    <section aria-label="With this note" className={side.card}>
      <h2 className={side.title}>With this note</h2>
      <dl className={side.facts}>
        <dt>Summary line</dt>
        <dd dir="auto">{note.summary}</dd>
        {note.actualStart !== null && note.actualEnd !== null && (
          <>
            <dt>Session</dt>
            <dd>
              {dayText(note.actualStart)}, {timeText(note.actualStart)} – {timeText(note.actualEnd)}
            </dd>
          </>
        )}
        {setDown.map(({ label, loops }) => (
          <div key={label} className={side.fact}>
            <dt>{label}</dt>
            {loops.map((loop) => (
              <dd key={loop.id} dir="auto">
                {loop.text}
                {loop.closedHow !== null && (
                  <span className={side.how}>
                    {' '}
                    {loopEnds[loop.closedHow]}
                    {loop.outcome === '' ? '' : `: ${loop.outcome}`}
                  </span>
                )}
              </dd>
            ))}
          </div>
        ))}
        {note.goalLinks.length > 0 && (
          <>
            <dt>Goals</dt>
            {note.goalLinks.map(({ goalId, trend }) => (
              <dd key={goalId} dir="auto">
                {goalText.get(goalId) ?? ''} <span className={side.how}>{trendWords[trend]}</span>
              </dd>
            ))}
          </>
        )}
      </dl>
    </section>
  )
}
