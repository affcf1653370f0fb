import { useEffect, useRef } from 'react'

export interface WriteKeys {
  readonly save: () => void
  readonly swap: () => void
  /** Words over the wall, either way; absent where nothing can be moved any more. */
  readonly cross?: () => void
  readonly step: (by: 1 | -1) => void
  readonly sign: () => void
  readonly print: () => void
  readonly focusMode: () => void
  /** These only while the note is being written. */
  readonly find?: () => void
  /** F3: true when something is being looked for. */
  readonly findStep?: (by: 1 | -1) => boolean
  readonly carry?: () => void
  /** Mod+Alt+1 … 9: true when there is such a section. */
  readonly send?: (event: KeyboardEvent) => boolean
  /** Returns true when the key was one of the format's. */
  readonly format: (event: KeyboardEvent) => boolean
}

/** Write's own keys, taken before the editor sees them, and left alone while a dialog lies over the screen. */
export function useWriteKeys(keys: WriteKeys, mac: boolean): void {
  const latest = useRef(keys)
  useEffect(() => {
    latest.current = keys
  })
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const mod = mac ? event.metaKey : event.ctrlKey
      if (
        (!mod && event.key !== 'F3') ||
        event.isComposing ||
        document.querySelector('[role="dialog"], [role="alertdialog"]') !== null
      )
        return
      if (!take(event, latest.current)) return
      event.preventDefault()
      event.stopPropagation()
    }
    window.addEventListener('keydown', onKey, true)
    return () => window.removeEventListener('keydown', onKey, true)
  }, [mac])
}

function take(event: KeyboardEvent, keys: WriteKeys): boolean {
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key
  if (event.key === 'F3') return keys.findStep?.(event.shiftKey ? -1 : 1) ?? false
  if (event.altKey) {
    if (keys.send?.(event) === true) return true
    if (key !== 'ArrowUp' && key !== 'ArrowDown') return false
    keys.step(key === 'ArrowUp' ? -1 : 1)
    return true
  }
  if (event.shiftKey && key === 'd' && keys.carry !== undefined) {
    keys.carry()
    return true
  }
  if (event.shiftKey && key === 'j' && keys.cross !== undefined) {
    keys.cross()
    return true
  }
  if (event.shiftKey) return keys.format(event)
  const act = {
    f: keys.find,
    s: keys.save,
    j: keys.swap,
    '.': keys.focusMode,
    Enter: keys.sign,
    p: keys.print,
  }[key]
  if (act === undefined) return false
  act()
  return true
}
