import { ArrowDown, ArrowUp, X } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import { IconButton } from '../../ui/Button.tsx'
import { Checkbox } from '../../ui/Choices.tsx'
import { VisuallyHidden } from '../../ui/Parts.tsx'
import { TextArea, TextField } from '../../ui/TextField.tsx'
import { type DraftGroup, type DraftSection, moved } from './formatDraft.ts'
import css from './Templates.module.css'

export interface Wrong {
  readonly field: string
  readonly sentence: string
}

interface RowsProps<R> {
  rows: readonly R[]
  onRows: (rows: readonly R[]) => void
  wrong: Wrong | undefined
}

const at = (wrong: Wrong | undefined, field: string) => (wrong?.field === field ? wrong.sentence : undefined)

/** The headings, each with its prompt, to be put in order by buttons. */
export function SectionRows({ rows, onRows, wrong }: RowsProps<DraftSection>) {
  const list = useRef<HTMLOListElement>(null)
  const order = useOrder(list, rows, onRows)
  const change = (row: DraftSection, part: Partial<DraftSection>) =>
    onRows(rows.map((each) => (each === row ? { ...each, ...part } : each)))
  return (
    <>
      <ol ref={list} className={css.headings}>
        {rows.map((row, place) => (
          <li key={row.id} data-row={row.id}>
            <TextField
              label={`Heading ${place + 1}`}
              value={row.label}
              onChange={(label) => change(row, { label })}
              error={at(wrong, `${row.id}`)}
            />
            <TextField
              label={`Prompt of heading ${place + 1}`}
              value={row.prompt}
              onChange={(prompt) => change(row, { prompt })}
              error={at(wrong, `${row.id} prompt`)}
            />
            <OrderButtons
              name={row.label.trim() || `heading ${place + 1}`}
              place={place}
              {...order}
              count={rows.length}
            />
            <Checkbox checked={row.required} onChange={(required) => change(row, { required })}>
              Named on the sign sheet while it is empty
            </Checkbox>
          </li>
        ))}
      </ol>
      <VisuallyHidden>
        <span role="status">{order.said}</span>
      </VisuallyHidden>
    </>
  )
}

/** Boxes under a heading of their own, one a line. */
export function GroupRows({ rows, onRows, wrong }: RowsProps<DraftGroup>) {
  const list = useRef<HTMLOListElement>(null)
  const order = useOrder(list, rows, onRows)
  const change = (row: DraftGroup, part: Partial<DraftGroup>) =>
    onRows(rows.map((each) => (each === row ? { ...each, ...part } : each)))
  if (rows.length === 0) return <p className={css.muted}>None. Boxes alone are never enough for a note.</p>
  return (
    <>
      <ol ref={list} className={css.headings}>
        {rows.map((row, place) => (
          <li key={row.id} data-row={row.id}>
            <TextField
              label={`Boxes ${place + 1}: what they are about`}
              value={row.label}
              onChange={(label) => change(row, { label })}
              error={at(wrong, `${row.id}`)}
            />
            <TextArea
              label="One box a line"
              rows={4}
              value={row.options}
              onChange={(options) => change(row, { options })}
              error={at(wrong, `${row.id} options`)}
            />
            <OrderButtons
              name={row.label.trim() || `boxes ${place + 1}`}
              place={place}
              {...order}
              count={rows.length}
            />
          </li>
        ))}
      </ol>
      <VisuallyHidden>
        <span role="status">{order.said}</span>
      </VisuallyHidden>
    </>
  )
}

interface Order {
  readonly said: string
  readonly move: (place: number, by: 1 | -1) => void
  readonly remove: (place: number) => void
}

/** Moving and taking out; the focus stays on what was moved, or goes to what comes after. */
function useOrder<R extends { readonly id: number }>(
  list: React.RefObject<HTMLElement | null>,
  rows: readonly R[],
  onRows: (rows: readonly R[]) => void,
): Order {
  const [said, setSaid] = useState('')
  const wanted = useRef<string | null>(null)
  useEffect(() => {
    if (wanted.current === null) return
    list.current?.querySelector<HTMLElement>(wanted.current)?.focus()
    wanted.current = null
  })
  return {
    said,
    move: (place, by) => {
      const row = rows[place]
      const next = place + by
      if (row === undefined || next < 0 || next >= rows.length) return
      const end = next === 0 || next === rows.length - 1
      wanted.current = `[data-row="${row.id}"] [data-move="${end ? -by : by}"]`
      setSaid(`Now in place ${next + 1} of ${rows.length}.`)
      onRows(moved(rows, place, by))
    },
    remove: (place) => {
      const after = rows[place + 1] ?? rows[place - 1]
      wanted.current = after === undefined ? null : `[data-row="${after.id}"] input`
      setSaid('Taken out.')
      onRows(rows.filter((_, one) => one !== place))
    },
  }
}

function OrderButtons(props: Order & { name: string; place: number; count: number }) {
  const { name, place, count, move, remove } = props
  return (
    <span className={css.order}>
      <IconButton
        compact
        label={`Move ${name} up`}
        icon={<ArrowUp aria-hidden />}
        isDisabled={place === 0}
        data-move="-1"
        onPress={() => move(place, -1)}
      />
      <IconButton
        compact
        label={`Move ${name} down`}
        icon={<ArrowDown aria-hidden />}
        isDisabled={place === count - 1}
        data-move="1"
        onPress={() => move(place, 1)}
      />
      <IconButton compact label={`Take ${name} out`} icon={<X aria-hidden />} onPress={() => remove(place)} />
    </span>
  )
}
