import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import type { Namesake } from '../../../shared/contract/clients.ts'
import { read } from '../../api/cache.ts'
import { namesakeText, useNamesakes } from '../../api/namesakes.ts'
import { ComboBox, type ComboItem } from '../../ui/ComboBox.tsx'
import { matches } from '../../ui/matches.ts'
import type { Picked } from './picked.ts'

const NEW = 'new'
const SHOWN = 60
const detailOf = (one: Namesake | undefined) => (one === undefined ? {} : { detail: namesakeText(one) })

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
  const namesakes = useNamesakes()
  const typed = value.text.trim()
  const items = useMemo((): readonly ComboItem[] => {
    const all = clients ?? []
    const chosen = value.clientId !== null
    const found = all.filter((client) => chosen || matches(client.name, typed)).slice(0, SHOWN)
    const known = all.some((client) => client.name.toLocaleLowerCase() === typed.toLocaleLowerCase())
    const rows = found.map(({ id, name }) => ({ id, label: name, ...detailOf(namesakes.get(id)) }))
    if (typed === '' || chosen) return rows
    return [...rows, { id: NEW, label: known ? `Add another “${typed}”` : `Add “${typed}”`, text: typed }]
  }, [clients, namesakes, typed, value.clientId])

  return (
    <ComboBox
      label={label}
      items={items}
      text={value.text}
      onTextChange={(text) => {
        if (text !== value.text) onChange({ text, clientId: null, isNew: false })
      }}
      selected={value.isNew ? NEW : value.clientId}
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
      placeholder="Type a name"
      empty="Type a name to add someone new."
    />
  )
}
