import { registerHistory } from '@lexical/history'
import { ListItemNode, ListNode, registerList } from '@lexical/list'
import { QuoteNode, registerRichText } from '@lexical/rich-text'
import {
  $getRoot,
  $isParagraphNode,
  COMMAND_PRIORITY_CRITICAL,
  COMMAND_PRIORITY_LOW,
  createEditor,
  type EditorState,
  FORMAT_ELEMENT_COMMAND,
  FORMAT_TEXT_COMMAND,
  HISTORIC_TAG,
  HISTORY_MERGE_TAG,
  HISTORY_PUSH_TAG,
  INDENT_CONTENT_COMMAND,
  KEY_ENTER_COMMAND,
  KEY_ESCAPE_COMMAND,
  KEY_TAB_COMMAND,
  type LexicalEditor,
  mergeRegister,
  type NodeKey,
  OUTDENT_CONTENT_COMMAND,
  REDO_COMMAND,
  SELECTION_CHANGE_COMMAND,
  SKIP_DOM_SELECTION_TAG,
  SKIP_SCROLL_INTO_VIEW_TAG,
  UNDO_COMMAND,
} from 'lexical'
import { type Section, SECTION_LEXICAL_MAX, SECTION_TEXT_MAX } from '../../shared/document/document.ts'
import { type Block, blocksOfState, textOf } from './blocks.ts'
import { CarriedLines } from './carriedLines.ts'
import { $caretAt, $placeCaret, type SectionCaret } from './caret.ts'
import { type ClipboardPorts, registerClipboard } from './clipboard.ts'
import { $lookAt, type Look, type LookName, toggleLook } from './look.ts'
import { $fillRoot } from './lexicalBlocks.ts'
import { $appendBlocks, $lines, $removeLines } from './lines.ts'
import { readSection } from './sectionBlocks.ts'
import { theme } from './theme.ts'
import { registerTypedBullets } from './typedBullets.ts'
import type { WritingGroup } from './WritingGroup.ts'

const LOAD_TAG = 'load'
const SHOWN_WHOLE_PX = 240

export interface SectionFieldPorts extends ClipboardPorts {
  /** The words or their look changed. Runs on every key: it must only take note. */
  readonly changed: () => void
  /** An instant as a day, in words. */
  readonly dayOf: (instant: number) => string
}

/**
 * One section being written: a Lexical editor on an element, its keys and clipboard. React renders the
 * element once and stays out of the way; nothing here serialises, extracts or renders on a key.
 */
export class SectionField {
  readonly key: string
  readonly editor: LexicalEditor
  /** The stored look could not be read; the plain text stands in the editor. */
  readonly damaged: boolean
  readonly #release: () => void
  readonly #group: WritingGroup
  readonly #carriedLines: CarriedLines
  #last: { readonly state: EditorState; readonly section: Section } | undefined

