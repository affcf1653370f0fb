import type { Page } from '@playwright/test'
import { readFileSync } from 'node:fs'
import path from 'node:path'

export interface Clipboard {
  readonly plain?: string
  readonly html?: string
  /** A small picture, as a screenshot leaves it. */
  readonly picture?: boolean
}

/** Markup as another program leaves it on the clipboard (written for these tests). */
export const copiedFrom = (program: 'word' | 'docs' | 'page'): string =>
  readFileSync(path.join(import.meta.dirname, 'clipboard', `${program}.html`), 'utf8')

/** A paste into whatever has the focus, with this on the clipboard. */
export function pasteInto(page: Page, clipboard: Clipboard): Promise<void> {
  return page.evaluate(({ plain, html, picture }) => {
    const data = new DataTransfer()
    if (plain !== undefined) data.setData('text/plain', plain)
    if (html !== undefined) data.setData('text/html', html)
    if (picture === true) data.items.add(new File([new Uint8Array(8)], 'image.png', { type: 'image/png' }))
    const event = new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true })
    document.activeElement?.dispatchEvent(event)
  }, clipboard)
}
