import { useEffect, useState } from 'react'
import { elapsedText } from '../api/duration.ts'
import { vaultApi } from '../api/client.ts'

/** Milliseconds until the next try, counting down by the second; 0 when one may try. */
export function useWait(firstMs: number): { left: number; refresh: () => Promise<void> } {
  const [until, setUntil] = useState(() => Date.now() + firstMs)
  const [now, setNow] = useState(() => Date.now())
  useEffect(() => {
    // Main said so again: another window's tries count as well.
    setNow(Date.now())
    setUntil(Date.now() + firstMs)
  }, [firstMs])
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
    setNow(Date.now())
    setUntil(Date.now() + waitMs)
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
