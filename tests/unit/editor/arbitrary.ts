import fc from 'fast-check'
import type { Block, Run } from '../../../src/renderer/editor/blocks.ts'

/** Words, breaks, tabs, right-to-left, emoji and what looks like our own marks. */
const words = fc.oneof(
  fc.string({ unit: 'grapheme', minLength: 1, maxLength: 12 }),
  fc.constantFrom('• ', '> ', '\n', '\t', 'שלום', 'مرحبا', '👩‍👩‍👧', '  ', '\u200f', 'said "no"', '-'),
)
const text = fc
  .array(words, { minLength: 1, maxLength: 5 })
  .map((parts) => parts.join('').replace(/\r\n?/gu, '\n').replaceAll('\u0000', ''))
  .filter((joined) => joined !== '')

export const run: fc.Arbitrary<Run> = fc.record({ text, bold: fc.boolean(), italic: fc.boolean() })

/** As an editor yields them: neighbours differ in look. */
const runs = fc.array(run, { maxLength: 4 }).map((list) =>
  list.filter((r, i) => {
    const before = list[i - 1]
    return before === undefined || before.bold !== r.bold || before.italic !== r.italic
  }),
)

export const block: fc.Arbitrary<Block> = fc.record({
  kind: fc.constantFrom('paragraph' as const, 'bullet' as const, 'quote' as const),
  runs,
})

export const blocks = fc.array(block, { minLength: 1, maxLength: 8 })
