import { useEffect, useRef, useState } from 'react'
import type { NoteView } from '../../../shared/contract/notes.ts'
import { api } from '../../api/client.ts'
import { now } from '../../api/clock.ts'
import { sentenceFor } from '../../api/sentences.ts'
import { Button } from '../../ui/Button.tsx'
import css from './Write.module.css'

const AFTER_MS = 150
const AGAIN_MS = 500
const OVERDUE_MS = 5000
const NOT_SEALED =
  'Not sealed yet: this computer could not write it. Your words are saved; Bracket keeps trying. Please free some disk space.'

export interface SealingBarProps {
  note: NoteView
  refresh: () => Promise<void>
}

/** "Signed" with the seconds in which it can be undone; when they are over, asks until it is sealed. */
export function SealingBar({ note, refresh }: SealingBarProps) {
  const left = useSecondsUntil(note.sealingUntil ?? 0)
  const [trouble, setTrouble] = useState('')
  const [overdue, setOverdue] = useState(false)
  const bar = useRef<HTMLDivElement>(null)

  useEffect(() => bar.current?.focus(), [])
  useEffect(() => {
    const timer = setTimeout(
      () => setOverdue(true),
      Math.max(0, (note.sealingUntil ?? 0) - now()) + OVERDUE_MS,
    )
    return () => clearTimeout(timer)
  }, [note.sealingUntil])

  useEffect(() => {
    let timer = setTimeout(
      function ask() {
        void refresh()
        timer = setTimeout(ask, AGAIN_MS)
      },
      Math.max(0, (note.sealingUntil ?? 0) - now()) + AFTER_MS,
    )
    return () => clearTimeout(timer)
  }, [note.sealingUntil, refresh])

  const undo = async () => {
    try {
      await api.notes.undoSign({ noteId: note.id })
    } catch (error) {
      setTrouble(sentenceFor(error))
    }
    await refresh()
  }
  return (
    // The focus goes to the bar and not to Undo: a second Enter must not take the signature back.
    <div className={css.sealing} ref={bar} tabIndex={-1}>
      <span role="status" aria-label="Signing">
        {left > 0
          ? 'Signed. You can leave; for ten seconds it can be undone.'
          : overdue
            ? NOT_SEALED
            : 'Sealing…'}
      </span>
      {left > 0 && (
        <Button compact onPress={() => void undo()}>
          Undo ({left})
        </Button>
      )}
      <span role="alert">{trouble}</span>
    </div>
  )
}

/** Whole seconds left, counted from the moment itself and not from the clock's full seconds. */
function useSecondsUntil(until: number): number {
  const count = () => Math.max(0, Math.ceil((until - now()) / 1000))
  const [left, setLeft] = useState(count)
  useEffect(() => {
    const timer = setInterval(() => setLeft(Math.max(0, Math.ceil((until - now()) / 1000))), 200)
    return () => clearInterval(timer)
  }, [until])
  return left
}
