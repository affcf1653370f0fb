import { useEffect } from 'react'

/**
 * `performance.mark('painted:<screen>')` once the frame that shows the data has reached the screen: the
 * second animation frame comes after the first one's paint. The bench reads these marks.
 */
export function markPainted(screen: string): void {
  requestAnimationFrame(() => requestAnimationFrame(() => performance.mark(`painted:${screen}`)))
}

/** Marks `painted:<screen>` each time `data` arrives or changes; nothing while it is undefined. */
export function usePainted(screen: string, data: unknown): void {
  useEffect(() => {
    if (data !== undefined) markPainted(screen)
  }, [screen, data])
}
