/*
 * What is drawn under words: one highlight of the page (CSS Custom Highlight API), so that no mark is part of any
 * document. Painting is what marks cost, so there is an end to how many are drawn.
 */

const NAME = 'misspelt'
const MOST = 200

const fields = new Map<object, readonly Range[]>()
let highlight: Highlight | undefined

/** These instead of whatever the field had drawn before. */
export function draw(field: object, ranges: readonly Range[]): void {
  if (ranges.length === 0) {
    if (!fields.delete(field)) return
  } else fields.set(field, ranges)
  if (highlight === undefined) {
    highlight = new Highlight()
    CSS.highlights.set(NAME, highlight)
  }
  highlight.clear()
  let drawn = 0
  for (const all of fields.values()) {
    for (const range of all) {
      if (drawn === MOST) return
      highlight.add(range)
      drawn += 1
    }
  }
}
