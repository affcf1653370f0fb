import { clipboard } from 'electron'

const KEPT_MS = 30_000

export interface Clipboard {
  put(text: string): void
  clear(): Promise<void>
}

/**
 * The clipboard, taken back after half a minute if what we put there is still there. Histories and cloud
 * clipboards of the system cannot be kept out from here; the settings say so.
 */
export function createClipboard(): Clipboard {
  let held: string | null = null
  let timer: NodeJS.Timeout | undefined

  async function clear(): Promise<void> {
    clearTimeout(timer)
    const ours = held
    held = null
    // Answers at once in older Electrons and with a promise in newer ones.
    if (ours !== null && plain(await Promise.resolve(clipboard.readText())) === plain(ours))
      await Promise.resolve(clipboard.clear())
  }

  return {
    put(text) {
      void clipboard.writeText(text)
      held = text
      clearTimeout(timer)
      timer = setTimeout(() => void clear().catch(() => undefined), KEPT_MS)
    },
    clear,
  }
}

/** Windows hands back other line ends than it was given. */
const plain = (text: string): string => text.replaceAll('\r\n', '\n')
