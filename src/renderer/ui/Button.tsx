import type { ReactNode, Ref } from 'react'
import { Button as AriaButton, type ButtonProps as AriaButtonProps } from 'react-aria-components'
import { cx } from './cx.ts'
import css from './Button.module.css'

export type ButtonVariant = 'plain' | 'primary' | 'quiet' | 'danger' | 'private'

export interface ButtonProps extends Omit<AriaButtonProps, 'className' | 'style' | 'children'> {
  /** One primary button a screen; danger for what cannot be undone; private is plum. */
  variant?: ButtonVariant
  compact?: boolean
  /** At work: looks so, and stays where the focus is. Whoever handles the press ignores a second one. */
  busy?: boolean
  icon?: ReactNode
  children: ReactNode
  ref?: Ref<HTMLButtonElement>
}

export function Button({
  variant = 'plain',
  compact = false,
  busy = false,
  icon,
  children,
  ...rest
}: ButtonProps) {
  return (
    <AriaButton {...rest} className={cx(css.button, css[variant], compact && css.compact, busy && css.busy)}>
      {icon}
      {children}
    </AriaButton>
  )
}

export interface IconButtonProps extends Omit<ButtonProps, 'children' | 'variant' | 'icon'> {
  /** What it does: read aloud, and shown on hover. */
  label: string
  /** Shown on hover instead, where the label holds a name or words of a note: those are not to float about. */
  hint?: string
  icon: ReactNode
}

export function IconButton({ label, hint = label, icon, compact = false, ...rest }: IconButtonProps) {
  return (
    <AriaButton
      {...rest}
      aria-label={label}
      className={cx(css.button, css.icon, compact && css.compact)}
      // React Aria keeps `title` to itself.
      render={(props) => <button {...props} title={hint} />}
    >
      {icon}
    </AriaButton>
  )
}
