import {
  $getRoot,
  $getState,
  $isElementNode,
  HISTORIC_TAG,
  type ElementNode,
  type LexicalEditor,
  mergeRegister,
  type NodeKey,
} from 'lexical'
import { carriedFrom, marksThese } from './blocks.ts'
import { $lines } from './lines.ts'
import { memories } from './lexicalBlocks.ts'

export interface CarriedPorts {
  /** The class of a line that was carried forward and not edited. */
  readonly className: string
  /** "12 March", for the description that is read aloud. */
  readonly dayOf: (instant: number) => string
  /** Another line is marked, or none any more. */
  readonly changed: () => void
}

/**
 * Marks the lines that were carried forward, for as long as nobody touched their words. The mark is no part of the
 * text: a class and a description on the element. A key in a line that was not carried costs one look at it.
 */
export class CarriedLines {
  readonly #editor: LexicalEditor
  readonly #ports: CarriedPorts
  readonly #marked = new Set<NodeKey>()
  readonly register: () => () => void

  constructor(editor: LexicalEditor, ports: CarriedPorts) {
    this.#editor = editor
    this.#ports = ports
    this.register = () =>
      mergeRegister(
        editor.registerUpdateListener(({ dirtyElements, tags, editorState }) => {
          const all = tags.has(HISTORIC_TAG)
          if (!all && dirtyElements.size === 0) return
          editorState.read(() => this.#look(all ? undefined : dirtyElements.keys()))
        }),
        // A new element has none of the classes yet.
        editor.registerRootListener((root) => {
          if (root !== null) queueMicrotask(() => editor.getEditorState().read(() => this.#look(undefined)))
        }),
      )
  }

  /** How many lines stand here as they were carried. */
  get count(): number {
    return this.#marked.size
  }

  #look(keys: Iterable<NodeKey> | undefined): void {
    const before = this.#marked.size
    const { _nodeMap: nodes } = this.#editor.getEditorState()
    if (this.#marked.size > 0)
      for (const key of this.#marked) if (nodes.get(key)?.isAttached() !== true) this.#marked.delete(key)
    if (keys === undefined) for (const line of $lines()) this.#mark(line)
    else
      for (const key of keys) {
        const node = nodes.get(key)
        if (node !== undefined && $isElementNode(node) && !node.is($getRoot())) this.#mark(node)
      }
    if (this.#marked.size !== before) this.#ports.changed()
  }

  #mark(line: ElementNode): void {
    const mark = $getState(line, memories.carried)
    const key = line.getKey()
    if (mark === '' && !this.#marked.has(key)) return
    const untouched = mark !== '' && marksThese(mark, line.getTextContent())
    if (untouched) this.#marked.add(key)
    else this.#marked.delete(key)
    const element = this.#editor.getElementByKey(key)
    if (element === null) return
    element.classList.toggle(this.#ports.className, untouched)
    const at = carriedFrom(mark)
    if (!untouched) element.removeAttribute('aria-description')
    else
      element.setAttribute(
        'aria-description',
        at === null ? 'Carried forward, not edited yet' : `From ${this.#ports.dayOf(at)}, not edited yet`,
      )
  }
}
