import { useQuery } from '@tanstack/react-query'
import { useMemo, useState } from 'react'
import type { PlannedTitle, TitleMatch } from '../../../shared/contract/calendar.ts'
import type { SeriesKind } from '../../../shared/contract/series.ts'
import { read } from '../../api/cache.ts'
import { timeText, weekdayText } from '../../api/clock.ts'
import { usePersonWord } from '../../api/context.ts'
import { Button } from '../../ui/Button.tsx'
import { ComboBox, type ComboItem } from '../../ui/ComboBox.tsx'
import { matches } from '../../ui/matches.ts'
import { Name } from '../../ui/Parts.tsx'
import { Select } from '../../ui/Select.tsx'
import { kindWords } from '../schedule/schedule.ts'
import { many } from './words.ts'
import css from './Calendars.module.css'

const NOBODY = 'nobody'
const OPEN = 'open'
const SHOWN = 60

const kinds = [
  { key: 'individual', label: kindWords.individual },
  { key: 'home-visit', label: kindWords['home-visit'] },
] as const satisfies readonly { key: SeriesKind; label: string }[]

/** One title of the calendar, and who is meant by it. */
export function TitleRow({ title, onMatch }: { title: PlannedTitle; onMatch: (match: TitleMatch) => void }) {
  const person = usePersonWord()
  const clients = useQuery(read('clients', 'list', {})).data?.clients
  const groups = useQuery(read('groups', 'list', {})).data?.groups
  const [typed, setTyped] = useState<string | null>(null)
  const { match, suggestions } = title
  // Another person's, and still the same kind of meeting.
  const kind = match.to === 'client' || match.to === 'group' ? match.kind : 'individual'

  const chosen =
    match.to === 'client' || match.to === 'group'
      ? `${match.to}:${match.id}`
      : match.to === 'nobody'
        ? NOBODY
        : null
  const all = useMemo((): readonly ComboItem[] => {
    const suggested = suggestions.map(({ clientId, name }) => ({ id: `client:${clientId}`, label: name }))
    const known = new Set(suggested.map(({ id }) => id))
    return [
      ...suggested,
      ...(groups ?? []).map(({ id, name }) => ({ id: `group:${id}`, label: `${name} (group)` })),
      ...(clients ?? [])
        .map(({ id, name }) => ({ id: `client:${id}`, label: name }))
        .filter(({ id }) => !known.has(id)),
    ]
  }, [clients, groups, suggestions])
  const others: readonly ComboItem[] = [
    { id: NOBODY, label: 'Not a session: leave it out' },
    { id: OPEN, label: 'Ask again next time' },
  ]
  const items =
    typed === null || typed.trim() === ''
      ? [...all.slice(0, SHOWN), ...others]
      : [...all.filter(({ label }) => matches(label, typed.trim())).slice(0, SHOWN), ...others]
  const shown = [...all, ...others].find(({ id }) => id === chosen)?.label ?? ''

  return (
    <li
      className={css.title}
      onBlur={({ currentTarget, relatedTarget: to }) => {
        // Letters that were no choice say nothing once the field is left.
        if (to === null || (!currentTarget.contains(to) && to.closest('[role=listbox]') === null))
          setTyped(null)
      }}
    >
      <span className={css.what}>
        <Name>{title.title === '' ? 'Without a title' : title.title}</Name>
        <span className={css.muted}>
          {many(title.events)} {title.events === 1 ? 'event' : 'events'}
          {title.next === null ? '' : `, next ${weekdayText(title.next)}, ${timeText(title.next)}`}
          {title.remembered ? ', as you said before' : ''}
        </span>
        {match.to === 'open' && suggestions.length > 0 && (
          <span className={css.suggested}>
            {suggestions.map(({ clientId, name }) => (
              <Button
                key={clientId}
                compact
                variant="quiet"
                aria-label={`“${title.title}” is ${name}`}
                onPress={() => onMatch({ to: 'client', id: clientId, kind: 'individual' })}
              >
                {name}?
              </Button>
            ))}
          </span>
        )}
      </span>
      <div className={css.kind}>
        <ComboBox
          label={`Who is “${title.title}”?`}
          items={items}
          text={typed ?? shown}
          onTextChange={setTyped}
          selected={chosen}
          placeholder={`Choose a ${person}`}
          onSelect={(id) => {
            setTyped(null)
            const found = id === null ? null : matchOf(id, kind)
            if (found !== null) onMatch(found)
          }}
        />
        {(match.to === 'client' || match.to === 'group') && (
          <Select
            label={`What kind is “${title.title}”?`}
            value={match.kind}
            choices={kinds}
            onChange={(kind) => onMatch({ ...match, kind })}
          />
        )}
      </div>
    </li>
  )
}

function matchOf(id: string, kind: SeriesKind): TitleMatch | null {
  if (id === NOBODY || id === OPEN) return { to: id }
  const [to, whom] = id.split(':')
  if (whom === undefined || (to !== 'client' && to !== 'group')) return null
  return { to, id: whom, kind }
}
