import { describe, expect, it } from 'vitest'
import { sectionKey } from '../../../src/shared/document/document.ts'
import { sectionWords } from '../../../src/shared/document/formats/sectionWords.ts'
import {
  isPrivateKey,
  PRIVATE_SECTION,
  privateHeading,
  privateText,
  promptOf,
  promptsFor,
} from '../../../src/shared/document/privateDocument.ts'

describe('a private note’s headings', () => {
  it('are six in either setting, each with a key of the private room alone', () => {
    for (const setting of ['practice', 'school'] as const) {
      const prompts = promptsFor(setting)
      expect(prompts).toHaveLength(6)
      expect(new Set(prompts.map((p) => p.key)).size).toBe(6)
      for (const { key, label } of prompts) {
        expect(sectionKey.safeParse(key).success, key).toBe(true)
        expect(isPrivateKey(key)).toBe(true)
        expect(promptOf(key)?.label).toBe(label)
        expect(privateHeading(key)).toBe(label)
      }
    }
    expect(Object.keys(sectionWords).filter(isPrivateKey)).toEqual([])
    expect(promptsFor('school').map((p) => p.label)).not.toContain('Transference and countertransference')
  })

  it('are told also where a later version put them, and none is put over a note that has none', () => {
    expect(privateHeading('private-something-later')).toBe('Something later')
    expect(privateHeading(PRIVATE_SECTION)).toBeNull()
    expect(privateText([{ key: PRIVATE_SECTION, text: ' as before \n', lexical: null }])).toBe('as before')
  })
})
