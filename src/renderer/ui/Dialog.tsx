import { createContext, useContext, useRef, useState, type FormEvent, type ReactNode } from 'react'
import { Dialog as AriaDialog, Heading, Modal, ModalOverlay } from 'react-aria-components'
import { Button, type ButtonVariant } from './Button.tsx'
import { cx } from './cx.ts'
import { useFocusWrong } from './focusWrong.ts'
import css from './Dialog.module.css'

export interface DialogProps {
  title: string
  lead?: ReactNode
  isOpen: boolean
  onClose: () => void
  wide?: boolean
  /** `alertdialog` for a question about something that cannot be undone. */
  role?: 'dialog' | 'alertdialog'
  /** Something was typed that would go with the dialog: leaving it asks first. */
  holdsWords?: boolean
  children: ReactNode
}

/** How what is inside leaves a dialog that asks first; null where it simply closes. */
const Leave = createContext<(() => void) | null>(null)

/** A layer over the screen; Esc and a press beside it close it, focus goes back where it was. */
export function Dialog({
  title,
  lead,
  isOpen,
  onClose,
  wide = false,
  role = 'dialog',
  holdsWords = false,
  children,
}: DialogProps) {
  const [asking, setAsking] = useState(false)
  const ask = () => setAsking(true)
  const last = useRef<HTMLElement>(null)
  const goOn = () => {
    setAsking(false)
    // A press beside the dialog took the focus away before the question could remember where it was.
    setTimeout(() => {
      if (document.activeElement === document.body) last.current?.focus()
    }, 50)
  }
  return (
    <ModalOverlay
      className={css.veil ?? ''}
      isOpen={isOpen}
      onOpenChange={(open) => {
        if (open) return
        if (holdsWords) ask()
        else onClose()
      }}
      isDismissable={role === 'dialog'}
    >
      <Modal className={cx(css.modal, wide && css.wide)} data-veil>
        <AriaDialog className={css.dialog ?? ''} role={role}>
          <div className={css.head}>
            <Heading slot="title" className={css.title ?? ''}>
              {title}
            </Heading>
            {lead !== undefined && <p className={css.lead}>{lead}</p>}
          </div>
          <Leave value={holdsWords ? ask : null}>
            <div
              className={css.inside}
              onFocusCapture={(event) => {
                if (event.target instanceof HTMLElement) last.current = event.target
              }}
            >
              {children}
            </div>
          </Leave>
        </AriaDialog>
      </Modal>
      {asking && <AskFirst onKeep={goOn} onThrowAway={onClose} />}
    </ModalOverlay>
  )
}

/** Half a text must not go with one key or a press beside it. */
function AskFirst({ onKeep, onThrowAway }: { onKeep: () => void; onThrowAway: () => void }) {
  return (
    <Dialog title="Throw away what you wrote?" role="alertdialog" isOpen onClose={onKeep}>
      <div className={css.foot}>
        <span className={css.trouble} />
        <Button variant="primary" autoFocus onPress={onKeep}>
          Keep writing
        </Button>
        <Button variant="danger" onPress={onThrowAway}>
          Throw away
        </Button>
      </div>
    </Dialog>
  )
}

export interface DialogFormProps {
  children?: ReactNode
  /** What the main button says. */
  action: string
  variant?: ButtonVariant
  busy?: boolean
  /** A sentence about the whole, beside the buttons. */
  trouble?: string | undefined
  onSubmit: () => void
  onCancel: () => void
  cancel?: string
}

const mac = typeof navigator !== 'undefined' && navigator.userAgent.includes('Macintosh')

/** The usual inside of a dialog: fields, then the buttons in the platform's order. */
export function DialogForm(props: DialogFormProps) {
  const { form, tried } = useFocusWrong(props.busy === true)
  const cancel = useContext(Leave) ?? props.onCancel
  const submit = (event: FormEvent) => {
    event.preventDefault()
    // The form's React event would bubble through the portal to a form around the dialog.
    event.stopPropagation()
    if (props.busy === true) return
    props.onSubmit()
    tried()
  }
  return (
    <form ref={form} onSubmit={submit} noValidate className={css.dialog}>
      {props.children !== undefined && <div className={css.body}>{props.children}</div>}
      {/* The main button comes last on macOS and first of the two on Windows; Tab follows what is seen. */}
      <div className={css.foot}>
        <span role="alert" className={css.trouble}>
          {props.trouble}
        </span>
        {mac && (
          <Button onPress={cancel} variant="plain">
            {props.cancel ?? 'Cancel'}
          </Button>
        )}
        <Button type="submit" variant={props.variant ?? 'primary'} busy={props.busy === true}>
          {props.action}
        </Button>
        {!mac && (
          <Button onPress={cancel} variant="plain">
            {props.cancel ?? 'Cancel'}
          </Button>
        )}
      </div>
    </form>
  )
}
