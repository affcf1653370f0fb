import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { Input } from '../../../shared/contract/index.ts'
import type { PaperSize } from '../../../shared/contract/paper.ts'
import { read } from '../../api/cache.ts'
import { api } from '../../api/client.ts'
import { sentenceFor } from '../../api/sentences.ts'
import { Checkbox, Choices } from '../../ui/Choices.tsx'
import { Dialog, DialogForm } from '../../ui/Dialog.tsx'
import { announce } from '../../ui/Status.tsx'
import { extentSentence } from './words.ts'
import css from './Activity.module.css'

export interface PrintDialogProps {
  /** As the page shows them. */
  filter: Input<'paper', 'activityExtent'>
  onClose: () => void
}

/** The list on paper, as it is filtered. Names are left out unless wanted: a log is often printed for somebody else. */
export function PrintDialog({ filter, onClose }: PrintDialogProps) {
  const [chosenSize, setChosenSize] = useState<PaperSize | null>(null)
  const [names, setNames] = useState(false)
  const [trouble, setTrouble] = useState<string>()
  const [busy, setBusy] = useState(false)
  const { data, error } = useQuery({ ...read('paper', 'activityExtent', filter), staleTime: 0, gcTime: 0 })

  const go = async () => {
    if (data === undefined) return
    if (data.entries === 0) return setTrouble('There is nothing to print; please choose another kind or day.')
    setTrouble(undefined)
    setBusy(true)
    try {
      const order = { ...filter, size: chosenSize ?? data.size, names }
      if ((await api.paper.printActivity(order)).printed) {
        announce({ text: 'Sent to the printer.' })
        return onClose()
      }
    } catch (refused) {
      setTrouble(sentenceFor(refused))
    }
    setBusy(false)
  }

  return (
    <Dialog
      title="Activity on paper"
      lead="Times and actions, with what the check of the whole log says. No word of a note is in it."
      isOpen
      onClose={onClose}
    >
      <DialogForm action="Print…" busy={busy} trouble={trouble} onSubmit={() => void go()} onCancel={onClose}>
        <div role="status" aria-label="What is in it" className={css.extent}>
          {error !== null ? (
            <p>{sentenceFor(error)}</p>
          ) : (
            data !== undefined && <p className={css.notable}>{extentSentence(data)}</p>
          )}
        </div>
        <Choices
          label="Paper"
          value={chosenSize ?? data?.size ?? null}
          choices={[
            { key: 'letter', label: 'US Letter' },
            { key: 'a4', label: 'A4' },
          ]}
          onChange={setChosenSize}
        />
        <Checkbox checked={names} onChange={setNames}>
          With clients’ names; without, each is a code
        </Checkbox>
      </DialogForm>
    </Dialog>
  )
}
