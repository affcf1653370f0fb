import { useEffect, useId, useRef, useState, type ReactNode } from 'react'
import type { Section } from '../../shared/document/document.ts'
import { dayText } from '../api/clock.ts'
import { cx } from '../ui/cx.ts'
import { SectionField } from './SectionField.ts'
import { recordWords } from './spelling/spelling.ts'
import type { WordBook } from './spelling/WordBook.ts'
import { WritingAids } from './WritingAids.tsx'
import type { WritingGroup } from './WritingGroup.ts'
import prose from './prose.module.css'
import css from './SectionEditor.module.css'

const DAMAGED =
  'How this section was formatted could not be read, so it is shown as plain text. Every word is here and is kept.'

export interface SectionEditorProps {
  /** Names the textbox. */
  label: string
  /** What belongs here, shown while it is empty. */
  prompt: string
  /** What the editor starts from. A new one is taken up only when the component is mounted again. */
  section: Section
  group: WritingGroup
  /** Runs on every key: it must only take note. */
  changed: () => void
  /** The caret moved, at most every half second. */
  caretMoved?: (field: SectionField) => void
  tone?: 'record' | 'private'
  labelHidden?: boolean
  /** Which words are right here; the record's unless said otherwise. */
  words?: WordBook
  /** Beside the heading. */
  beside?: ReactNode
}

/**
 * One section being written. Renders once; the text lives in Lexical, and only a sentence about it (a paste
 * that was refused) makes this render again.
 */
export function SectionEditor(props: SectionEditorProps) {
  const {
    label,
    prompt,
    section,
    group,
    tone = 'record',
    labelHidden = false,
    words = recordWords,
    beside,
  } = props
  const paper = useRef<HTMLDivElement>(null)
  const root = useRef<HTMLDivElement>(null)
  const latest = useRef(props)
  const [notice, setNotice] = useState('')
  const [start] = useState(section)
  const [standing, setStanding] = useState<SectionField | null>(null)
  const id = useId()

  useEffect(() => {
    latest.current = props
  })

  useEffect(() => {
    const field = new SectionField(start, group, {
      changed: () => {
        showPrompt(field, paper.current)
        latest.current.changed()
      },
      say: setNotice,
      dayOf: dayText,
    })
    group.add(field)
    field.attach(root.current)
    showPrompt(field, paper.current)
    if (field.damaged) setNotice(DAMAGED)
    setStanding(field)
    const stop = followCaret(field, () => latest.current.caretMoved?.(field))
    return () => {
      stop()
      field.dispose()
    }
  }, [start, group])

  return (
    <div className={cx(css.section, tone === 'private' && css.private)}>
      {!labelHidden && (
        <div className={css.heading} data-heading>
          <h3 className={css.label} id={`${id}label`}>
            {label}
          </h3>
          {beside}
        </div>
      )}
      <div className={cx(css.paper, prose.prose)} ref={paper}>
        <div className={css.prompt} aria-hidden>
          {prompt}
        </div>
        <div
          ref={root}
          className={css.field}
          contentEditable
          suppressContentEditableWarning
          role="textbox"
          aria-multiline
          aria-label={label}
          aria-placeholder={prompt}
          aria-describedby={notice === '' ? undefined : `${id}notice`}
          data-section={section.key}
          tabIndex={0}
          spellCheck={false}
          autoCorrect="off"
          dir="auto"
          onKeyDown={() => {
            if (notice !== '' && notice !== DAMAGED) setNotice('')
          }}
        />
      </div>
      <p role="alert" id={`${id}notice`} className={notice === '' ? undefined : css.notice}>
        {notice}
      </p>
      {standing !== null && <WritingAids field={standing} words={words} />}
    </div>
  )
}

/** The prompt goes with the first character and comes back with the last, without React. */
function showPrompt(field: SectionField, paper: HTMLElement | null): void {
  paper?.classList.toggle(css.written ?? '', !field.empty)
}

const CARET_MS = 500

function followCaret(field: SectionField, moved: () => void): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined
  const stop = field.onSelection(() => {
    timer ??= setTimeout(() => {
      timer = undefined
      moved()
    }, CARET_MS)
  })
  return () => {
    clearTimeout(timer)
    stop()
  }
}
