import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import type { Namesake } from '../../shared/contract/clients.ts'
import { read } from '../api/cache.ts'
import { usePersonWord } from '../api/context.ts'
import { namesakeText, useNamesakes } from '../api/namesakes.ts'
import { PEOPLE } from '../api/people.ts'
import { ClientDialog } from '../features/clients/clients.ts'
import { ContactDialog, SessionDialog } from '../features/schedule/schedule.ts'
import { CommandPalette, type PaletteItem } from '../ui/CommandPalette.tsx'
import { isVeiled, toggleVeil } from '../ui/veil.ts'
import { matches } from '../ui/matches.ts'
import { ShortcutsDialog } from '../ui/ShortcutsDialog.tsx'
import type { Layer } from './Shell.tsx'
import { shortcutGroups } from './shortcuts.ts'

export interface LayersProps {
  layer: Layer
  onLayer: (layer: Layer | null) => void
  onLock: () => void
}

/** What lies over any screen: the palette, and the dialogs that it or a key opens. Loaded after Today. */
export function Layers({ layer, onLayer, onLock }: LayersProps) {
  const person = usePersonWord()
  const close = () => onLayer(null)
  switch (layer) {
    case 'palette':
      return <Palette onLayer={onLayer} onLock={onLock} />
    case 'open-client':
      return <OpenClient onClose={close} />
    case 'contact-now':
      return <ContactDialog isOpen onClose={close} />
    case 'add-session':
      return <SessionDialog isOpen onClose={close} />
    case 'add-client':
      return <ClientDialog isOpen onClose={close} />
    case 'shortcuts':
      return <ShortcutsDialog isOpen onClose={close} groups={shortcutGroups(person)} />
  }
}

const SHOWN = 8

const detailOf = (one: Namesake | undefined) => (one === undefined ? {} : { detail: namesakeText(one) })

function useClients(typed: string, most: number): readonly PaletteItem[] {
  const namesakes = useNamesakes()
  const { data } = useQuery(read('clients', 'list', {}))
  return (data?.clients ?? [])
    .filter((client) => matches(client.name, typed))
    .slice(0, most)
    .map(({ id, name }) => ({ id, label: name, ...detailOf(namesakes.get(id)) }))
}

function Palette({ onLayer, onLock }: Omit<LayersProps, 'layer'>) {
  const navigate = useNavigate()
  const [text, setText] = useState('')
  const person = usePersonWord()
  const people = PEOPLE[person]
  const commands: readonly (PaletteItem & { act: () => void })[] = [
    { id: 'today', label: 'Today', keys: 'Mod+1', act: () => void navigate({ to: '/today' }) },
    { id: 'week', label: 'Week', act: () => void navigate({ to: '/week' }) },
    { id: 'clients', label: people, keys: 'Mod+2', act: () => void navigate({ to: '/clients' }) },
    { id: 'search', label: 'Search', keys: 'Mod+4', act: () => void navigate({ to: '/search' }) },
    { id: 'contact', label: 'Contact now', keys: 'Mod+N', act: () => onLayer('contact-now') },
    { id: 'session', label: 'Add session', act: () => onLayer('add-session') },
    { id: 'client', label: `Add ${person}`, act: () => onLayer('add-client') },
    { id: 'templates', label: 'Templates & snippets', act: () => void navigate({ to: '/templates' }) },
    { id: 'calendars', label: 'Calendars & groups', act: () => void navigate({ to: '/calendars' }) },
    { id: 'settings', label: 'Settings', keys: 'Mod+,', act: () => void navigate({ to: '/settings' }) },
    { id: 'shortcuts', label: 'Shortcuts', keys: 'Mod+/', act: () => onLayer('shortcuts') },
    {
      id: 'veil',
      label: isVeiled() ? 'Take the privacy blur off' : 'Privacy blur',
      act: toggleVeil,
    },
    { id: 'lock', label: 'Lock', keys: 'Mod+Shift+L', act: onLock },
  ]
  const named = useClients(text, SHOWN)
  const found = commands.filter(({ label }) => matches(label, text))
  return (
    <CommandPalette
      label="Command palette"
      placeholder="Go to, add, open…"
      text={text}
      onTextChange={setText}
      sections={
        text.trim() === ''
          ? [{ heading: 'Commands', items: found }]
          : [
              { heading: 'Commands', items: found },
              { heading: people, items: named, veiled: true },
            ]
      }
      onChoose={(id) => {
        onLayer(null)
        const command = commands.find((item) => item.id === id)
        if (command !== undefined) command.act()
        else void navigate({ to: '/clients/$clientId', params: { clientId: id } })
      }}
      onClose={() => onLayer(null)}
      empty="Nothing by that name."
    />
  )
}

function OpenClient({ onClose }: { onClose: () => void }) {
  const navigate = useNavigate()
  const [text, setText] = useState('')
  const person = usePersonWord()
  const items = useClients(text, 30)
  return (
    <CommandPalette
      label={`Open ${person}`}
      placeholder="Name"
      text={text}
      onTextChange={setText}
      sections={[{ heading: PEOPLE[person], items, veiled: true }]}
      onChoose={(id) => {
        onClose()
        void navigate({ to: '/clients/$clientId', params: { clientId: id } })
      }}
      onClose={onClose}
      empty="Nobody by that name."
    />
  )
}
