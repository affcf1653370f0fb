import { api } from '../api/client.ts'

/** What the event puts on the clipboard: an editor has said so by itself, a field and the page have not. */
function copiedText(event: ClipboardEvent): string {
  if (event.defaultPrevented) return event.clipboardData?.getData('text/plain') ?? ''
  const { target } = event
  if (target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement) {
    // The browser copies nothing from a password field, and neither do we.
    if (target.type === 'password') return ''
    return target.value.slice(target.selectionStart ?? 0, target.selectionEnd ?? 0)
  }
  return event.type === 'copy' ? (document.getSelection()?.toString() ?? '') : ''
}

/**
 * Whatever is copied on this page, editor or not, is handed to main as well, which takes it off the clipboard
 * again after half a minute.
 */
export function takeCopiesBack(): void {
  const onCopy = (event: ClipboardEvent) => {
    const text = copiedText(event)
    // Copied text that cannot be handed over stays on the clipboard as any other program's would.
    if (text !== '') api.app.copy({ text }).catch(() => undefined)
  }
  document.addEventListener('copy', onCopy)
  document.addEventListener('cut', onCopy)
}
