import { useQuery } from '@tanstack/react-query'
import type { Attends } from '../../../shared/contract/series.ts'
import { read } from '../../api/cache.ts'
import { usePersonWord } from '../../api/context.ts'
import { Choices } from '../../ui/Choices.tsx'
import { Select } from '../../ui/Select.tsx'
import { ClientPicker } from './ClientPicker.tsx'
import { nobody, type Picked } from './picked.ts'
import { clientFor, UNCLEAR } from './scheduling.ts'

/** For whom a session is: a person as typed, or a group. */
export type Who =
  | { readonly kind: 'person'; readonly picked: Picked }
  | { readonly kind: 'group'; readonly id: string | null }

export const noOne: Who = { kind: 'person', picked: nobody }

export interface WhoFieldsProps {
  value: Who
  onChange: (who: Who) => void
  error?: string | undefined
}

/** Person or group; where there is no group, nothing is asked about them. */
export function WhoFields({ value, onChange, error }: WhoFieldsProps) {
  const person = usePersonWord()
  const { data } = useQuery(read('groups', 'list', {}))
  const groups = (data?.groups ?? []).map(({ id, name }) => ({ key: id, label: name }))
  const label = person === 'student' ? 'Student' : 'Client'
  return (
    <>
      {groups.length > 0 && (
        <Choices
          label="For"
          value={value.kind}
          choices={[
            { key: 'person', label: `A ${person}` },
            { key: 'group', label: 'A group' },
          ]}
          onChange={(kind) => onChange(kind === 'person' ? noOne : { kind, id: groups[0]?.key ?? null })}
        />
      )}
      {value.kind === 'person' ? (
        <ClientPicker
          label={label}
          value={value.picked}
          onChange={(picked) => onChange({ kind: 'person', picked })}
          error={error}
          autoFocus
        />
      ) : (
        <Select
          label="Group"
          value={value.id ?? ''}
          choices={groups}
          onChange={(id) => onChange({ kind: 'group', id })}
          {...(error === undefined ? {} : { error })}
        />
      )}
    </>
  )
}

/** Who is meant, as main takes it: a new name becomes a client. A sentence where nobody is meant. Throws Refused. */
export async function attendsOf(who: Who, person: string): Promise<Attends | { readonly wrong: string }> {
  if (who.kind === 'group')
    return who.id === null ? { wrong: 'Please choose a group.' } : { kind: 'group', id: who.id }
  if (who.picked.text.trim() === '') return { wrong: `Please choose a ${person}, or type a new name.` }
  const id = await clientFor(who.picked)
  return id === null ? { wrong: UNCLEAR } : { kind: 'client', id }
}
