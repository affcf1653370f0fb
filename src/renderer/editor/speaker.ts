import { $isQuoteNode, type QuoteNode } from '@lexical/rich-text'
import {
  $createTextNode,
  $getSelection,
  $isRangeSelection,
  $isTextNode,
  HISTORY_PUSH_TAG,
  type LexicalEditor,
  type TextNode,
} from 'lexical'
import { wellFormed } from './blocks.ts'
import { $lineOf, $lines } from './lines.ts'

/** A name longer than this is a sentence. */
export const SPEAKER_MAX = 60
const SPOKEN = /^([^\n\t:]{1,60}):$/u

/**
 * Who said a quotation stands at its beginning in bold, "Ana: ", as words like any others: it is signed, searched and
 * printed with them, and a person can type it without any of this. See docs/adr/0020.
 */
function $speakerRun(quote: QuoteNode): TextNode | undefined {
  const first = quote.getFirstChild()
  return $isTextNode(first) && first.hasFormat('bold') && SPOKEN.test(first.getTextContent().trim())
    ? first
    : undefined
}

const $quoteAtCaret = (): QuoteNode | undefined => {
  const selection = $getSelection()
  if (!$isRangeSelection(selection)) return undefined
  const line = $lineOf(selection.anchor.getNode())
  return $isQuoteNode(line) ? line : undefined
}

/** Who is named in the quotation at the caret; empty when nobody is, null outside one. Call in a read. */
export function $speakerAtCaret(): string | null {
  const quote = $quoteAtCaret()
  if (quote === undefined) return null
  const said = $speakerRun(quote)?.getTextContent().trim() ?? ''
  return SPOKEN.exec(said)?.[1] ?? ''
}

/** Everybody who is named in this section's quotations. Call in a read. */
export const $speakers = (): string[] =>
  $lines().flatMap((line) => {
    const said = $isQuoteNode(line) ? ($speakerRun(line)?.getTextContent().trim() ?? '') : ''
    return SPOKEN.exec(said)?.[1] ?? []
  })

/** The element of the quotation at the caret, to put a question beside. */
export const quoteElement = (editor: LexicalEditor): HTMLElement | null =>
  editor.read(() => {
    const quote = $quoteAtCaret()
    return quote === undefined ? null : editor.getElementByKey(quote.getKey())
  })

/** One line, no colon of its own: what can stand before the colon. */
export const speakerName = (typed: string): string =>
  wellFormed(typed)
    .replace(/[\s:]+/gu, ' ')
    .trim()
    .slice(0, SPEAKER_MAX)
    .trim()

/** Names who said the quotation at the caret, or, with nothing, nobody any more. */
export function setSpeaker(editor: LexicalEditor, typed: string): void {
  const name = speakerName(typed)
  editor.update(
    () => {
      const quote = $quoteAtCaret()
      if (quote === undefined) return
      const before = $speakerRun(quote)
      const after = before?.getNextSibling()
      before?.remove()
      if (name !== '') {
        const named = $createTextNode(`${name}:`).toggleFormat('bold')
        const first = quote.getFirstChild()
        if (first === null) quote.append(named)
        else first.insertBefore(named)
        const rest = named.getNextSibling()
        // The words after it are typed in their own look, not in the name's.
        if (!$isTextNode(rest)) named.insertAfter($createTextNode(' '))
        else if (!/^\s/u.test(rest.getTextContent())) rest.insertBefore($createTextNode(' '))
      } else if ($isTextNode(after)) after.setTextContent(after.getTextContent().replace(/^ /u, ''))
      quote.selectEnd()
    },
    { discrete: true, tag: HISTORY_PUSH_TAG },
  )
}