  constructor(section: Section, group: WritingGroup, ports: SectionFieldPorts) {
    this.key = section.key
    this.#group = group
    this.editor = createEditor({
      namespace: 'bracket',
      nodes: [ListNode, ListItemNode, QuoteNode],
      theme,
      // Never the error's own message: it may quote the text. Lexical goes back to the last good state.
      onError: () =>
        ports.say('The last key could not be taken in. What stands here is kept; please type it again.'),
    })
    const { blocks, damaged } = readSection(section)
    this.damaged = damaged
    this.editor.update(() => $fillRoot(blocks), { discrete: true, tag: [LOAD_TAG, HISTORY_MERGE_TAG] })
    this.#last = { state: this.editor.getEditorState(), section }
    // The state before the first key must be there to go back to.
    group.history.current ??= { editor: this.editor, editorState: this.editor.getEditorState() }

    this.#carriedLines = new CarriedLines(this.editor, {
      className: theme.carried,
      dayOf: ports.dayOf,
      changed: () => group.tell(),
    })
    this.#release = mergeRegister(
      registerRichText(this.editor),
      registerList(this.editor),
      registerHistory(this.editor, group.history, 400, undefined, undefined, 300),
      registerClipboard(this.editor, ports),
      registerTypedBullets(this.editor),
      this.#carriedLines.register(),
      this.#registerKeys(),
      this.editor.registerUpdateListener(({ dirtyElements, dirtyLeaves, tags }) => {
        if (tags.has(LOAD_TAG) || !isChange(dirtyElements, dirtyLeaves, tags)) return
        ports.changed()
        group.looked(this)
      }),
      this.editor.registerCommand(
        SELECTION_CHANGE_COMMAND,
        () => {
          group.looked(this)
          return false
        },
        COMMAND_PRIORITY_LOW,
      ),
    )
  }

  /** Puts the editor on its element, or takes it off (null). */
  attach(element: HTMLElement | null): void {
    this.editor.setRootElement(element)
  }

  /** The section as it stands now. Serialises: for saving, never for a key. Unchanged, it is the same object. */
  read(): Section {
    const state = this.editor.getEditorState()
    if (this.#last?.state === state) return this.#last.section
    const json = state.toJSON(true)
    const lexical = JSON.stringify(json)
    const section: Section = {
      key: this.key,
      text: textOf(blocksOfState(json)),
      // A look that is larger than the store takes must not keep the words from being saved.
      lexical: lexical.length > SECTION_LEXICAL_MAX ? null : lexical,
    }
    this.#last = { state, section }
    return section
  }

  focus(where: 'rootStart' | 'rootEnd' = 'rootEnd'): void {
    this.editor.focus(undefined, { defaultSelection: where })
    // A section that fits is shown whole, not just the line with the caret; a long one scrolls to its caret.
    const root = this.editor.getRootElement()
    if (root !== null && root.offsetHeight < SHOWN_WHOLE_PX) root.scrollIntoView({ block: 'nearest' })
  }

  /** Focuses, with the caret where it was; a place that is gone becomes the nearest one. */
  focusAt(caret: SectionCaret): void {
    this.editor.update(() => $placeCaret(caret), { discrete: true, tag: [LOAD_TAG, HISTORY_MERGE_TAG] })
    this.editor.getRootElement()?.focus({ preventScroll: true })
  }

  /** Nothing is in it but an empty paragraph. Cheap enough for a key. */
  get empty(): boolean {
    return this.editor.getEditorState().read(() => {
      const root = $getRoot()
      const only = root.getFirstChild()
      return root.getChildrenSize() <= 1 && ($isParagraphNode(only) ? only.isEmpty() : only === null)
    })
  }

  get focused(): boolean {
    const root = this.editor.getRootElement()
    return root !== null && root === document.activeElement
  }

  /** Runs on every key and movement of the caret; returns what stops it. */
  onSelection(listener: () => void): () => void {
    return this.editor.registerUpdateListener(listener)
  }

  caret(): SectionCaret | null {
    return this.editor.getEditorState().read($caretAt)
  }

  look(): Look {
    return this.editor.getEditorState().read($lookAt)
  }

  toggle(name: LookName): void {
    toggleLook(this.editor, name)
  }

  /** So much more text can stand here, in UTF-16 units. */
  holds(more: number): boolean {
    return this.editor.read(() => $getRoot().getTextContentSize()) + more <= SECTION_TEXT_MAX
  }

  /** Lines that stand here as they were carried forward. */
  get carried(): number {
    return this.#carriedLines.count
  }

  /** Puts blocks after everything that is there. */
  append(blocks: readonly Block[], caret: 'caret-goes-along' | 'caret-stays' = 'caret-stays'): void {
    const goes = caret === 'caret-goes-along'
    this.editor.update(
      () => {
        $appendBlocks(blocks)
        if (goes) $lines().at(-1)?.selectEnd()
      },
      {
        discrete: true,
        tag: goes
          ? [HISTORY_PUSH_TAG]
          : [HISTORY_PUSH_TAG, SKIP_DOM_SELECTION_TAG, SKIP_SCROLL_INTO_VIEW_TAG],
      },
    )
    if (goes) this.editor.getRootElement()?.focus()
  }

  /** Takes these lines away; the caret goes to the one after them. */
  removeLines(keys: readonly NodeKey[]): void {
    this.editor.update(() => $removeLines($lines().filter((line) => keys.includes(line.getKey()))), {
      discrete: true,
      tag: HISTORY_PUSH_TAG,
    })
  }

  dispose(): void {
    this.#release()
    this.editor.setRootElement(null)
  }

  #registerKeys(): () => void {
    const swallow = () => true
    return mergeRegister(
      // Lexical would take the focus away; Esc closes the innermost layer and never leaves Write.
      this.editor.registerCommand(KEY_ESCAPE_COMMAND, swallow, COMMAND_PRIORITY_CRITICAL),
      // Tab goes on to the next field, as everywhere else; bullets have one level.
      this.editor.registerCommand(KEY_TAB_COMMAND, swallow, COMMAND_PRIORITY_CRITICAL),
      this.editor.registerCommand(INDENT_CONTENT_COMMAND, swallow, COMMAND_PRIORITY_CRITICAL),
      this.editor.registerCommand(OUTDENT_CONTENT_COMMAND, swallow, COMMAND_PRIORITY_CRITICAL),
      this.editor.registerCommand(FORMAT_ELEMENT_COMMAND, swallow, COMMAND_PRIORITY_CRITICAL),
      this.editor.registerCommand(
        FORMAT_TEXT_COMMAND,
        (format) => format !== 'bold' && format !== 'italic',
        COMMAND_PRIORITY_CRITICAL,
      ),
      // Mod+Enter signs; it is the screen's key.
      this.editor.registerCommand(
        KEY_ENTER_COMMAND,
        (event) => event !== null && (event.ctrlKey || event.metaKey),
        COMMAND_PRIORITY_CRITICAL,
      ),
      // Ours, not Lexical's: one act may have touched several sections (history.ts).
      this.editor.registerCommand(
        UNDO_COMMAND,
        () => {
          this.#group.undo()
          return true
        },
        COMMAND_PRIORITY_LOW,
      ),
      this.editor.registerCommand(
        REDO_COMMAND,
        () => {
          this.#group.redo()
          return true
        },
        COMMAND_PRIORITY_LOW,
      ),
    )
  }
}

/**
 * Did the words or their look change? Taking the focus marks the root dirty and nothing else; undo and redo
 * put a whole state in place and mark nothing.
 */
function isChange(
  dirtyElements: ReadonlyMap<NodeKey, unknown>,
  dirtyLeaves: ReadonlySet<NodeKey>,
  tags: ReadonlySet<string>,
): boolean {
  if (dirtyLeaves.size > 0 || tags.has(HISTORIC_TAG)) return true
  return dirtyElements.size > (dirtyElements.has('root') ? 1 : 0)
}
