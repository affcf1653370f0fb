import { Checkbox } from '../../ui/Choices.tsx'
import css from './Settings.module.css'

/** Keeping none is a choice as well: then nothing anywhere offers to write one. */
export function PrivateNotes({ kept, onChange }: { kept: boolean; onChange: (kept: boolean) => void }) {
  return (
    <Checkbox checked={kept} onChange={onChange}>
      Keep private notes
      <span className={css.note}>
        Your own thinking, apart from the record, in a file with its own key. Switched off, nothing offers to
        write or show one. Those you have written are not deleted; they are all there when you switch this on
        again.
      </span>
    </Checkbox>
  )
}
