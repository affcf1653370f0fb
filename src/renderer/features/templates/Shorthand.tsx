import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { GlossaryPlan, GlossaryUnreadable, Snippet } from '../../../shared/contract/snippets.ts'
import { read } from '../../api/cache.ts'
import { api } from '../../api/client.ts'
import { sentenceFor } from '../../api/sentences.ts'
import { Button } from '../../ui/Button.tsx'
import { Disclosure } from '../../ui/Disclosure.tsx'
import { matches } from '../../ui/matches.ts'
import { Menu } from '../../ui/Menu.tsx'
import { Part } from '../../ui/Part.tsx'
import { Banner } from '../../ui/Parts.tsx'
import { announce } from '../../ui/Status.tsx'
import { TextField } from '../../ui/TextField.tsx'
import { ShorthandDialog } from './ShorthandDialog.tsx'
import { ShorthandPlan } from './ShorthandPlan.tsx'
import { Placeholders } from './ShorthandPlaceholders.tsx'
import css from './Shorthand.module.css'
import templates from './Templates.module.css'

const unreadableWords: Readonly<Record<GlossaryUnreadable, string>> = {
  UNREACHABLE: 'That file cannot be read; it may have been moved. Nothing was changed.',
  TOO_BIG: 'That file is larger than 500 KB, more than a list of shorthand needs. Nothing was changed.',
  NOT_TEXT:
    'That file is no table of text. Nothing was changed; please save it as CSV in your spreadsheet first.',
  EMPTY: 'There is nothing in that file. Nothing was changed.',
}

/** So many are shown before a person asks for more. */
const SHOWN = 50

/** A person's shorthand: what expands behind a `;`. */
export function Shorthand() {
  const { data, error } = useQuery(read('snippets', 'list', {}))
  const [editing, setEditing] = useState<Snippet | 'new' | null>(null)
  const [plan, setPlan] = useState<GlossaryPlan | null>(null)
  const [trouble, setTrouble] = useState('')

  const act = async (work: () => Promise<unknown>) => {
    setTrouble('')
    try {
      await work()
    } catch (wrong) {
      setTrouble(sentenceFor(wrong))
    }
  }
  const open = () =>
    act(async () => {
      const opened = await api.snippets.open({})
      if (opened.unreadable !== null) setTrouble(unreadableWords[opened.unreadable])
      setPlan(opened.plan)
    })
  const saveOut = () =>
    act(async () => {
      const { saved, snippets } = await api.snippets.saveOut({})
      if (saved) announce({ text: `${count(snippets)} written. Once it is saved it is no longer encrypted.` })
    })
  const remove = ({ id, short, long }: Snippet) =>
    act(async () => {
      await api.snippets.remove({ id })
      announce({
        text: `;${short} is deleted.`,
        action: {
          label: 'Undo',
          onAction: () => void act(() => api.snippets.save({ id: null, short, long })),
        },
      })
    })

  const all = data?.snippets ?? []
  return (
    <Part title="Shorthand">
      <p className={templates.muted}>
        Type <kbd>;</kbd> and the short form at the start of a word, then a space. Shorthand is kept with the
        record. Leave names and private thoughts out of it.
      </p>
      {(trouble !== '' || error !== null) && (
        <Banner tone="amber">
          <span role="alert">{trouble === '' ? sentenceFor(error) : trouble}</span>
        </Banner>
      )}
      {all.length > 0 && (
        <Rows snippets={all} onEdit={setEditing} onRemove={(snippet) => void remove(snippet)} />
      )}
      <div className={templates.buttons}>
        <Button onPress={() => setEditing('new')}>Add shorthand…</Button>
        <Button onPress={() => void open()}>Take in a list…</Button>
        {all.length > 0 && <Button onPress={() => void saveOut()}>Save as a list…</Button>}
      </div>
      <Disclosure title="Dates, names and gaps to fill in">
        <Placeholders />
      </Disclosure>
      {editing !== null && (
        <ShorthandDialog
          snippet={editing === 'new' ? null : editing}
          others={all}
          onClose={() => setEditing(null)}
        />
      )}
      {plan !== null && <ShorthandPlan plan={plan} onClose={() => setPlan(null)} />}
    </Part>
  )
}

const count = (n: number): string => `${n} ${n === 1 ? 'entry' : 'entries'}`

interface RowsProps {
  snippets: readonly Snippet[]
  onEdit: (snippet: Snippet) => void
  onRemove: (snippet: Snippet) => void
}

function Rows({ snippets, onEdit, onRemove }: RowsProps) {
  const [wanted, setWanted] = useState('')
  const [more, setMore] = useState(false)
  const found = snippets.filter(({ short, long }) => wanted === '' || matches(`${short} ${long}`, wanted))
  const shown = more ? found : found.slice(0, SHOWN)
  return (
    <>
      {snippets.length > 8 && (
        <TextField label="Find shorthand" type="search" value={wanted} onChange={setWanted} />
      )}
      <ul className={css.rows} aria-label="Your shorthand">
        {shown.map((snippet) => (
          <li key={snippet.id}>
            <span className={css.short} dir="auto">
              ;{snippet.short}
            </span>
            <span className={css.long} dir="auto">
              {snippet.long}
            </span>
            <Button
              compact
              variant="quiet"
              aria-label={`Change ${snippet.short}`}
              onPress={() => onEdit(snippet)}
            >
              Change…
            </Button>
            <Menu
              label={`More about ${snippet.short}`}
              entries={[{ id: 'remove', label: 'Delete', danger: true, onAction: () => onRemove(snippet) }]}
            />
          </li>
        ))}
      </ul>
      {found.length === 0 && <p className={templates.muted}>Nothing like that is in your shorthand.</p>}
      {found.length > shown.length && (
        <Button compact variant="quiet" onPress={() => setMore(true)}>
          Show all {found.length}
        </Button>
      )}
    </>
  )
}
