import type { Refused } from '../api/client.ts'
import { sentences } from '../api/sentences.ts'

export type Sheet = 'record' | 'private'

export const sheetNames: Readonly<Record<Sheet, string>> = {
  record: 'Sheet A · the record',
  private: 'Sheet B · the private notes',
}
const letters: Readonly<Record<Sheet, string>> = { record: 'A', private: 'B' }

export interface SheetTrouble {
  readonly sheet: Sheet
  readonly word: number | null
  readonly sentence: string
}

/** Which sheet, and which word on it, a refusal means ("record.7"); null when it is about something else. */
export function sheetTrouble({ code, field }: Refused): SheetTrouble | null {
  const found = /^(record|private)(?:Code)?(?:\.(\d{1,2}))?$/u.exec(field ?? '')
  if (found === null) return null
  const sheet = found[1] as Sheet
  const word = found[2] === undefined ? null : Number(found[2])
  if (code === 'CODE_WORD' && word !== null) {
    return {
      sheet,
      word,
      sentence: `Word ${word} of sheet ${letters[sheet]} is not on the list of recovery words. Please check its spelling.`,
    }
  }
  if (code === 'WORDS_DIFFER' && word !== null) {
    return {
      sheet,
      word,
      sentence: `Word ${word} of sheet ${letters[sheet]} is another one. Please look at the sheet once more.`,
    }
  }
  return { sheet, word, sentence: sentences[code] }
}
