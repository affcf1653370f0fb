import { ChevronDown, ChevronUp, X } from 'lucide-react'
import { useEffect, useImperativeHandle, useRef, useState, type Ref } from 'react'
import { find, type Found, linesOn, paintFound, rangeOf, unpaintFound } from '../../editor/foundRanges.ts'
import type { WritingGroup } from '../../editor/WritingGroup.ts'
import { IconButton } from '../../ui/Button.tsx'
import css from './FindBar.module.css'

export interface FindBarHandle {
  /** Mod+F again: back into the field, all of it selected. */
  readonly focus: () => void
  readonly step: (by: 1 | -1) => void
}

export interface FindBarProps {
  /** The progress note's sections; the private note is a group of its own and is never looked through. */
  group: WritingGroup
  onClose: () => void
  ref?: Ref<FindBarHandle>
}

const SETTLED_MS = 200

/** Looks through the note that is being written. What is found is painted over the words and changes nothing. */
export function FindBar({ group, onClose, ref }: FindBarProps) {
  const input = useRef<HTMLInputElement>(null)
  const lines = useRef<ReturnType<typeof linesOn>>([])
  const found = useRef<readonly Found[]>([])
  const [wanted, setWanted] = useState('')
  const [at, setAt] = useState({ current: -1, of: 0 })

  const read = () => {
    lines.current = linesOn(group.fields.flatMap((field) => field.editor.getRootElement() ?? []))
  }
  const look = (text: string, near: number) => {
    found.current = find(lines.current, text)
    const current = Math.min(near, found.current.length - 1)
    paintFound(found.current, current)
    setAt({ current, of: found.current.length })
    return current
  }
  const show = (current: number) => {
    const one = found.current[current]
    const element = one?.line.element
    if (one === undefined || element === undefined) return
    element.scrollIntoView({ block: 'nearest' })
    // A long paragraph may be on the screen and its found words not.
    const range = rangeOf(one)
    if (range === null) return
    const live = document.createRange()
    live.setStart(range.startContainer, range.startOffset)
    live.setEnd(range.endContainer, range.endOffset)
    const { top, bottom } = live.getBoundingClientRect()
    if (top < 96 || bottom > window.innerHeight - 96) element.scrollIntoView({ block: 'center' })
  }
  const step = (by: 1 | -1) => {
    const { length } = found.current
    if (length === 0) return
    const current = (at.current + by + length) % length
    paintFound(found.current, current)
    setAt({ current, of: length })
    show(current)
  }
  useImperativeHandle(ref, () => ({ focus: () => input.current?.select(), step }))

  useEffect(() => {
    read()
    input.current?.focus()
    return unpaintFound
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- once: the bar begins with nothing looked for
  }, [])

  useEffect(() => {
    // The words can be written on while the bar is open; what is painted follows when the hand rests.
    let timer: ReturnType<typeof setTimeout> | undefined
    const stops = group.fields.map((field) =>
      field.editor.registerTextContentListener(() => {
        clearTimeout(timer)
        timer = setTimeout(() => {
          read()
          look(wanted, Math.max(at.current, 0))
        }, SETTLED_MS)
      }),
    )
    return () => {
      clearTimeout(timer)
      for (const stop of stops) stop()
    }
  })

  const said = wanted === '' ? '' : at.of === 0 ? 'Not found' : `${at.current + 1} of ${at.of}`
  return (
    <div role="search" aria-label="Find in note" className={css.bar}>
      <input
        ref={input}
        type="search"
        aria-label="Find in note"
        placeholder="Find in note"
        className={css.input}
        value={wanted}
        spellCheck={false}
        autoComplete="off"
        dir="auto"
        onChange={(event) => {
          const text = event.currentTarget.value
          setWanted(text)
          show(look(text, 0))
        }}
        onKeyDown={(event) => {
          if (event.nativeEvent.isComposing) return
          if (event.key === 'Enter') step(event.shiftKey ? -1 : 1)
          else if (event.key === 'Escape') onClose()
          else return
          event.preventDefault()
          event.stopPropagation()
        }}
      />
      <span role="status" className={css.count}>
        {said}
      </span>
      <IconButton compact label="Previous" icon={<ChevronUp aria-hidden />} onPress={() => step(-1)} />
      <IconButton compact label="Next" icon={<ChevronDown aria-hidden />} onPress={() => step(1)} />
      <IconButton compact label="Close find" icon={<X aria-hidden />} onPress={onClose} />
    </div>
  )
}
