/*
 * F6 and Shift+F6: from pane to pane. A pane is a landmark with a name: the navigation, each named region of
 * the screen, or the whole screen where it has none.
 */
const PANES =
  'nav[aria-label], section[aria-label="Notices"], main section[aria-label], main aside[aria-label]'
const FOCUSABLE =
  '[contenteditable="true"], input:not([disabled]), textarea, select, button:not([disabled]), a[href], [tabindex="0"]'

function panes(): HTMLElement[] {
  const named = [...document.querySelectorAll<HTMLElement>(PANES)].filter(
    (pane) => pane.offsetParent !== null && pane.offsetHeight > 0,
  )
  const main = document.querySelector<HTMLElement>('main')
  if (main !== null && !named.some((pane) => main.contains(pane))) named.push(main)
  return named
}

function enter(pane: HTMLElement): void {
  const first = pane.matches('[tabindex]')
    ? null
    : [...pane.querySelectorAll<HTMLElement>(FOCUSABLE)].find((element) => element.offsetParent !== null)
  if (first !== undefined && first !== null) {
    first.focus()
    return
  }
  if (!pane.hasAttribute('tabindex')) pane.tabIndex = -1
  pane.focus()
}

/** Moves the focus to the next pane (`1`) or the one before (`-1`), round and round. */
export function stepPane(step: 1 | -1): void {
  const all = panes()
  if (all.length === 0) return
  // Regions lie inside one another at times: the innermost one that holds the focus counts.
  const holding = all.filter((pane) => pane.contains(document.activeElement))
  const here = holding.length === 0 ? -1 : all.indexOf(holding[holding.length - 1]!)
  const next = here === -1 ? (step === 1 ? 0 : all.length - 1) : (here + step + all.length) % all.length
  enter(all[next]!)
}
