import type { Place } from '../../shared/contract/app.ts'
import { api } from './client.ts'

/*
 * Where the person is, told to main now and then, so that unlocking brings screen and caret back. The page
 * itself is destroyed at every lock. Ids and offsets only, never text.
 */
export type Caret = NonNullable<Place['caret']>

const DELAY_MS = 400
const START: Place = { path: '/today', caret: null, scroll: 0 }

let current: Place = START
let restored: Place | null = null
let timer: ReturnType<typeof setTimeout> | undefined
let told: Place = START

function later(): void {
  clearTimeout(timer)
  timer = setTimeout(() => void tellPlace(), DELAY_MS)
}

/** Tells main at once; also part of the flush before a lock. Never throws: a lost place is no loss of words. */
export async function tellPlace(): Promise<void> {
  clearTimeout(timer)
  if (current === told) return
  told = current
  await api.app.rememberPlace(current).catch(() => undefined)
}

/** At the start of the page: the place to go back to. */
export function restorePlace(place: Place | null): void {
  restored = place
  current = place ?? START
  told = current
}

export function reportPath(path: string): void {
  if (current.path === path) return
  if (restored !== null && restored.path !== path) restored = null
  current = { path, caret: null, scroll: 0 }
  later()
}

export function reportScroll(scroll: number): void {
  if (Math.abs(current.scroll - scroll) < 1) return
  current = { ...current, scroll: Math.max(0, scroll) }
  later()
}

/** The editor says where the caret is; null when it has none. */
export function reportCaret(caret: Caret | null): void {
  current = { ...current, caret }
  later()
}

/** The caret to restore on the screen that was left, once; null ever after. */
export function initialCaret(): Caret | null {
  const caret = restored?.caret ?? null
  if (restored !== null) restored = { ...restored, caret: null }
  return caret
}

/** The scroll position to restore, once; 0 ever after. */
export function initialScroll(): number {
  const scroll = restored?.scroll ?? 0
  if (restored !== null) restored = { ...restored, scroll: 0 }
  return scroll
}
