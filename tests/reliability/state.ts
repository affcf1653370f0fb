import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { nothingYet, type Report } from './trial.ts'

/** What is known of one trial: here and in out/reliability.json. */
export interface Outcome {
  readonly name: string
  readonly says: string
  /** The figure of security.md for a release, and how many were asked for here. */
  readonly release: number
  readonly wanted: number
  readonly report: Report
  readonly complaints: readonly string[]
  /** Why it could not be run, or null. */
  readonly notRun: string | null
  readonly ms: number
  /** ISO 8601. */
  readonly at: string
  readonly versions: Readonly<Record<string, string>>
}

export interface State {
  /** Of the sources and what was asked for: with others the rounds done would say nothing. */
  readonly of: string
  outcomes: Record<string, Outcome>
}

/** Where an interrupted run stood; an empty one if there was none, or of something else. */
export function readState(path: string, of: string): State {
  try {
    const state = JSON.parse(readFileSync(path, 'utf8')) as State
    if (state.of === of) return state
  } catch {
    // None there, or half a one.
  }
  return { of, outcomes: {} }
}

export function writeState(path: string, state: State): void {
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(`${path}.new`, JSON.stringify(state, null, 2))
  renameSync(`${path}.new`, path)
}

export function reportOf(state: State, name: string): Report {
  return state.outcomes[name]?.report ?? nothingYet
}
