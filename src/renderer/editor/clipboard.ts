import { $generateJSONFromSelectedNodes } from '@lexical/clipboard'
import {
  $getSelection,
  $isRangeSelection,
  COMMAND_PRIORITY_CRITICAL,
  CONTROLLED_TEXT_INSERTION_COMMAND,
  COPY_COMMAND,
  CUT_COMMAND,
  CUT_TAG,
  DRAGSTART_COMMAND,
  DROP_COMMAND,
  type LexicalEditor,
  mergeRegister,
  PASTE_COMMAND,
  PASTE_TAG,
  type RangeSelection,
} from 'lexical'
import { SECTION_TEXT_MAX } from '../../shared/document/document.ts'
import { type Block, blocksOfNodes, textOf } from './blocks.ts'
import { $leavesOf, $nodesOf } from './lexicalBlocks.ts'
import { blocksFromHtml, blocksFromPlainText, withoutStyles } from './pastedBlocks.ts'

/** Beyond this a paste is refused whole: half of a text is worse than none. UTF-16 units. */
export const PASTE_TEXT_MAX = 200_000
const PASTE_HTML_MAX = 4_000_000

export interface ClipboardPorts {
  /** Says a sentence under the section. */
  readonly say: (sentence: string) => void
}

/** As long as copied text stays on the clipboard (main takes it off then). */
const COPIED_MS = 30_000

/** What was copied last, with its look. The clipboard itself carries text alone, and soon nothing. */
let lastCopied: { readonly text: string; readonly blocks: readonly Block[] } | undefined
let forgetting: ReturnType<typeof setTimeout> | undefined

/** It may be private: it goes with the clipboard, and at once when the private room locks. */
export function forgetCopied(): void {
  clearTimeout(forgetting)
  lastCopied = undefined
}

export function registerClipboard(editor: LexicalEditor, ports: ClipboardPorts): () => void {
  return mergeRegister(
    editor.registerCommand(
      PASTE_COMMAND,
      (event) => {
        if (!('clipboardData' in event)) return false
        event.preventDefault()
        if (event.clipboardData !== null) paste(editor, event.clipboardData, ports)
        return true
      },
      COMMAND_PRIORITY_CRITICAL,
    ),
    // A replacement or a drop that reaches the field as an input event: its text, never its markup.
    editor.registerCommand(
      CONTROLLED_TEXT_INSERTION_COMMAND,
      (input) => {
        if (typeof input === 'string' || input.dataTransfer === null) return false
        paste(editor, input.dataTransfer, ports)
        return true
      },
      COMMAND_PRIORITY_CRITICAL,
    ),
    editor.registerCommand(COPY_COMMAND, (event) => copy(editor, event), COMMAND_PRIORITY_CRITICAL),
    editor.registerCommand(
      CUT_COMMAND,
      (event) => {
        if (copy(editor, event)) {
          editor.update(
            () => {
              const selection = $getSelection()
              if ($isRangeSelection(selection)) selection.removeText()
            },
            { tag: CUT_TAG },
          )
        }
        return true
      },
      COMMAND_PRIORITY_CRITICAL,
    ),
    // Text is moved by cut and paste; a drag has no way by keyboard and loses words too easily.
    editor.registerCommand(DRAGSTART_COMMAND, refuse, COMMAND_PRIORITY_CRITICAL),
    editor.registerCommand(DROP_COMMAND, refuse, COMMAND_PRIORITY_CRITICAL),
  )
}

function refuse(event: DragEvent): boolean {
  event.preventDefault()
  return true
}

function copy(editor: LexicalEditor, event: ClipboardEvent | KeyboardEvent | null): boolean {
  const selection = $getSelection()
  if (!$isRangeSelection(selection) || selection.isCollapsed()) return false
  const blocks = blocksOfNodes($generateJSONFromSelectedNodes(editor, selection).nodes)
  const text = textOf(blocks)
  forgetCopied()
  lastCopied = { text, blocks }
  forgetting = setTimeout(forgetCopied, COPIED_MS)
  if (event !== null && 'clipboardData' in event) {
    event.preventDefault()
    event.clipboardData?.setData('text/plain', text)
  }
  return true
}

