import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { memo, useState, type ReactNode } from 'react'
import type { Hit } from '../../../shared/contract/search.ts'
import { read } from '../../api/cache.ts'
import { dayText } from '../../api/clock.ts'
import { usePrivateRoom } from '../../api/context.ts'
import { usePainted } from '../../api/painted.ts'
import { sentenceFor } from '../../api/sentences.ts'
import { Choices } from '../../ui/Choices.tsx'
import { Chip, Name, VisuallyHidden } from '../../ui/Parts.tsx'
import { Screen } from '../../ui/Screen.tsx'
import { RowLink } from '../../ui/RowLink.tsx'
import { TextField } from '../../ui/TextField.tsx'
import { ClientName } from '../clients/clients.ts'
import css from './Search.module.css'

const orders = [
  { key: 'newest', label: 'Newest first' },
  { key: 'best', label: 'Best first' },
] as const

const LEAST = 2

export interface SearchScreenProps {
  /** What the open private room finds: handed in, because the search of the record never touches it. */
  privateHits: (text: string) => ReactNode
}

export function SearchScreen({ privateHits }: SearchScreenProps) {
  const [typed, setTyped] = useState('')
  const [order, setOrder] = useState<'newest' | 'best'>('newest')
  const room = usePrivateRoom()
  const text = typed.trim()
  const enough = [...text].length >= LEAST
  const { data, error } = useQuery({
    ...read('search', 'query', { text, order }),
    enabled: enough,
    placeholderData: keepPreviousData,
    // What was found holds words of notes: it is not kept longer than it is looked at.
    gcTime: 5000,
  })
  const found = enough ? data : undefined
  usePainted('search', found)

  return (
    <Screen title="Search" width="narrow">
      <div className={css.bar} role="search">
        <div className={css.field}>
          <TextField
            label="Search the record"
            type="search"
            value={typed}
            onChange={setTyped}
            spellCheck="false"
            autoFocus
          />
        </div>
        <Choices label="Order" value={order} choices={orders} onChange={setOrder} />
      </div>
      <p className={css.scope}>
        Notes and names of the record, from two letters on.
        {room === 'locked' && ' Private notes are searched from inside the private room only.'}
      </p>
      {error !== null && enough && <p className={css.scope}>{sentenceFor(error)}</p>}
      <div role="status">
        <VisuallyHidden>{found === undefined ? '' : countText(found.hits.length)}</VisuallyHidden>
      </div>
      {found !== undefined && (
        <div data-veil>
          {found.clients.length > 0 && (
            <ul className={css.people} aria-label="Clients">
              {found.clients.map((client) => (
                <li key={client.id}>
                  <RowLink to="clients" id={client.id} className={css.person}>
                    <ClientName id={client.id}>{client.name}</ClientName>
                  </RowLink>
                </li>
              ))}
            </ul>
          )}
          {found.hits.length === 0 ? (
            <p className={css.none}>
              No note holds “{text}”. Words are found by how they begin: “train” finds “training”, “rain” does
              not.
            </p>
          ) : (
            <ol className={css.hits} aria-label="Notes found">
              {found.hits.map((hit) => (
                <HitRow key={hit.noteId} hit={hit} />
              ))}
            </ol>
          )}
        </div>
      )}
      {room === 'open' && enough && <div className={css.private}>{privateHits(text)}</div>}
    </Screen>
  )
}

const countText = (count: number): string =>
  count === 0 ? 'No notes found' : count === 1 ? 'One note found' : `${count} notes found`

/** What a letter more still finds is not drawn anew. */
const HitRow = memo(function HitRow({ hit }: { hit: Hit }) {
  return (
    <li className={css.hit}>
      <RowLink to="write" id={hit.sessionId} className={css.link}>
        <span className={css.line}>
          <Name className={css.name}>{hit.clientName}</Name>
          <span className={css.date}>{dayText(hit.at)}</span>
          {hit.state === 'draft' && <Chip>Draft</Chip>}
        </span>
        <span className={css.snippet} dir="auto">
          {hit.snippet.before}
          <mark>{hit.snippet.match}</mark>
          {hit.snippet.after}
        </span>
      </RowLink>
    </li>
  )
})
