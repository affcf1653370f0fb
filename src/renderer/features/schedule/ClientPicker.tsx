import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { read } from '../../api/cache.ts'
import { ComboBox, type ComboItem } from '../../ui/ComboBox.tsx'
import { matches } from '../../ui/matches.ts'

const NEW = 'new'
const SHOWN = 60

/** A client that exists, or a name that is to become one. */
export interface Picked {
  readonly text: string
  readonly clientId: string | null
  /** “Add …” was chosen from the list. */
  readonly isNew: boolean
}

export const nobody: Picked = { text: '', clientId: null, isNew: false }

export interface ClientPickerProps {
  value: Picked
  onChange: (value: Picked) => void
  error?: string | undefined
  autoFocus?: boolean
  /** "Client", or "Student" at a school. */
  label: string
}

/** Type to filter; a name that is on no list can be added in place. */
export function ClientPicker({ value, onChange, error, autoFocus = false, label }: ClientPickerProps) {
  const { data } = useQuery(read('clients', 'list', {}))
  const clients = data?.clients
  const typed = value.text.trim()
  const items = useMemo((): readonly ComboItem[] => {
    const all = clients ?? []
    const chosen = value.clientId !== null
    const found = all.filter((client) => chosen || matches(client.name, typed)).slice(0, SHOWN)
    const known = all.some((client) => client.name.toLocaleLowerCase() === typed.toLocaleLowerCase())
    const rows = found.map(({ id, name }) => ({ id, label: name }))
    return typed === '' || known ? rows : [...rows, { id: NEW, label: `Add “${typed}”` }]
  }, [clients, typed, value.clientId])

  return (
    <ComboBox
      label={label}
      items={items}
      text={value.text}
      onTextChange={(text) => {
        if (text !== value.text) onChange({ text, clientId: null, isNew: false })
      }}
      selected={value.clientId}
      onSelect={(id) => {
        if (id === null || id === NEW) {
          if (id === NEW) onChange({ text: typed, clientId: null, isNew: true })
          return
        }
        const client = clients?.find((row) => row.id === id)
        if (client !== undefined) onChange({ text: client.name, clientId: id, isNew: false })
      }}
      error={error}
      autoFocus={autoFocus}
      isRequired
      empty="Type a name to add someone new."
    />
  )
}

export type Resolved = { readonly clientId: string } | { readonly newName: string } | 'unclear'

/**
 * Who is meant. A name typed in full counts as picked; a name like no other is a new one; but what begins
 * like a name on the list must be chosen, so that "Ana" never becomes a second file beside "Ana Ruiz".
 */
export function resolve(picked: Picked, clients: readonly { id: string; name: string }[]): Resolved {
  if (picked.clientId !== null) return { clientId: picked.clientId }
  const typed = picked.text.trim()
  const same = clients.filter((row) => row.name.toLocaleLowerCase() === typed.toLocaleLowerCase())
  if (same.length === 1 && same[0] !== undefined) return { clientId: same[0].id }
  if (picked.isNew) return { newName: typed }
  return same.length > 1 || clients.some((row) => matches(row.name, typed)) ? 'unclear' : { newName: typed }
}
