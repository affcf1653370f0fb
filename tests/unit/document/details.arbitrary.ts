import fc from 'fast-check'
import type { Details } from '../../../src/shared/document/details.ts'
import { riskTopics, statusTopics } from '../../../src/shared/document/mentalStatus.ts'

/** Words as they come: nothing, spaces, line ends, other scripts; never half a character, which no file keeps. */
const words = (most: number) =>
  fc
    .oneof(
      { weight: 2, arbitrary: fc.constantFrom('', ' ', '\n', 'Grounding', 'שלום', '👩‍👩‍👧 · a, b') },
      { weight: 3, arbitrary: fc.string({ unit: 'grapheme', maxLength: 30 }) },
    )
    .map((text) => text.replaceAll('\u0000', '').slice(0, most))
    .filter((text) => !/\p{Surrogate}/u.test(text))
const line = words(400)
const said = words(2_000)
const chosen = fc.array(words(80), { maxLength: 4 })
const rows = <T>(of: fc.Arbitrary<T>) => fc.array(of, { maxLength: 4 })
const keyOf = (known: readonly { readonly key: string }[]) =>
  fc.constantFrom(...known.map(({ key }) => key), 'of-an-older-list')

/** Any structured half, also one that no screen would make: a topic twice, an unknown one, blank rows. */
export const anyDetails: fc.Arbitrary<Details> = fc.record({
  findings: rows(fc.record({ key: keyOf(statusTopics), chosen, said })),
  medications: rows(fc.record({ name: line, dose: line, said: line })),
  noMedication: fc.boolean(),
  interventions: rows(
    fc.record({
      name: line,
      outcome: fc.constantFrom(null, 'helped' as const, 'mixed' as const, 'not-helped' as const),
      said: line,
    }),
  ),
  objectives: rows(fc.record({ text: line, said: line })),
  risk: rows(
    fc.record({
      topic: keyOf(riskTopics),
      answer: fc.constantFrom('denied' as const, 'reported' as const),
      said,
    }),
  ),
  decisions: rows(fc.record({ decision: said, reason: said })),
  boxes: rows(fc.record({ key: keyOf([{ key: 'focus' }, { key: 'response' }]), label: words(120), chosen })),
})
