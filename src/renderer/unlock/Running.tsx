import { useEffect, useState } from 'react'
import { elapsedText } from '../api/duration.ts'
import css from './Unlock.module.css'

/** The session's quiet card stays through a lock: a time, no name. */
export function Running({ since }: { since: number | null }) {
  const [start] = useState(() => Date.now() - (since ?? 0))
  const [now, setNow] = useState(() => Date.now())
  useEffect(() => {
    if (since === null) return
    const timer = setInterval(() => setNow(Date.now()), 1000)
    return () => clearInterval(timer)
  }, [since])
  if (since === null) return null
  return (
    <section className={css.running} aria-label="Session">
      <span>In session</span>
      <span role="timer" aria-live="off" className={css.elapsed}>
        {elapsedText(now - start)}
      </span>
    </section>
  )
}
