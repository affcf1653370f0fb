import { ChevronRight } from 'lucide-react'
import type { ReactNode } from 'react'
import { Button, Disclosure as AriaDisclosure, DisclosurePanel, Heading } from 'react-aria-components'
import css from './Disclosure.module.css'

export interface DisclosureProps {
  title: ReactNode
  children: ReactNode
  isExpanded?: boolean
  onExpandedChange?: (expanded: boolean) => void
  level?: 2 | 3 | 4
}

/** A heading that folds what is under it. */
export function Disclosure({ title, children, level = 3, ...rest }: DisclosureProps) {
  return (
    <AriaDisclosure {...rest} className={css.disclosure ?? ''}>
      <Heading level={level} className={css.heading ?? ''}>
        <Button slot="trigger" className={css.trigger ?? ''}>
          <ChevronRight aria-hidden />
          {title}
        </Button>
      </Heading>
      <DisclosurePanel>{children}</DisclosurePanel>
    </AriaDisclosure>
  )
}
