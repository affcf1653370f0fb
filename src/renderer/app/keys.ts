import { useEffect, useRef } from 'react'

/** "Mod+Shift+F" → what to do. Mod is Ctrl, or ⌘ on macOS. */
export type KeyTable = Readonly<Record<string, () => void>>

/** The combination of a key event as the tables write it, or null for a bare letter. */
export function comboOf(event: KeyboardEvent, mac: boolean): string | null {
  const mod = mac ? event.metaKey : event.ctrlKey
  const bare = !mod && !event.altKey
  const key = event.key.length === 1 ? event.key.toUpperCase() : event.key
  if (bare && !/^F\d+$/u.test(key)) return null
  // "Mod+/" needs Shift on many keyboards; a sign is what it is, however it was typed.
  const sign = key.length === 1 && !/[A-Z0-9]/u.test(key)
  return [mod && 'Mod', event.altKey && 'Alt', event.shiftKey && !sign && 'Shift', key]
    .filter((part) => part !== false)
    .join('+')
}

/** Listens on the whole page, after whoever has the focus: an editor may take a key for itself. */
export function useKeys(table: KeyTable, mac: boolean): void {
  const latest = useRef(table)
  useEffect(() => {
    latest.current = table
  })
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.isComposing) return
      const combo = comboOf(event, mac)
      const act = combo === null ? undefined : latest.current[combo]
      if (act === undefined) return
      event.preventDefault()
      act()
    }
    window.addEventListener('keydown', onKey)
    return () => window.removeEventListener('keydown', onKey)
  }, [mac])
}
