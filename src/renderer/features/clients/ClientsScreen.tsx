import { useQuery } from '@tanstack/react-query'
import { ShieldAlert, UserPlus } from 'lucide-react'
import { useDeferredValue, useState } from 'react'
import type { ClientRow } from '../../../shared/contract/clients.ts'
import { read } from '../../api/cache.ts'
import { relativeDayInText, timeText } from '../../api/clock.ts'
import { usePersonWord } from '../../api/context.ts'
import { useNamesake } from '../../api/namesakes.ts'
import { PEOPLE } from '../../api/people.ts'
import { usePainted } from '../../api/painted.ts'
import { sentenceFor } from '../../api/sentences.ts'
import { Button } from '../../ui/Button.tsx'
import { matches } from '../../ui/matches.ts'
import { Chip, EmptyState, Name } from '../../ui/Parts.tsx'
import { Screen } from '../../ui/Screen.tsx'
import { RowLink } from '../../ui/RowLink.tsx'
import { TextField } from '../../ui/TextField.tsx'
import { ClientDialog } from './clients.ts'
import css from './Clients.module.css'

export function ClientsScreen() {
  const { data, error } = useQuery(read('clients', 'list', {}))
  const person = usePersonWord()
  const [typed, setTyped] = useState('')
  const [adding, setAdding] = useState(false)
  const filter = useDeferredValue(typed)
  usePainted('clients', data)
  const all = data?.clients ?? []
  const shown = filter.trim() === '' ? all : all.filter((client) => matches(client.name, filter))

  return (
    <Screen
      title={PEOPLE[person]}
      width="middle"
      beside={
        all.length > 0 && (
          <div className={css.filter}>
            <TextField
              label="Filter by name"
              labelHidden
              type="search"
              placeholder="Filter by name"
              value={typed}
              onChange={setTyped}
              spellCheck="false"
            />
          </div>
        )
      }
      actions={
        <Button variant="primary" icon={<UserPlus aria-hidden />} onPress={() => setAdding(true)}>
          Add {person}
        </Button>
      }
    >
      {error !== null && data === undefined && (
        <EmptyState title="The list could not be read">{sentenceFor(error)}</EmptyState>
      )}
      {data !== undefined && all.length === 0 && (
        <EmptyState title="Nobody here yet">
          Add the first {person} with a name alone; everything else can wait until you know it. Initials are
          fine too.
        </EmptyState>
      )}
      {all.length > 0 && shown.length === 0 && (
        <EmptyState title="No such name">
          No name holds “<bdi>{filter.trim()}</bdi>”. To find words in notes, use Search.
        </EmptyState>
      )}
      {shown.length > 0 && (
        <>
          <div className={css.columns} aria-hidden>
            <span>Name</span>
            <span>Last seen</span>
            <span>Next session</span>
          </div>
          <ul className={css.list} aria-label={PEOPLE[person]} data-veil>
            {shown.map((client) => (
              <Row key={client.id} client={client} />
            ))}
          </ul>
        </>
      )}
      {adding && <ClientDialog isOpen onClose={() => setAdding(false)} />}
    </Screen>
  )
}

function Row({ client }: { client: ClientRow }) {
  return (
    <li>
      <RowLink to="clients" id={client.id} className={css.row}>
        <span className={css.who}>
          <Name className={css.name} mark={useNamesake(client.id)}>
            {client.name}
          </Name>
          {client.pronouns !== '' && <bdi className={css.muted}>{client.pronouns}</bdi>}
          {client.flags > 0 && (
            <Chip tone="red" icon={<ShieldAlert aria-hidden />}>
              {client.flags === 1 ? 'Safety flag' : `${client.flags} safety flags`}
            </Chip>
          )}
          {client.unwritten > 0 && (
            <Chip>{client.unwritten === 1 ? '1 to write' : `${client.unwritten} to write`}</Chip>
          )}
        </span>
        <span className={css.muted}>
          <span className={css.word}>Last seen </span>
          <span className={css.day}>
            {client.lastSessionAt === null ? '—' : relativeDayInText(client.lastSessionAt)}
          </span>
        </span>
        <span className={client.nextSessionAt === null ? css.muted : css.next}>
          <span className={css.word}>Next </span>
          <span className={css.day}>
            {client.nextSessionAt === null
              ? '—'
              : `${relativeDayInText(client.nextSessionAt)}, ${timeText(client.nextSessionAt)}`}
          </span>
        </span>
      </RowLink>
    </li>
  )
}
