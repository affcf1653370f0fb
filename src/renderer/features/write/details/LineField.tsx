import { useEffect, useId, useRef, useState } from 'react'
import { cx } from '../../../ui/cx.ts'
import css from './Details.module.css'

export interface LineFieldProps {
  label: string
  /** The label is read aloud and not shown: what stands beside the field says the same. */
  labelHidden?: boolean
  placeholder?: string
  max: number
  /** What stands in it when it comes on the screen; from then on the field itself holds the words. */
  start: string
  /** Runs on every key: it must only take note. */
  onWrite: (text: string) => void
  /** A sentence under the field, read with it. */
  hint?: string | undefined
  className?: string | undefined
  /** The first half of a pair: Enter goes on to the second. */
  pair?: 'first'
  /** The pen goes on here when it comes on the screen. */
  startFocused?: boolean
}

/**
 * A line of the structured half. It renders once, and a key reaches nothing of React; it grows with what is in it.
 * What does not fit is not cut: a paste that is too long stays on the clipboard, and the field says so.
 */
export function LineField({
  label,
  labelHidden = false,
  max,
  start,
  onWrite,
  hint,
  ...rest
}: LineFieldProps) {
  const [first] = useState(start)
  const [notice, setNotice] = useState('')
  const latest = useRef(onWrite)
  const area = useRef<HTMLTextAreaElement>(null)
  const id = useId()
  useEffect(() => {
    latest.current = onWrite
  })
  useEffect(() => {
    const field = area.current
    if (field === null) return undefined
    const said = notices(field, max)
    const take = (event: ClipboardEvent | DragEvent) => {
      const carried = event instanceof ClipboardEvent ? event.clipboardData : event.dataTransfer
      const problem = said.tooLong(carried?.getData('text/plain') ?? '')
      setNotice(problem)
      if (problem !== '') event.preventDefault()
    }
    const typed = (event: InputEvent) => setNotice(event.inputType.startsWith('insert') ? said.full() : '')
    const written = () => latest.current(field.value.replaceAll('\u0000', ''))
    field.addEventListener('paste', take)
    field.addEventListener('drop', take)
    field.addEventListener('beforeinput', typed)
    field.addEventListener('input', written)
    return () => {
      field.removeEventListener('paste', take)
      field.removeEventListener('drop', take)
      field.removeEventListener('beforeinput', typed)
      field.removeEventListener('input', written)
    }
  }, [max])

  const described = [...(notice === '' ? [] : [`${id}notice`]), ...(hint === undefined ? [] : [`${id}hint`])]
  return (
    <div className={cx(css.line, rest.className)}>
      <label htmlFor={id} className={labelHidden ? css.hiddenLabel : css.lineLabel}>
        {label}
      </label>
      <textarea
        ref={area}
        id={id}
        className={css.lineInput}
        rows={1}
        dir="auto"
        autoComplete="off"
        spellCheck={false}
        maxLength={max}
        defaultValue={first}
        placeholder={rest.placeholder}
        data-pair={rest.pair}
        autoFocus={rest.startFocused === true}
        aria-describedby={described.length === 0 ? undefined : described.join(' ')}
      />
      {hint !== undefined && (
        <p id={`${id}hint`} className={css.hint}>
          {hint}
        </p>
      )}
      <p role="alert" id={`${id}notice`} className={notice === '' ? undefined : css.notice}>
        {notice}
      </p>
    </div>
  )
}

/** What to say about words that do not fit; nothing of them is in the sentence. */
function notices(field: HTMLTextAreaElement, max: number) {
  const left = () => max - field.value.length + (field.selectionEnd - field.selectionStart)
  return {
    tooLong(text: string): string {
      const length = text.replace(/\r\n?/gu, '\n').length
      if (length <= left()) return ''
      return `${counted(length)} do not fit: this field takes ${max}. Nothing was put in; what you copied is still there to paste elsewhere.`
    },
    full: (): string => (left() > 0 ? '' : `This field is full at ${counted(max)}.`),
  }
}

const counted = (count: number): string => `${count.toLocaleString('en-US')} letters`
