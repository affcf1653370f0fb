import { ListFilter, Printer } from 'lucide-react'
import { useQuery } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import type { NoteFilter } from '../../../shared/contract/clients.ts'
import type { NoteLine } from '../../../shared/contract/sessions.ts'
import { read } from '../../api/cache.ts'
import { api } from '../../api/client.ts'
import { dayText, timeText } from '../../api/clock.ts'
import { Button } from '../../ui/Button.tsx'
import { Chip } from '../../ui/Parts.tsx'
import { RowLink } from '../../ui/RowLink.tsx'
import { PaperDialog } from '../paper/PaperDialog.tsx'
import { kindWords } from '../schedule/schedule.ts'
import { attempt } from './attempt.ts'
import { NoteFilterBar } from './NoteFilterBar.tsx'
import css from './Notes.module.css'

const PAGE = 50

export interface NotesProps {
  clientId: string
  notes: readonly NoteLine[]
  more: boolean
  count: number
}

/** A client's notes, all of them or those of one kind or heading. */
export function Notes(props: NotesProps) {
  const [only, setOnly] = useState<NoteFilter | null>(null)
  // Which headings there are is looked for in every note: only when somebody asks.
  const [wanted, setWanted] = useState(false)
  const bar = wanted ? (
    <NoteFilterBar clientId={props.clientId} only={only} onOnly={setOnly} />
  ) : (
    <div className={css.ask}>
      <Button compact variant="quiet" icon={<ListFilter aria-hidden />} onPress={() => setWanted(true)}>
        By kind or heading…
      </Button>
    </div>
  )
  return only === null ? (
    <List {...props} only={null} bar={props.count > 1 ? bar : null} />
  ) : (
    <Filtered key={`${only.kind}.${only.heading}`} {...props} only={only} bar={bar} />
  )
}

interface ListProps extends NotesProps {
  only: NoteFilter | null
  bar: ReactNode
}

function Filtered(props: ListProps & { only: NoteFilter }) {
  const { clientId, only } = props
  const { data } = useQuery(read('clients', 'notes', { clientId, before: null, limit: PAGE, only }))
  return data === undefined ? (
    <section className={css.notes} aria-label="Notes" aria-busy="true">
      <div className={css.head}>
        <h2>Notes</h2>
      </div>
      {props.bar}
    </section>
  ) : (
    <List {...props} notes={data.notes} more={data.more} />
  )
}

/** The newest page comes with the file; older ones are fetched when asked for. */
function List({ clientId, notes, more, count, only, bar }: ListProps) {
  const [older, setOlder] = useState<{ notes: readonly NoteLine[]; more: boolean } | null>(null)
  const [onPaper, setOnPaper] = useState(false)
  const known = new Set(notes.map((note) => note.noteId))
  const shown = [...notes, ...(older?.notes ?? []).filter((note) => !known.has(note.noteId))]
  const last = shown.at(-1)
  const hasMore = older?.more ?? more

  const showOlder = () =>
    attempt(async () => {
      if (last === undefined) return
      const page = await api.clients.notes({ clientId, before: last.order, limit: PAGE, only })
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
      {bar}
      {shown.length === 0 && only !== null ? (
        <p className={css.none}>No note of this client is like that.</p>
      ) : shown.length === 0 ? (
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
