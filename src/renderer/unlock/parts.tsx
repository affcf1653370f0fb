import { useId, useState, type ComponentProps, type FormEvent, type ReactNode } from 'react'
import { cx } from '../ui/cx.ts'
import { useFocusWrong } from '../ui/focusWrong.ts'
import button from '../ui/Button.module.css'
import field from '../ui/Field.module.css'
import css from './Unlock.module.css'

/** As the contract's PASSPHRASE_MAX, whose file would bring a library along; a test holds the two together. */
export const SECRET_UNITS = 8000

/* Plain elements in the application's clothes: this page has to paint at once, so it carries no library. */

export interface PushProps extends ComponentProps<'button'> {
  look?: 'plain' | 'primary' | 'quiet' | 'private' | 'danger'
  /** At work: it says so, does nothing, and keeps the focus, which a disabled button would lose. */
  busy?: boolean
}

export const Push = ({ look = 'plain', type = 'button', busy = false, onClick, ...rest }: PushProps) => (
  <button
    {...rest}
    type={type}
    aria-disabled={busy || undefined}
    className={cx(button.button, button[look], busy && button.busy)}
    onClick={(event) => {
      if (busy) event.preventDefault()
      else onClick?.(event)
    }}
  />
)

interface LineProps {
  label: string
  value: string
  onChange: (value: string) => void
  hint?: ReactNode
  error?: ReactNode
  autoFocus?: boolean
  autoComplete?: string
}

function useNotes(hint: ReactNode, error: ReactNode) {
  const id = useId()
  const described = [hint !== undefined && `${id}-hint`, error !== undefined && `${id}-error`]
  return {
    id,
    'aria-describedby': described.filter((part) => part !== false).join(' ') || undefined,
    'aria-invalid': error !== undefined || undefined,
  }
}

function Notes({ id, hint, error }: { id: string; hint: ReactNode; error: ReactNode }) {
  return (
    <>
      {hint !== undefined && (
        <p id={`${id}-hint`} className={field.hint}>
          {hint}
        </p>
      )}
      <div role="alert">
        {error !== undefined && (
          <p id={`${id}-error`} className={field.error}>
            {error}
          </p>
        )}
      </div>
    </>
  )
}

/** Hidden while typed, with a button that shows it. Nothing here is ever stored by the page. */
export function SecretField({ label, value, onChange, hint, error, autoFocus = false }: LineProps) {
  const [shown, setShown] = useState(false)
  const notes = useNotes(hint, error)
  return (
    <div className={cx(field.field, error !== undefined && field.wrong)}>
      <label htmlFor={notes.id} className={field.label}>
        {label}
      </label>
      <div className={cx(field.group, css.secret)}>
        <input
          {...notes}
          className={field.input}
          type={shown ? 'text' : 'password'}
          value={value}
          onChange={(event) => onChange(event.target.value)}
          autoFocus={autoFocus}
          autoComplete="off"
          autoCapitalize="off"
          spellCheck={false}
          maxLength={SECRET_UNITS}
        />
        <button
          type="button"
          className={css.reveal}
          aria-pressed={shown}
          aria-label="Show what is typed"
          onClick={() => setShown(!shown)}
        >
          {shown ? 'Hide' : 'Show'}
        </button>
      </div>
      <Notes id={notes.id} hint={hint} error={error} />
    </div>
  )
}

/** One word of a sheet. */
export function WordField({ label, value, onChange, error, autoFocus = false }: LineProps) {
  const notes = useNotes(undefined, error)
  return (
    <div className={cx(field.field, error !== undefined && field.wrong)}>
      <label htmlFor={notes.id} className={field.label}>
        {label}
      </label>
      <input
        {...notes}
        className={field.input}
        value={value}
        onChange={(event) => onChange(event.target.value)}
        autoFocus={autoFocus}
        autoComplete="off"
        autoCapitalize="off"
        spellCheck={false}
        maxLength={40}
      />
      <Notes id={notes.id} hint={undefined} error={error} />
    </div>
  )
}

/** All twelve words of a sheet, as they come: with numbers or without, on one line or twelve. */
export function SheetField({ label, value, onChange, hint, error, autoFocus = false }: LineProps) {
  const notes = useNotes(hint, error)
  return (
    <div className={cx(field.field, error !== undefined && field.wrong)}>
      <label htmlFor={notes.id} className={field.label}>
        {label}
      </label>
      <textarea
        {...notes}
        className={cx(field.input, field.area)}
        rows={3}
        value={value}
        onChange={(event) => onChange(event.target.value)}
        autoFocus={autoFocus}
        autoComplete="off"
        autoCapitalize="off"
        spellCheck={false}
        maxLength={600}
      />
      <Notes id={notes.id} hint={hint} error={error} />
    </div>
  )
}

export interface FormProps {
  onSubmit: () => void
  busy: boolean
  children: ReactNode
}

export function Form({ onSubmit, busy, children }: FormProps) {
  const { form, tried } = useFocusWrong(busy)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (busy) return
    onSubmit()
    tried()
  }
  return (
    <form ref={form} onSubmit={submit} noValidate className={css.form} aria-busy={busy}>
      {children}
    </form>
  )
}

/** What went wrong as a whole; read aloud when it appears. */
export const Trouble = ({ children }: { children: ReactNode }) => (
  <div role="alert">{children !== undefined && <p className={css.trouble}>{children}</p>}</div>
)
