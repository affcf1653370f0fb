import { useEffect } from 'react'
import { markPainted } from './mark.ts'

export { markPainted }

/** Marks `painted:<screen>` each time `data` arrives or changes; nothing while it is undefined. */
export function usePainted(screen: string, data: unknown): void {
  useEffect(() => {
    if (data !== undefined) markPainted(screen)
  }, [screen, data])
}
