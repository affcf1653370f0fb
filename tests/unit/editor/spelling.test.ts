import { readFileSync } from 'node:fs'
import nspell from 'nspell'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { makeChecker } from '../../../src/renderer/editor/spelling/checker.ts'
import { clinicalWords } from '../../../src/renderer/editor/spelling/clinicalWords.ts'
import type { Dictionary } from '../../../src/renderer/editor/spelling/dictionary.ts'
import { WordBook } from '../../../src/renderer/editor/spelling/WordBook.ts'
import { personalWord } from '../../../src/shared/domain/personalWord.ts'

const file = (language: string, kind: 'aff' | 'dic'): string =>
  readFileSync(
    path.resolve(import.meta.dirname, `../../../node_modules/dictionary-${language}/index.${kind}`),
    'utf8',
  )
const bare = (language: string) => nspell(file(language, 'aff'), file(language, 'dic'))

describe('the dictionaries', () => {
  it('know prose and the words of the trade, and suggest both', () => {
    const plain = bare('en')
    const foreign = clinicalWords.filter((word) => !plain.correct(word))
    expect(foreign.length).toBeGreaterThan(400)
    const checker = makeChecker(plain, clinicalWords)
    for (const word of clinicalWords) expect(checker.right(word), word).toBe(true)
    for (const word of ['sertraline', 'Sertraline', 'ideation', 'anhedonia', "client's", "don't", 'reframed'])
      expect(checker.right(word), word).toBe(true)
    for (const word of ['recieve', 'wnet', 'sertralin', 'anxeity', "recieve's"])
      expect(checker.right(word), word).toBe(false)
    expect(checker.suggest('recieve')).toContain('receive')
    expect(checker.suggest('wnet')[0]).toBe('went')
    expect(checker.suggest('sertralin')).toContain('sertraline')
    expect(checker.suggest('x'.repeat(200))).toEqual([])
    expect(checker.suggest('anxeity').length).toBeLessThanOrEqual(5)
  })

  it('are of three languages', () => {
    expect(bare('en').correct('colour')).toBe(false)
    expect(bare('en-gb').correct('colour')).toBe(true)
    const spanish = bare('es')
    for (const word of ['señora', 'hablábamos', 'está', 'Niña'])
      expect(spanish.correct(word), word).toBe(true)
    expect(spanish.correct('hablabamos')).toBe(false)
  })

  it('have each clinical word once, and none that is no word', () => {
    expect(new Set(clinicalWords).size).toBe(clinicalWords.length)
    for (const word of clinicalWords) expect(personalWord(word), word).not.toBeNull()
  })
})

function shelf(words: string[] = []) {
  const kept = [...words]
  return { kept, words: async () => kept, add: async (word: string) => void kept.push(word) }
}

/** Knows three words, and what it was asked. */
function small() {
  const asked: string[] = []
  const dictionary: Dictionary = {
    wrong: async (words) => {
      asked.push(...words)
      return words.filter((word) => !['right', 'good', 'well'].includes(word))
    },
    suggest: async () => [],
    end: () => undefined,
  }
  return { asked, dictionary }
}

const wrong = async (book: WordBook, ...words: string[]): Promise<string[]> => [
  ...(await book.wrong(new Set(words))),
]

describe('a lane’s words', () => {
  it('are the dictionary’s, those on its shelf and those ignored; each is asked for once', async () => {
    const { asked, dictionary } = small()
    const book = new WordBook(shelf(['Okonjo']), () => dictionary)
    expect(await wrong(book, 'right', 'wrnog', 'Okonjo', "Okonjo's", 'okonjo')).toEqual(['wrnog', 'okonjo'])
    expect(await wrong(book, 'right', 'wrnog')).toEqual(['wrnog'])
    expect(asked.filter((word) => word === 'wrnog')).toHaveLength(1)
    let told = 0
    const stop = book.subscribe(() => void (told += 1))
    await book.add('wrnog')
    book.ignore('Grmbl')
    expect(told).toBe(2)
    stop()
    expect(await wrong(book, 'wrnog', 'Wrnog', 'Grmbl')).toEqual([])
  })

  it('are right in their own lane alone', async () => {
    const { dictionary } = small()
    const [here, there] = [shelf(), shelf()]
    const [record, apart] = [new WordBook(here, () => dictionary), new WordBook(there, () => dictionary)]
    await apart.add('Zzyzx')
    apart.ignore('Grmbl')
    expect(await wrong(apart, 'Zzyzx', 'Grmbl')).toEqual([])
    expect(await wrong(record, 'Zzyzx', 'Grmbl')).toEqual(['Zzyzx', 'Grmbl'])
    expect(here.kept).toEqual([])
  })

  it('are forgotten when the room locks, ignored ones too', async () => {
    const { asked, dictionary } = small()
    const kept = shelf(['Zzyzx'])
    const book = new WordBook(kept, () => dictionary)
    book.ignore('Grmbl')
    expect(await wrong(book, 'Zzyzx', 'Grmbl')).toEqual([])
    book.forget()
    kept.kept.length = 0
    asked.length = 0
    expect(await wrong(book, 'Zzyzx', 'Grmbl')).toEqual(['Zzyzx', 'Grmbl'])
    expect(asked).toEqual(['Zzyzx', 'Grmbl'])
  })

  it('do not come back by an answer that was on its way when the room locked', async () => {
    const { dictionary } = small()
    let answer: (words: readonly string[]) => void = () => undefined
    const late = new Promise<readonly string[]>((resolve) => (answer = resolve))
    const answers: Promise<readonly string[]>[] = [late, Promise.resolve([])]
    const book = new WordBook(
      { words: () => answers.shift() ?? Promise.resolve([]), add: async () => undefined },
      () => dictionary,
    )
    const asked = wrong(book, 'Zzyzx')
    book.forget()
    expect(await wrong(book, 'Zzyzx')).toEqual(['Zzyzx'])
    answer(['Zzyzx'])
    await asked
    expect(await wrong(book, 'Zzyzx')).toEqual(['Zzyzx'])
  })

  it('go on without the shelf when it cannot be read, and ask again', async () => {
    const { dictionary } = small()
    let fails = true
    const book = new WordBook(
      {
        words: async () => {
          if (fails) throw new Error('locked')
          return ['Zzyzx']
        },
        add: async () => {
          throw new Error('locked')
        },
      },
      () => dictionary,
    )
    expect(await wrong(book, 'Zzyzx')).toEqual(['Zzyzx'])
    await expect(book.add('Grmbl')).rejects.toThrow('locked')
    expect(await wrong(book, 'Grmbl')).toEqual(['Grmbl'])
    fails = false
    expect(await wrong(book, 'Zzyzx')).toEqual([])
  })

  it('are all right where spelling is off, and judged anew in another language', async () => {
    const first = small()
    const second: Dictionary = { ...first.dictionary, wrong: async () => [] }
    let dictionary: Dictionary | null = null
    const book = new WordBook(shelf(), () => dictionary)
    expect(await wrong(book, 'wrnog')).toEqual([])
    dictionary = first.dictionary
    expect(await wrong(book, 'wrnog')).toEqual(['wrnog'])
    dictionary = second
    expect(await wrong(book, 'wrnog')).toEqual([])
  })
})
