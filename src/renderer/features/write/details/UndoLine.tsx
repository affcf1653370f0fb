import { Undo2 } from 'lucide-react'
import { useEffect, useRef } from 'react'
import { Button } from '../../../ui/Button.tsx'
import css from './Details.module.css'

interface UndoLineProps {
  text: string
  onUndo: () => void
  /** What had the focus has gone; the way back takes it. */
  takesFocus?: boolean
}

/** Something with words in it was taken away: it says so where it stood, and one press brings it back. */
export function UndoLine({ text, onUndo, takesFocus = false }: UndoLineProps) {
  const line = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (takesFocus) line.current?.querySelector('button')?.focus()
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- once, when it comes
  }, [])
  return (
    <div ref={line} className={css.undo}>
      <span role="status">{text}</span>
      <Button compact variant="quiet" icon={<Undo2 aria-hidden />} onPress={onUndo}>
        Undo
      </Button>
    </div>
  )
}
