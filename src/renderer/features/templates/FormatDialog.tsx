import { Plus } from 'lucide-react'
import { useState } from 'react'
import { type DetailPartName, detailParts, partLabels } from '../../../shared/document/detailLines.ts'
import { api } from '../../api/client.ts'
import { sentenceFor } from '../../api/sentences.ts'
import { Button } from '../../ui/Button.tsx'
import { Checkbox } from '../../ui/Choices.tsx'
import { Dialog, DialogForm } from '../../ui/Dialog.tsx'
import { TextField } from '../../ui/TextField.tsx'
import { check, type FormatDraft, newGroup, newSection } from './formatDraft.ts'
import { GroupRows, SectionRows, type Wrong } from './FormatRows.tsx'
import css from './Templates.module.css'

export interface FormatDialogProps {
  title: string
  /** The format that is changed; null for a new one. */
  formatKey: string | null
  start: FormatDraft
  /** What other formats are called. */
  names: readonly string[]
  onClose: (saved: string | null) => void
}

const PARTS = detailParts.filter((part) => part !== 'boxes')

/** A format being made or changed. Mounted afresh each time it opens. */
export function FormatDialog({ title, formatKey, start, names, onClose }: FormatDialogProps) {
  const [draft, setDraft] = useState(start)
  const [wrong, setWrong] = useState<Wrong>()
  const [trouble, setTrouble] = useState<string>()
  const [busy, setBusy] = useState(false)
  const set = (change: Partial<FormatDraft>) => {
    setWrong(undefined)
    setDraft({ ...draft, ...change })
  }
  const setPart = (part: DetailPartName, asked: boolean) =>
    set({ parts: PARTS.filter((one) => (one === part ? asked : draft.parts.includes(one))) })

  const save = async () => {
    setTrouble(undefined)
    const checked = check(draft, names)
    if (!checked.ok) return setWrong(checked)
    setBusy(true)
    try {
      await api.formats.save({ id: formatKey, format: checked.format })
      onClose(checked.format.name)
    } catch (error) {
      setTrouble(sentenceFor(error))
      setBusy(false)
    }
  }

  return (
    <Dialog title={title} isOpen onClose={() => onClose(null)} wide holdsWords={draft !== start}>
      <DialogForm
        action="Keep this format"
        busy={busy}
        trouble={
          trouble ?? (wrong?.field === 'sections' || wrong?.field === 'groups' ? wrong.sentence : undefined)
        }
        onSubmit={() => void save()}
        onCancel={() => onClose(null)}
      >
        <TextField
          label="Name"
          value={draft.name}
          onChange={(name) => set({ name })}
          error={wrong?.field === 'name' ? wrong.sentence : undefined}
          autoFocus
        />
        <section aria-label="Headings" className={css.block}>
          <h3>Headings</h3>
          <p className={css.muted}>
            In the order in which they are written. The prompt is shown while nothing is written under it.
          </p>
          <SectionRows rows={draft.sections} onRows={(sections) => set({ sections })} wrong={wrong} />
          <div className={css.buttons}>
            <Button
              compact
              icon={<Plus aria-hidden />}
              onPress={() => set({ sections: [...draft.sections, newSection()] })}
            >
              Add a heading
            </Button>
          </div>
        </section>
        <section aria-label="Boxes" className={css.block}>
          <h3>Boxes to tick</h3>
          <GroupRows rows={draft.groups} onRows={(groups) => set({ groups })} wrong={wrong} />
          <div className={css.buttons}>
            <Button
              compact
              icon={<Plus aria-hidden />}
              onPress={() => set({ groups: [...draft.groups, newGroup()] })}
            >
              Add boxes
            </Button>
          </div>
        </section>
        <section aria-label="Details it asks for" className={css.block}>
          <h3>Details it asks for</h3>
          <p className={css.muted}>One that is left blank is signed as “Not assessed”.</p>
          <div className={css.parts}>
            {PARTS.map((part) => (
              <Checkbox
                key={part}
                checked={draft.parts.includes(part)}
                onChange={(asked) => setPart(part, asked)}
              >
                {partLabels[part]}
              </Checkbox>
            ))}
          </div>
        </section>
      </DialogForm>
    </Dialog>
  )
}
