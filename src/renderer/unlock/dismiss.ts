import { useEffect } from 'react'
import { vaultApi } from '../api/client.ts'

/** Closes the small window over the application; nothing is done. */
export const dismiss = () => void vaultApi.vault.dismiss({}).catch(() => undefined)

/** Esc dismisses it. */
export function useEscape(): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key === 'Escape') dismiss()
    }
    window.addEventListener('keydown', onKey)
    return () => window.removeEventListener('keydown', onKey)
  }, [])
}
