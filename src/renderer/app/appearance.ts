import { useEffect } from 'react'
import type { Preferences } from '../../shared/contract/app.ts'

/** Puts theme, note font and text size on the root element, where tokens.css reads them. */
export function useAppearance({ theme, noteFont, textSize }: Preferences): void {
  useEffect(() => {
    const root = document.documentElement
    if (theme === 'system') delete root.dataset.theme
    else root.dataset.theme = theme
    root.dataset.noteFont = noteFont
    root.style.fontSize = textSize === 100 ? '' : `${textSize}%`
  }, [theme, noteFont, textSize])
}
