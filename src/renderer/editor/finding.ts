/** A text as it is looked through: no case, no accents, one kind of space, dash and quotation mark. */
export interface Folded {
  readonly text: string
  /** For each unit of `text`, where it begins in the original; one more for the end. */
  readonly at: Uint32Array
}

const folds = new Map<string, string>()

function foldOf(character: string): string {
  let folded = folds.get(character)
  if (folded === undefined) {
    folded = /\s/u.test(character)
      ? ' '
      : character
          .toLowerCase()
          .toUpperCase()
          .toLowerCase()
          .normalize('NFD')
          // Marks that stand on another letter, and signs that are not seen (joiners, directions).
          .replace(/[\p{M}\p{Cf}]/gu, '')
          .replace(/[‘’‚‛′]/gu, "'")
          .replace(/[“”„‟″«»]/gu, '"')
          .replace(/[‐‑‒–—−]/gu, '-')
    folds.set(character, folded)
  }
  return folded
}

export function fold(original: string): Folded {
  let text = ''
  const at: number[] = []
  let place = 0
  for (const character of original) {
    const folded = foldOf(character)
    for (let unit = 0; unit < folded.length; unit += 1) at.push(place)
    text += folded
    place += character.length
  }
  at.push(place)
  return { text, at: Uint32Array.from(at) }
}

export interface Match {
  /** In the original text. */
  readonly from: number
  readonly to: number
}

/** Where the words stand, from the first on, none over another. Letters are found with their marks. */
export function matchesOf(folded: Folded, wanted: string): Match[] {
  const needle = fold(wanted).text
  if (needle === '') return []
  const found: Match[] = []
  for (
    let place = folded.text.indexOf(needle);
    place !== -1;
    place = folded.text.indexOf(needle, place + needle.length)
  ) {
    const last = folded.at[place + needle.length - 1] ?? 0
    let after = place + needle.length
    // A letter that folds to two is found whole.
    while ((folded.at[after] ?? Infinity) <= last) after += 1
    found.push({ from: folded.at[place] ?? 0, to: folded.at[after] ?? last })
  }
  return found
}
