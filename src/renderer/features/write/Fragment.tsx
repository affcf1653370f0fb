import { $isListItemNode } from '@lexical/list'
import { $isQuoteNode } from '@lexical/rich-text'
import {
  $getNodeByKey,
  $getSelection,
  $isRangeSelection,
  BLUR_COMMAND,
  COMMAND_PRIORITY_LOW,
  type NodeKey,
} from 'lexical'
import { useEffect, useRef, useState } from 'react'
import { sectionWords } from '../../../shared/document/formats/sectionWords.ts'
import { isFragment } from '../../../shared/domain/fragment.ts'
import { $lineOf } from '../../editor/lines.ts'
import type { SectionField } from '../../editor/SectionField.ts'
import type { WritingGroup } from '../../editor/WritingGroup.ts'
import { Button } from '../../ui/Button.tsx'
import css from './Fragment.module.css'

/** What was asked about already, by note: once for the same words, whether or not anything was done about it. */
const asked = new Map<string, Set<string>>()

export interface FragmentProps {
  noteId: string
  sectionKey: string
  group: WritingGroup
  /** Boxes carry what the words leave out: nothing is asked there. */
  boxes: boolean
}

/** Asks, once and in one quiet line, what a word or two will mean in a month. It never stands in the way of anything. */
export function Fragment({ noteId, sectionKey, group, boxes }: FragmentProps) {
  const [shown, setShown] = useState<Line | null>(null)
  const latest = useRef(shown)
  const quiet = boxes || !tellsWhatHappened(sectionKey)

  useEffect(() => {
    const field = group.field(sectionKey)
    if (quiet || field === undefined) return
    const known = asked.get(noteId) ?? new Set<string>()
    asked.set(noteId, known)
    const show = (line: Line | null): void => {
      latest.current = line
      setShown(line)
    }
    return followLines(field, {
      entered: (key) => {
        // Whoever goes back to it is answering.
        if (latest.current?.key === key) show(null)
      },
      written: (line) => {
        const text = line.text.trim()
        if (!isFragment(text) || known.has(text)) return
        known.add(text)
        show({ key: line.key, text })
      },
    })
  }, [group, noteId, sectionKey, quiet])

  if (quiet) return null
  return (
    <div aria-live="polite" className={css.place}>
      {shown !== null && (
        <p className={css.line}>
          <span>
            “<bdi>{shown.text}</bdi>” may not say enough in a month. What happened?
          </span>
          <Button
            compact
            variant="quiet"
            onPress={() => {
              latest.current = null
              setShown(null)
              group.focus()
            }}
          >
            Fine as it is
          </Button>
        </p>
      )}
    </div>
  )
}

/** "What happened?" is no question to a plan or a goal. */
function tellsWhatHappened(key: string): boolean {
  const words = Object.entries(sectionWords).find(([name]) => name === key)?.[1]
  return words === undefined || (words.holds[0] !== 'plan' && words.holds[0] !== 'goals')
}

interface Line {
  readonly key: NodeKey
  readonly text: string
}

interface Followed {
  readonly entered: (key: NodeKey) => void
  /** A paragraph or a list was left, and the words of its last line are others than when the caret came. */
  readonly written: (line: Line) => void
}

/**
 * Runs on every key, and then only compares in which line the caret is: words are read when it comes into a line and
 * when it leaves one.
 */
function followLines(field: SectionField, { entered, written }: Followed): () => void {
  let at: Line | null = null
  const leave = (to: NodeKey | null): void => {
    const before = at
    at = null
    if (before === null) return
    const now = field.editor.getEditorState().read(() => $leftLine(before.key, to))
    if (now !== null && now !== before.text) written({ key: before.key, text: now })
  }
  const stopFollowing = field.onSelection(() => {
    const state = field.editor.getEditorState()
    const key = state.read($caretLine)
    if (key === (at?.key ?? null)) return
    leave(key)
    if (key === null) return
    at = { key, text: state.read(() => $getNodeByKey(key)?.getTextContent() ?? '') }
    entered(key)
  })
  const stopLeaving = field.editor.registerCommand(
    BLUR_COMMAND,
    () => {
      // A press on the format bar or on a button is not leaving; another section, or another field, is.
      queueMicrotask(() => {
        if (!field.focused) leave(null)
      })
      return false
    },
    COMMAND_PRIORITY_LOW,
  )
  return () => {
    stopFollowing()
    stopLeaving()
  }
}

function $caretLine(): NodeKey | null {
  const selection = $getSelection()
  if (!$isRangeSelection(selection)) return null
  return $lineOf(selection.anchor.getNode())?.getKey() ?? null
}

/** The words of a line that was left; null for one that is gone, a quotation, or a bullet in a list still being written. */
function $leftLine(key: NodeKey, to: NodeKey | null): string | null {
  const line = $getNodeByKey(key)
  if (line === null || !line.isAttached() || $isQuoteNode(line)) return null
  if ($isListItemNode(line)) {
    const next = to === null ? null : $getNodeByKey(to)
    if (next === null || $isListItemNode(next)) return null
  }
  return line.getTextContent()
}
