/** What is needed of nspell. */
export interface Speller {
  add(word: string): unknown
  correct(word: string): boolean
  suggest(word: string): string[]
}

export interface Checker {
  right(word: string): boolean
  suggest(word: string): string[]
}

const SUGGESTIONS = 5
/** Beyond this nspell's suggestions take long and help nobody. */
const LONGEST = 30

/** A dictionary and the words of the trade, which are suggested like all others. */
export function makeChecker(speller: Speller, more: readonly string[]): Checker {
  for (const word of more) speller.add(word)
  return {
    // Some dictionaries know "child" and not "child's".
    right: (word) => speller.correct(word) || (/.'s$/u.test(word) && speller.correct(word.slice(0, -2))),
    suggest: (word) => {
      if (word.length > LONGEST) return []
      // The same letters in another order are what a quick hand meant; they come first.
      const letters = lettersOf(word)
      const found = speller.suggest(word)
      const turned = found.filter((one) => lettersOf(one) === letters)
      return [...new Set([...turned, ...found])].slice(0, SUGGESTIONS)
    },
  }
}

const lettersOf = (word: string): string => [...word.toLowerCase()].sort().join('')
