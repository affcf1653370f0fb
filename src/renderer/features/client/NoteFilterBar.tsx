import { useQuery } from '@tanstack/react-query'
import type { NoteFilter } from '../../../shared/contract/clients.ts'
import type { NoteKind } from '../../../shared/contract/formats.ts'
import { read } from '../../api/cache.ts'
import { Select } from '../../ui/Select.tsx'
import css from './Notes.module.css'

const ALL = 'all'
const kinds: readonly { key: NoteKind | typeof ALL; label: string }[] = [
  { key: ALL, label: 'All sessions' },
  { key: 'individual', label: 'Sessions one to one' },
  { key: 'home-visit', label: 'Home visits' },
  { key: 'contact', label: 'Contacts' },
  { key: 'group', label: 'Group sessions' },
]

export interface NoteFilterBarProps {
  clientId: string
  only: NoteFilter | null
  onOnly: (only: NoteFilter | null) => void
}

/** Which notes are listed: by kind of session, and by the heading under which something is written. */
export function NoteFilterBar({ clientId, only, onOnly }: NoteFilterBarProps) {
  const { data } = useQuery(read('clients', 'headings', { clientId }))
  const headings = [
    { key: ALL, label: 'Any heading' },
    ...(data?.headings ?? []).map(({ key, label, notes }) => ({ key, label: `${label} (${notes})` })),
  ]
  const set = (change: Partial<NoteFilter>) => {
    const next = { kind: only?.kind ?? null, heading: only?.heading ?? null, ...change }
    onOnly(next.kind === null && next.heading === null ? null : next)
  }
  return (
    <div className={css.filter} role="group" aria-label="Which notes">
      <Select
        label="Kind"
        value={only?.kind ?? ALL}
        choices={kinds}
        onChange={(key) => set({ kind: key === ALL ? null : key })}
      />
      <Select
        label="Heading"
        value={only?.heading ?? ALL}
        choices={headings}
        onChange={(key) => set({ heading: key === ALL ? null : key })}
      />
    </div>
  )
}
