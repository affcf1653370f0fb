import { Plus } from 'lucide-react'
import { Button, Toolbar } from 'react-aria-components'
import type { PrivatePrompt } from '../../../shared/document/privateDocument.ts'
import css from './PrivatePane.module.css'

export interface PromptsProps {
  prompts: readonly PrivatePrompt[]
  onChoose: (key: string) => void
}

/** What a private note may be asked to hold; none of it has to be. One stop for Tab, arrows from one to the next. */
export function Prompts({ prompts, onChoose }: PromptsProps) {
  if (prompts.length === 0) return null
  return (
    <Toolbar aria-label="Prompts" className={css.prompts ?? ''}>
      {prompts.map(({ key, label }) => (
        <Button key={key} className={css.chip ?? ''} onPress={() => onChoose(key)}>
          <Plus aria-hidden />
          {label}
        </Button>
      ))}
    </Toolbar>
  )
}
