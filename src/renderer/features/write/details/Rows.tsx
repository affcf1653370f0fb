import { Plus, X } from 'lucide-react'
import { type KeyboardEvent, type ReactNode, useEffect, useRef, useState } from 'react'
import { ROWS_MAX } from '../../../../shared/document/details.ts'
import { Button, IconButton } from '../../../ui/Button.tsx'
import type { DetailsField, Entry, ListName, RowOf } from '../DetailsField.ts'
import { UndoLine } from './UndoLine.tsx'
import { useLook } from './useLook.ts'
import css from './Details.module.css'

export type RowList = Extract<ListName, 'medications' | 'interventions' | 'objectives' | 'decisions'>

export interface RowsProps<L extends RowList> {
  field: DetailsField
  list: L
  blank: RowOf<L>
  /** What one row is called, in the middle of a sentence. */
  one: string
  /** The words by which a row is known: it is blank without them. */
  wordsOf: (row: RowOf<L>) => readonly string[]
  /** One row's fields. */
  children: (entry: Entry<RowOf<L>>, place: { readonly n: number }) => ReactNode
}

/**
 * Rows that are added and taken away. Enter goes to the next row and from the last one makes another; within a row
 * Tab goes on. A row with words in it goes without a question and comes back by Undo.
 */
export function Rows<L extends RowList>({ field, list, blank, one, wordsOf, children }: RowsProps<L>) {
  useLook(field, list)
  const box = useRef<HTMLUListElement>(null)
  const [removed, setRemoved] = useState<{ readonly putBack: () => boolean; readonly turn: number } | null>(
    null,
  )
  const wanted = useRef<number | null>(null)
  const entries = field.entries(list, blank)

  useEffect(() => {
    if (wanted.current === null) return
    firstIn(rowsIn(box.current)[wanted.current])?.focus()
    wanted.current = null
  })

  const isBlank = (row: RowOf<L>) => wordsOf(row).every((words) => words.trim() === '')
  const stored = (id: number) => field.entries(list, blank).find((entry) => entry.id === id)?.row
  const add = () => {
    const last = field.entries(list, blank).at(-1)
    // A blank row is there already: it is the next one.
    if (last !== undefined && isBlank(last.row)) {
      firstIn(rowsIn(box.current).at(-1))?.focus()
      return
    }
    wanted.current = entries.length
    field.add(list, { ...blank })
  }
  const remove = (id: number, n: number) => {
    const row = stored(id)
    const putBack = field.remove(list, id)
    const hadWords = row !== undefined && !isBlank(row)
    setRemoved(hadWords ? { putBack, turn: (removed?.turn ?? 0) + 1 } : null)
    if (!hadWords) wanted.current = Math.max(0, n - 1)
  }
  const onKeyDown = (event: KeyboardEvent<HTMLUListElement>) => {
    if (
      event.key !== 'Enter' ||
      event.nativeEvent.isComposing ||
      !(event.target instanceof HTMLTextAreaElement)
    )
      return
    if (event.shiftKey || event.ctrlKey || event.metaKey || event.altKey) return
    event.preventDefault()
    const rows = rowsIn(box.current)
    const at = rows.findIndex((row) => row.contains(event.target as Node))
    if (event.target.dataset['pair'] === 'first') fieldsIn(rows[at])[1]?.focus()
    else if (at < rows.length - 1) firstIn(rows[at + 1])?.focus()
    else add()
  }

  const full = field.full(list)
  return (
    <>
      <ul ref={box} className={css.rows} onKeyDown={onKeyDown}>
        {entries.map((entry, n) => {
          const known = wordsOf(entry.row).find((words) => words.trim() !== '')
          return (
            <li key={entry.id} className={css.row}>
              <div className={css.rowFields}>{children(entry, { n })}</div>
              <IconButton
                compact
                hint={`Remove ${one} ${n + 1}`}
                label={known === undefined ? `Remove ${one} ${n + 1}` : `Remove ${one} ${n + 1}: ${known}`}
                icon={<X aria-hidden />}
                onPress={() => remove(entry.id, n)}
              />
            </li>
          )
        })}
      </ul>
      {removed !== null && (
        <UndoLine
          key={removed.turn}
          takesFocus
          text={`One ${one} removed.`}
          onUndo={() => {
            if (removed.putBack()) setRemoved(null)
          }}
        />
      )}
      {full ? (
        <p className={css.hint}>
          {ROWS_MAX} fit here, and {ROWS_MAX} are here.
        </p>
      ) : (
        <Button compact variant="quiet" icon={<Plus aria-hidden />} onPress={add}>
          Add {one}
        </Button>
      )}
    </>
  )
}

const rowsIn = (box: HTMLElement | null): HTMLElement[] =>
  box === null ? [] : [...box.children].filter((row) => row instanceof HTMLElement)
const fieldsIn = (row: HTMLElement | undefined): HTMLTextAreaElement[] =>
  row === undefined ? [] : [...row.querySelectorAll('textarea')]
const firstIn = (row: HTMLElement | undefined): HTMLTextAreaElement | undefined => fieldsIn(row)[0]
