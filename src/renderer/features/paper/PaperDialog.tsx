import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { PaperManifest, PaperSize, PaperSubject } from '../../../shared/contract/paper.ts'
import { read } from '../../api/cache.ts'
import { api } from '../../api/client.ts'
import { now } from '../../api/clock.ts'
import { usePersonWord } from '../../api/context.ts'
import { sentenceFor } from '../../api/sentences.ts'
import { Checkbox, Choices } from '../../ui/Choices.tsx'
import { DatePicker } from '../../ui/DateFields.tsx'
import { Dialog, DialogForm } from '../../ui/Dialog.tsx'
import { announce } from '../../ui/Status.tsx'
import {
  changedSentence,
  contentsSentence,
  draftsSentence,
  recentDays,
  unnamedSentence,
} from './paperWords.ts'
import css from './Paper.module.css'

type Way = 'pdf' | 'print'

export interface PaperDialogProps {
  /** A signed note, or a client whose signed notes between two days are meant. */
  of: { kind: 'note'; noteId: string } | { kind: 'client'; clientId: string }
  firstWay: Way
  onClose: () => void
}

/** What is in it is said before anything leaves; where a file goes is asked by the system's own dialog. */
export function PaperDialog({ of, firstWay, onClose }: PaperDialogProps) {
  const person = usePersonWord()
  const [way, setWay] = useState<Way>(firstWay)
  const [days, setDays] = useState<{ from: string | null; to: string | null }>(() => recentDays(now()))
  const [chosenSize, setChosenSize] = useState<PaperSize | null>(null)
  const [setDown, setSetDown] = useState(false)
  const [nameInFile, setNameInFile] = useState(false)
  const [trouble, setTrouble] = useState<string>()
  const [busy, setBusy] = useState(false)

  const wrong = of.kind === 'note' ? {} : wrongDays(days)
  const subject = subjectOf(of, days)
  const asked = subject ?? { kind: 'client' as const, clientId: '', from: '', to: '' }
  const { data, error } = useQuery({
    ...read('paper', 'manifest', { subject: asked }),
    enabled: subject !== null,
    // Notes are signed and amended meanwhile: what is said here is what holds now.
    staleTime: 0,
    gcTime: 0,
  })

  const go = async () => {
    if (subject === null || data === undefined) return
    if (data.notes === 0) return setTrouble('There is nothing to put on paper yet; please choose other days.')
    setTrouble(undefined)
    setBusy(true)
    const order = { subject, size: chosenSize ?? data.size, setDown: setDown && data.setDown > 0 }
    try {
      const left =
        way === 'pdf'
          ? (await api.paper.save({ ...order, nameInFile })).saved
          : (await api.paper.print(order)).printed
      if (left) {
        announce({ text: way === 'pdf' ? 'The PDF is saved where you chose.' : 'Sent to the printer.' })
        return onClose()
      }
    } catch (refused) {
      setTrouble(sentenceFor(refused))
    }
    setBusy(false)
  }

  return (
    <Dialog
      title={of.kind === 'note' ? 'This note on paper' : 'Notes on paper'}
      lead="Whoever has the paper or the file can read it: outside Bracket nothing is encrypted."
      isOpen
      onClose={onClose}
    >
      <DialogForm
        action={way === 'pdf' ? 'Save as PDF…' : 'Print…'}
        busy={busy}
        trouble={trouble}
        onSubmit={() => void go()}
        onCancel={onClose}
      >
        {of.kind === 'client' && (
          <div className={css.days}>
            <DatePicker
              label="From"
              value={days.from}
              onChange={(from) => setDays({ ...days, from })}
              error={wrong.from}
            />
            <DatePicker
              label="To"
              value={days.to}
              onChange={(to) => setDays({ ...days, to })}
              error={wrong.to}
            />
          </div>
        )}
        <div role="status" aria-label="What is in it" className={css.contents}>
          {error !== null && subject !== null ? (
            <p>{sentenceFor(error)}</p>
          ) : (
            data !== undefined && subject !== null && <Contents manifest={data} />
          )}
        </div>
        <div className={css.days}>
          <Choices
            label="As"
            value={way}
            choices={[
              { key: 'pdf', label: 'PDF file' },
              { key: 'print', label: 'Print' },
            ]}
            onChange={setWay}
          />
          <Choices
            label="Paper"
            value={chosenSize ?? data?.size ?? null}
            choices={[
              { key: 'letter', label: 'US Letter' },
              { key: 'a4', label: 'A4' },
            ]}
            onChange={setChosenSize}
          />
        </div>
        <div className={css.choices}>
          {data !== undefined && data.setDown > 0 && (
            <Checkbox checked={setDown} onChange={setSetDown}>
              With what was set down beside the text: homework, plans, notes to self, goals
            </Checkbox>
          )}
          {way === 'pdf' && (
            <Checkbox checked={nameInFile} onChange={setNameInFile}>
              Put the {person}’s name into the file’s name; anyone who sees the folder, or a list of recent
              files, can read it
            </Checkbox>
          )}
        </div>
      </DialogForm>
    </Dialog>
  )
}

function Contents({ manifest }: { manifest: PaperManifest }) {
  return (
    <>
      <p className={css.sentence}>{contentsSentence(manifest)}</p>
      {manifest.drafts > 0 && <p>{draftsSentence(manifest.drafts)}</p>}
      {manifest.unnamed > 0 && <p>{unnamedSentence(manifest.unnamed, manifest.notes)}</p>}
      {manifest.changed > 0 && <p className={css.changed}>{changedSentence(manifest.changed)}</p>}
    </>
  )
}

function wrongDays({ from, to }: { from: string | null; to: string | null }): { from?: string; to?: string } {
  return {
    ...(from === null ? { from: 'Please give the whole date.' } : {}),
    ...(to === null
      ? { to: 'Please give the whole date.' }
      : from !== null && to < from
        ? { to: 'This is before the first day.' }
        : {}),
  }
}

function subjectOf(
  of: PaperDialogProps['of'],
  { from, to }: { from: string | null; to: string | null },
): PaperSubject | null {
  if (of.kind === 'note') return of
  return from === null || to === null || to < from ? null : { ...of, from, to }
}
