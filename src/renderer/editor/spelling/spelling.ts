import type { Context, SpellingLanguage } from '../../../shared/contract/app.ts'
import { queryClient } from '../../api/cache.ts'
import { api } from '../../api/client.ts'
import { contextQuery } from '../../api/context.ts'
import { type Dictionary, startDictionary } from './dictionary.ts'
import { WordBook } from './WordBook.ts'

/*
 * The one dictionary of the page. Its thread starts with the first words that are looked at in an open note, never
 * before, and ends a minute after the last note was left: it holds tens of megabytes.
 */
const LEFT_MS = 60_000

let running: { readonly language: SpellingLanguage; readonly dictionary: Dictionary } | null = null
let users = 0
let ending: ReturnType<typeof setTimeout> | undefined

/** In which language spelling is checked; null: it is off. */
export const spellingLanguage = (): SpellingLanguage | null =>
  queryClient.getQueryData<Context>(contextQuery().queryKey)?.preferences.spelling ?? null

/** The dictionary of the language that is chosen, started if need be. */
export function dictionary(): Dictionary | null {
  const language = spellingLanguage()
  if (running !== null && running.language !== language) end()
  if (language === null) return null
  running ??= { language, dictionary: startDictionary(language) }
  return running.dictionary
}

function end(): void {
  running?.dictionary.end()
  running = null
}

/** A field is on the screen; call the answer when it is gone. */
export function using(): () => void {
  users += 1
  follow()
  clearTimeout(ending)
  return () => {
    users -= 1
    if (users === 0) ending = setTimeout(end, LEFT_MS)
  }
}

/** The record's lane. The private one's is the private feature's (features/private). */
export const recordWords = new WordBook(
  {
    words: async () => (await api.spelling.words({})).words,
    add: async (word) => void (await api.spelling.add({ word })),
  },
  dictionary,
)

let following = false

/** Words may also be taken off the list in Settings. */
function follow(): void {
  if (following) return
  following = true
  window.bracket.on('changed', ({ topics }) => {
    if (topics.includes('spelling')) recordWords.reload()
  })
}
