import { useCallback, useEffect, useState } from 'react'
import { elapsedText } from '../api/duration.ts'
import { vaultApi } from '../api/client.ts'

/** Milliseconds until the next try, counting down by the second; 0 when one may try. */
export function useWait(firstMs: number): { left: number; refresh: () => Promise<void> } {
  const [now, setNow] = useState(() => Date.now())
  const [until, setUntil] = useState(() => now + firstMs)
  // From one look at the clock: of two, the second may be a millisecond on, and nothing would count that down.
  const begin = useCallback((waitMs: number): void => {
    const at = Date.now()
    setNow(at)
    setUntil(at + waitMs)
  }, [])
  useEffect(() => {
    // Main said so again: another window's tries count as well.
    begin(firstMs)
  }, [begin, firstMs])
  const left = Math.max(0, until - now)
  useEffect(() => {
    if (until <= Date.now()) return
    const timer = setInterval(() => {
      setNow(Date.now())
      if (Date.now() >= until) clearInterval(timer)
    }, 250)
    return () => clearInterval(timer)
  }, [until])
  /** After a refusal: how long main wants one to wait. */
  const refresh = async () => {
    const { waitMs } = await vaultApi.vault.state({})
    begin(waitMs)
  }
  return { left, refresh }
}

/** Said once; the seconds beside it run on without being read aloud. */
export function Waiting({ left }: { left: number }) {
  return (
    <span>
      Several tries did not match, so there is a short pause. Your notes are safe. Try again in{' '}
      <span role="timer" aria-live="off">
        {elapsedText(Math.ceil(left / 1000) * 1000)}
      </span>
      .
    </span>
  )
}
