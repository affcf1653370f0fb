import { appendFileSync, mkdirSync, renameSync, statSync } from 'node:fs'
import path from 'node:path'

const LIMIT_BYTES = 256 * 1024
/** What may stand in a log: names from our own code. Anything else becomes a dash, so that no text gets in. */
const CODE = /^[\w.:-]{1,80}$/u

export type Log = (event: string, code?: string) => void

/** A small log of codes: when, what, which code. Never a message, a path or a word anybody wrote. */
export function openLog(directory: string, now: () => number): Log {
  const file = path.join(directory, 'bracket.log')
  return (event, code = '') => {
    const safe = [event, code].map((part) => (part === '' || CODE.test(part) ? part : '-'))
    try {
      mkdirSync(directory, { recursive: true, mode: 0o700 })
      if (sizeOf(file) > LIMIT_BYTES) renameSync(file, `${file}.1`)
      appendFileSync(file, `${new Date(now()).toISOString()} ${safe.join(' ').trim()}\n`, { mode: 0o600 })
    } catch {
      // A log that cannot be written must not stop anybody's work.
    }
  }
}

function sizeOf(file: string): number {
  try {
    return statSync(file).size
  } catch {
    return 0
  }
}
