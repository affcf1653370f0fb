import { Pencil, Undo2, X } from 'lucide-react'
import { useState } from 'react'
import type { Loop, LoopKind } from '../../../shared/contract/loops.ts'
import type { NoteView } from '../../../shared/contract/notes.ts'
import { api } from '../../api/client.ts'
import { IconButton } from '../../ui/Button.tsx'
import { cx } from '../../ui/cx.ts'
import { act } from './act.ts'
import { LineEntry } from './LineEntry.tsx'
import css from './Side.module.css'

const kinds: readonly { kind: LoopKind; label: string; aside?: string }[] = [
  { kind: 'homework', label: 'Homework' },
  { kind: 'plan', label: 'Plan for next time' },
  { kind: 'self', label: 'Note to self', aside: 'part of the record, can be requested' },
]

export interface BesideProps {
  note: NoteView
  refresh: () => Promise<void>
}

/** What this session leaves for the next one, set down while writing. */
export function SetDown({ note, refresh }: BesideProps) {
  const add = async (kind: LoopKind, text: string) => {
    const { id: sessionId, clientId } = note.session
    const kept = await act(() => api.loops.add({ clientId, sessionId, kind, text }))
    if (kept) await refresh()
    return kept
  }
  return (
    <section aria-label="Set down" className={css.card}>
      <h2 className={css.title}>Set down</h2>
      {kinds.map(({ kind, label, aside }) => (
        <div key={kind} className={css.entry}>
          <LineEntry
            label={label}
            field={`${note.id}.${kind}`}
            {...(aside === undefined ? {} : { aside })}
            onKeep={(text) => add(kind, text)}
          />
          <SetDownList
            loops={note.setDown.filter((loop) => loop.kind === kind)}
            refresh={refresh}
            label={label}
          />
        </div>
      ))}
    </section>
  )
}

interface ListProps {
  loops: readonly Loop[]
  label: string
  refresh: () => Promise<void>
}

function SetDownList({ loops, label, refresh }: ListProps) {
  if (loops.length === 0) return null
  return (
    <ul className={css.lines} aria-label={label}>
      {loops.map((loop) => (
        <Line key={loop.id} loop={loop} refresh={refresh} />
      ))}
    </ul>
  )
}

function Line({ loop, refresh }: { loop: Loop; refresh: () => Promise<void> }) {
  const [editing, setEditing] = useState(false)
  const change = (work: () => Promise<unknown>) => () =>
    void act(work).then((done) => (done ? refresh() : undefined))
  if (editing) {
    return (
      <li>
        <LineEntry
          label="Edit"
          labelHidden
          field={`${loop.id}.edit`}
          start={loop.text}
          autoFocus
          onKeep={async (text) => {
            const kept = await act(() => api.loops.edit({ id: loop.id, text }))
            if (kept) {
              await refresh()
              setEditing(false)
            }
            return kept
          }}
          onPutAway={() => setEditing(false)}
        />
      </li>
    )
  }
  const dropped = loop.closedHow === 'dropped'
  return (
    <li className={css.line}>
      <span className={cx(css.words, dropped && css.dropped)} dir="auto">
        {loop.text}
      </span>
      {dropped ? (
        <IconButton
          compact
          label={`Take up again: ${loop.text}`}
          hint="Take up again"
          icon={<Undo2 aria-hidden />}
          onPress={change(() => api.loops.reopen({ id: loop.id }))}
        />
      ) : (
        <>
          <IconButton
            compact
            label={`Edit: ${loop.text}`}
            hint="Edit"
            icon={<Pencil aria-hidden />}
            onPress={() => setEditing(true)}
          />
          <IconButton
            compact
            label={`Drop: ${loop.text}`}
            hint="Drop"
            icon={<X aria-hidden />}
            onPress={change(() => api.loops.close({ id: loop.id, how: 'dropped', outcome: '' }))}
          />
        </>
      )}
    </li>
  )
}
