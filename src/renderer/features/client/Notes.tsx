import { Printer } from 'lucide-react'
import { useState } from 'react'
import type { NoteLine } from '../../../shared/contract/sessions.ts'
import { api } from '../../api/client.ts'
import { dayText, timeText } from '../../api/clock.ts'
import { Button } from '../../ui/Button.tsx'
import { Chip } from '../../ui/Parts.tsx'
import { RowLink } from '../../ui/RowLink.tsx'
import { PaperDialog } from '../paper/PaperDialog.tsx'
import { kindWords } from '../schedule/schedule.ts'
import { attempt } from './attempt.ts'
import css from './Notes.module.css'

const PAGE = 50

export interface NotesProps {
  clientId: string
  notes: readonly NoteLine[]
  more: boolean
  count: number
}

/** The newest page comes with the file; older ones are fetched when asked for. */
export function Notes({ clientId, notes, more, count }: NotesProps) {
  const [older, setOlder] = useState<{ notes: readonly NoteLine[]; more: boolean } | null>(null)
  const [onPaper, setOnPaper] = useState(false)
  const known = new Set(notes.map((note) => note.noteId))
  const shown = [...notes, ...(older?.notes ?? []).filter((note) => !known.has(note.noteId))]
  const last = shown.at(-1)
  const hasMore = older?.more ?? more

  const showOlder = () =>
    attempt(async () => {
      if (last === undefined) return
      const page = await api.clients.notes({ clientId, before: last.order, limit: PAGE })
      setOlder({ notes: [...(older?.notes ?? []), ...page.notes], more: page.more })
    })

  return (
    <section className={css.notes} aria-label="Notes">
      <div className={css.head}>
        <h2>Notes {count > 0 && <span className={css.count}>{count}</span>}</h2>
        {shown.some((note) => note.state === 'sealed') && (
          <Button compact variant="quiet" icon={<Printer aria-hidden />} onPress={() => setOnPaper(true)}>
            Notes on paper…
          </Button>
        )}
      </div>
      {onPaper && (
        <PaperDialog of={{ kind: 'client', clientId }} firstWay="pdf" onClose={() => setOnPaper(false)} />
      )}
      {shown.length === 0 ? (
        <p className={css.none}>
          No note is written yet. Sessions that are over and still to write stand on Today; “Contact now”
          begins a note at once.
        </p>
      ) : (
        <ol className={css.list}>
          {shown.map((note) => (
            <Row key={note.noteId} note={note} />
          ))}
        </ol>
      )}
      {hasMore && (
        <Button variant="quiet" onPress={() => void showOlder()}>
          Show older
        </Button>
      )}
    </section>
  )
}

function Row({ note }: { note: NoteLine }) {
  const signed = note.state !== 'draft'
  return (
    <li className={css.row}>
      <RowLink to="write" id={note.sessionId} className={css.link}>
        <span className={css.when}>
          <span>{dayText(note.at)}</span>
          <span className={css.time}>{timeText(note.at)}</span>
        </span>
        <span className={css.summary} dir="auto">
          {signed && note.summary !== '' ? (
            note.summary
          ) : (
            <span className={css.unsigned}>{signed ? 'No summary line' : 'Not signed yet'}</span>
          )}
        </span>
        <span className={css.chips}>
          {note.kind !== 'individual' && <Chip>{kindWords[note.kind]}</Chip>}
          {note.late && <Chip>Late entry</Chip>}
          <Chip>{!signed ? 'Draft' : note.addenda > 0 ? 'Amended' : 'Signed'}</Chip>
        </span>
      </RowLink>
    </li>
  )
}