function paste(editor: LexicalEditor, data: DataTransfer, ports: ClipboardPorts): void {
  const blocks = pastedBlocks(data)
  if (blocks === 'too-much') {
    ports.say(
      `That is too much to paste at once (more than ${PASTE_TEXT_MAX.toLocaleString()} characters). Nothing was pasted; please paste it in parts.`,
    )
    return
  }
  if (blocks === 'picture' || blocks === 'no-text') {
    ports.say(
      blocks === 'picture'
        ? 'Pictures cannot be pasted into a note. Nothing was changed.'
        : 'There was no text to paste. Nothing was changed.',
    )
    return
  }
  const size = textOf(blocks).length
  const present = editor.getRootElement()?.textContent?.length ?? 0
  if (present + size > SECTION_TEXT_MAX) {
    ports.say('This section cannot hold that much more. Nothing was pasted; please split it.')
    return
  }
  editor.update(
    () => {
      const selection = $getSelection()
      if ($isRangeSelection(selection)) $insertBlocks(selection, blocks)
    },
    { tag: PASTE_TAG },
  )
}

function pastedBlocks(data: DataTransfer): readonly Block[] | 'too-much' | 'picture' | 'no-text' {
  const plain = data.getData('text/plain')
  if (plain.length > PASTE_TEXT_MAX) return 'too-much'
  if (lastCopied !== undefined && plain !== '' && sameText(plain, lastCopied.text)) return lastCopied.blocks
  const html = data.getData('text/html')
  if (html.length > PASTE_HTML_MAX && plain === '') return 'too-much'
  if (html !== '' && html.length <= PASTE_HTML_MAX) {
    const blocks = blocksFromHtml(parse(withoutStyles(html)).body)
    if (textOf(blocks).length > PASTE_TEXT_MAX) return 'too-much'
    if (textOf(blocks).trim() !== '') return blocks
  }
  // A picture beside text is left out; the text is what was meant.
  if (plain.trim() === '' && (hasPicture(data) || /<img\b/iu.test(html))) return 'picture'
  return plain === '' ? 'no-text' : blocksFromPlainText(plain)
}

const hasPicture = (data: DataTransfer): boolean =>
  [...data.items].some((item) => item.kind === 'file' && item.type.startsWith('image/'))

const sameText = (a: string, b: string): boolean => a.replaceAll('\r\n', '\n') === b

/**
 * Parsing HTML is a Trusted Types sink. The parsed document is inert: it runs nothing, loads nothing, is
 * never attached, and only its text and a few tag names are read (blocksFromHtml).
 */
function parse(html: string): Document {
  const { trustedTypes } = window as unknown as { trustedTypes?: TrustedTypesFactory }
  policy ??= trustedTypes?.createPolicy('lexical', { createHTML: (input) => input })
  const trusted = policy === undefined ? html : policy.createHTML(html)
  return new DOMParser().parseFromString(trusted as string, 'text/html')
}
interface HtmlPolicy {
  createHTML(input: string): unknown
}
interface TrustedTypesFactory {
  createPolicy(name: string, rules: { createHTML: (input: string) => string }): HtmlPolicy
}
let policy: HtmlPolicy | undefined

/** A single paragraph goes into the line at the caret; anything more becomes blocks of its own. */
function $insertBlocks(selection: RangeSelection, blocks: readonly Block[]): void {
  const [only] = blocks
  if (only === undefined) return
  if (blocks.length === 1 && only.kind === 'paragraph') selection.insertNodes(only.runs.flatMap($leavesOf))
  else selection.insertNodes($nodesOf(blocks))
}
