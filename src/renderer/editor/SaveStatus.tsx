import { CircleAlert } from 'lucide-react'
import { useSyncExternalStore } from 'react'
import { dayText, relativeDayText, timeText } from '../api/clock.ts'
import { sentences } from '../api/sentences.ts'
import type { SaveState, SaveStates } from './Autosave.ts'
import css from './SaveStatus.module.css'

/** Only whether it is a conflict: what holds the editors must not render at each save. */
export function useConflict(autosave: SaveStates): boolean {
  return useSyncExternalStore(
    (listener) => autosave.subscribe(listener),
    () => autosave.state.kind === 'conflict',
  )
}

/** "Saved 2:02 PM", with the day when it is not today's. */
export function savedText(at: number): string {
  const day = relativeDayText(at) === 'Today' ? '' : `${dayText(at)}, `
  return `Saved ${day}${timeText(at)}`
}

/** What the saved state says. `standing` is what holds as long as nothing was typed. */
export function saveSentence(state: SaveState, standing: string): string {
  switch (state.kind) {
    case 'clean':
      return standing
    case 'dirty':
    case 'saving':
      // One sentence from the first key until the answer: nothing blinks, and "Saved" is never said early.
      return 'Saving…'
    case 'saved':
      return savedText(state.at)
    case 'failed':
      return `Not saved yet: ${sentences[state.code]}`
    case 'conflict':
      return 'Not saved yet: this note was changed somewhere else. Both versions are shown; nothing was overwritten.'
  }
}

export interface SaveStatusProps {
  autosave: SaveStates
  /** "Saved 2:02 PM" or "Restored to 2:02 PM", or nothing for a note in which nothing is written. */
  standing: string
  label: string
}

/** The saved state, with its exact time. */
export function SaveStatus({ autosave, standing, label }: SaveStatusProps) {
  const state = useSyncExternalStore(
    (listener) => autosave.subscribe(listener),
    () => autosave.state,
  )
  const trouble = state.kind === 'failed' || state.kind === 'conflict'
  return (
    <div role="status" aria-label={label} className={trouble ? css.trouble : css.status}>
      {trouble && <CircleAlert aria-hidden />}
      <span>{saveSentence(state, standing)}</span>
    </div>
  )
}
