import { ListFilter, Printer } from 'lucide-react'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { NoteFilter } from '../../../shared/contract/clients.ts'
import type { NoteLine } from '../../../shared/contract/sessions.ts'
import { read } from '../../api/cache.ts'
import { api } from '../../api/client.ts'
import { dayText, timeText } from '../../api/clock.ts'
import { usePersonWord } from '../../api/context.ts'
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
  const { clientId, notes, more, count } = props
  const [only, setOnly] = useState<NoteFilter | null>(null)
  const [onPaper, setOnPaper] = useState(false)
  // Which headings there are is looked for in every note: only when somebody asks.
  const [wanted, setWanted] = useState(false)
  return (
    <section className={css.notes} aria-label="Notes">
      <div className={css.head}>
        {/* How many there are in all, and so only over all of them. */}
        <h2>Notes {only === null && count > 0 && <span className={css.count}>{count}</span>}</h2>
        {notes.some((note) => note.state === 'sealed') && (
          <Button compact variant="quiet" icon={<Printer aria-hidden />} onPress={() => setOnPaper(true)}>
            Notes on paper…
          </Button>
        )}
      </div>
      {onPaper && (
        <PaperDialog of={{ kind: 'client', clientId }} firstWay="pdf" onClose={() => setOnPaper(false)} />
      )}
      {wanted && <NoteFilterBar clientId={clientId} only={only} onOnly={setOnly} />}
      {!wanted && count > 1 && (
        <div className={css.ask}>
          <Button compact variant="quiet" icon={<ListFilter aria-hidden />} onPress={() => setWanted(true)}>
            By kind or heading…
          </Button>
        </div>
      )}
      {only === null ? (
        <List clientId={clientId} notes={notes} more={more} only={null} />
      ) : (
        <Filtered key={`${only.kind}.${only.heading}`} clientId={clientId} only={only} />
      )}
    </section>
  )
}

function Filtered({ clientId, only }: { clientId: string; only: NoteFilter }) {
  const { data } = useQuery(read('clients', 'notes', { clientId, before: null, limit: PAGE, only }))
  return data === undefined ? (
    <div aria-busy="true" />
  ) : (
    <List clientId={clientId} notes={data.notes} more={data.more} only={only} />
  )
}

interface ListProps extends Omit<NotesProps, 'count'> {
  only: NoteFilter | null
}

/** The newest page comes with the file; older ones are fetched when asked for. */
function List({ clientId, notes, more, only }: ListProps) {
  const person = usePersonWord()
  const [older, setOlder] = useState<{ notes: readonly NoteLine[]; more: boolean } | null>(null)
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
    <>
      {shown.length === 0 && only !== null ? (
        <p className={css.none}>No note of this {person} is like that.</p>
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
    </>
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
