import { chance, pick, whole, type Chance } from './chance.ts'

/** The commonest words of English and of progress notes, commonest first; the rest of the vocabulary is made up. */
const COMMON =
  `the and to of a in with that she he they for was on is her his their as at it this client session
reports about not be has had but from by we more when said been feels week work home less after what discussed
which will next time an or some day plan sleep mood last are some mother father school anxiety again before family
partner still use night morning felt three two talked goal named practice noticed without sister brother down up
able through better worse same homework thought thoughts breathing walk job friend evening often most days short
first new other each because who how over between only while into out also would could started tried again friend
remained engaged affect calm tearful denies intent safety reviewed agreed continue coping skill exercise worry
grief anger conflict boundary value values avoidance exposure list step steps record response pattern support
described explored reflected linked practised completed partly asked offered noted change week weeks month panic
body breath tension headache appetite energy focus medication doctor appointment teacher class grade sleep routine`
    .split(/\s+/)
    .filter((word, at, all) => all.indexOf(word) === at)

const SIZE = 20_000
const START = [
  'b',
  'br',
  'c',
  'cl',
  'd',
  'f',
  'fr',
  'g',
  'h',
  'l',
  'm',
  'n',
  'p',
  'pr',
  'r',
  's',
  'st',
  't',
  'tr',
  'v',
  'w',
]
const VOWEL = ['a', 'e', 'i', 'o', 'u', 'ea']
const END = ['', '', '', 'n', 'r', 's', 'l', 't', 'm', 'ng']

export function syllables(random: Chance, count: number): string {
  let word = ''
  for (let i = 0; i < count; i += 1) word += pick(random, START) + pick(random, VOWEL) + pick(random, END)
  return word
}

function words(random: Chance): string[] {
  const all = new Set(COMMON)
  while (all.size < SIZE) all.add(syllables(random, whole(random, 1, 3)))
  return [...all]
}

/**
 * Draws words as a language does (Zipf): the n-th commonest with a probability of about 1/n. An index of words
 * behaves by its commonest and its rarest words, so notes of evenly drawn words would measure something else.
 */
export function vocabulary(random: Chance): () => string {
  const all = words(chance(7))
  const reach = new Float64Array(all.length)
  let sum = 0
  for (let rank = 0; rank < all.length; rank += 1) {
    sum += 1 / (rank + 2.7) ** 1.05
    reach[rank] = sum
  }
  return () => {
    const wanted = random() * sum
    let [low, high] = [0, all.length - 1]
    while (low < high) {
      const middle = (low + high) >> 1
      if ((reach[middle] ?? 0) < wanted) low = middle + 1
      else high = middle
    }
    return all[low] ?? ''
  }
}
