import type { Block, Run } from '../../shared/document/blocks.ts'
import type { Section } from '../../shared/document/document.ts'
import { readSection } from '../../shared/document/sectionBlocks.ts'
import { done, markup, type Markup } from './escape.ts'

/** A section's words as they looked; a look that cannot be read gives way to the text, and the paper says so. */
export function prose(section: Pick<Section, 'text' | 'lexical'>): Markup {
  const { blocks, damaged } = readSection(section)
  return markup`${grouped(blocks).map((group) => done(groupOf(group)))}${
    damaged &&
    done(
      markup`<p class="aside">How this section was formatted could not be read, so it is shown as plain text. Every word is here.</p>`,
    )
  }`
}

function groupOf(group: readonly Block[]): Markup {
  if (group[0]?.kind !== 'bullet') return markup`${group.map((block) => done(blockOf(block)))}`
  return markup`<ul dir="auto">${group.map((block) => done(markup`<li dir="auto">${runsOf(block)}</li>`))}</ul>`
}

function blockOf(block: Block): Markup {
  if (block.runs.length === 0) return markup`<div class="gap"></div>`
  return block.kind === 'quote'
    ? markup`<blockquote dir="auto">${runsOf(block)}</blockquote>`
    : markup`<p dir="auto">${runsOf(block)}</p>`
}

const runsOf = (block: Block) => block.runs.map((run) => done(runOf(run)))

function runOf({ text, bold, italic }: Run): Markup {
  const inner = italic ? markup`<em>${text}</em>` : markup`${text}`
  return bold ? markup`<strong>${done(inner)}</strong>` : inner
}

/** Bullets that follow one another, together. */
function grouped(blocks: readonly Block[]): Block[][] {
  const groups: Block[][] = []
  for (const block of blocks) {
    const last = groups.at(-1)
    if (last !== undefined && block.kind === 'bullet' && last[0]?.kind === 'bullet') last.push(block)
    else groups.push([block])
  }
  return groups
}
