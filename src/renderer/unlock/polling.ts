import { useEffect, useState } from 'react'

const POLL_MS = 250

/**
 * What main says now and a few times a second from then on; null until it has. Asks main alone, and is no activity to
 * the idle lock: that counts keys and the mouse. `ask` must be one and the same function each time.
 */
export function usePolled<T>(ask: () => Promise<T>): T | null {
  const [now, setNow] = useState<T | null>(null)
  useEffect(() => {
    // An answer that fails is asked for again; what was there stays.
    const poll = () => void ask().then(setNow, () => undefined)
    poll()
    const timer = setInterval(poll, POLL_MS)
    return () => clearInterval(timer)
  }, [ask])
  return now
}
