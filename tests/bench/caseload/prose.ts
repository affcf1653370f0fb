import { sectionOf } from '../../../src/shared/document/sectionBlocks.ts'
import type { Section } from '../../../src/shared/document/document.ts'
import { chance, whole, type Chance } from './chance.ts'
import { vocabulary } from './vocabulary.ts'

export const SECTIONS = ['subjective', 'objective', 'assessment', 'plan'] as const

/** Makes sentences, paragraphs and whole notes, the same at every run. */
export interface Prose {
  sentence(): string
  /** About `words` words, in paragraphs of three to six sentences: one line each. */
  paragraphs(words: number): string[]
  /** A note of about so many words, a number for each section. */
  note(words: readonly number[]): Section[]
  random: Chance
}

export function proseWriter(seed: number): Prose {
  const random = chance(seed)
  const word = vocabulary(random)

  function sentence(): string {
    const first = word()
    let text = first.charAt(0).toUpperCase() + first.slice(1)
    for (let left = whole(random, 7, 18); left > 0; left -= 1) text += (random() < 0.06 ? ', ' : ' ') + word()
    return `${text}.`
  }

  function paragraphs(words: number): string[] {
    const made: string[] = []
    // Half a sentence less, because the last one goes beyond.
    let left = words - 6
    while (left > 0) {
      const sentences: string[] = []
      for (let more = whole(random, 3, 6); more > 0 && left > 0; more -= 1) {
        const next = sentence()
        left -= next.split(' ').length
        sentences.push(next)
      }
      made.push(sentences.join(' '))
    }
    return made
  }

  const note = (words: readonly number[]): Section[] =>
    SECTIONS.map((key, at) => sectionFrom(key, paragraphs(words[at] ?? 0)))

  return { sentence, paragraphs, note, random }
}

interface Tree {
  readonly root: { readonly children: readonly { readonly children: readonly object[] }[] }
}

/** How the editor itself writes one paragraph: asked of it once, since it would take a minute for every note. */
const pattern = JSON.parse(
  sectionOf('plan', [{ kind: 'paragraph', runs: [{ text: '?', bold: false, italic: false }] }]).lexical ?? '',
) as Tree

export function sectionFrom(key: string, lines: readonly string[]): Section {
  const [paragraph] = pattern.root.children
  const children = lines.map((text) => ({ ...paragraph, children: [{ ...paragraph?.children[0], text }] }))
  const lexical = JSON.stringify({ ...pattern, root: { ...pattern.root, children } })
  return { key, text: lines.join('\n'), lexical }
}
