import type { FormEvent, ReactNode } from 'react'
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
  children: ReactNode
}

/** A layer over the screen; Esc and a press beside it close it, focus goes back where it was. */
export function Dialog({
  title,
  lead,
  isOpen,
  onClose,
  wide = false,
  role = 'dialog',
  children,
}: DialogProps) {
  return (
    <ModalOverlay
      className={css.veil ?? ''}
      isOpen={isOpen}
      onOpenChange={(open) => {
        if (!open) onClose()
      }}
      isDismissable={role === 'dialog'}
    >
      <Modal className={cx(css.modal, wide && css.wide)}>
        <AriaDialog className={css.dialog ?? ''} role={role}>
          <div className={css.head}>
            <Heading slot="title" className={css.title ?? ''}>
              {title}
            </Heading>
            {lead !== undefined && <p className={css.lead}>{lead}</p>}
          </div>
          {children}
        </AriaDialog>
      </Modal>
    </ModalOverlay>
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
          <Button onPress={props.onCancel} variant="plain">
            {props.cancel ?? 'Cancel'}
          </Button>
        )}
        <Button type="submit" variant={props.variant ?? 'primary'} busy={props.busy === true}>
          {props.action}
        </Button>
        {!mac && (
          <Button onPress={props.onCancel} variant="plain">
            {props.cancel ?? 'Cancel'}
          </Button>
        )}
      </div>
    </form>
  )
}
