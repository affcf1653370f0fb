import { describe, expect, it } from 'vitest'
import { Refused } from '../../../src/renderer/api/client.ts'
import { strengthSentence } from '../../../src/renderer/unlock/strength.tsx'
import { stops } from '../../../src/renderer/unlock/Stopped.tsx'
import { sheetTrouble } from '../../../src/renderer/unlock/troubles.ts'
import { stopReason, strengthVerdict } from '../../../src/shared/contract/vault.ts'

describe('which word of which sheet is meant', () => {
  it('is said by its place', () => {
    const found = sheetTrouble(new Refused('CODE_WORD', 'record.7'))
    expect(found).toMatchObject({ sheet: 'record', word: 7 })
    expect(found?.sentence).toContain('Word 7 of sheet A')
    expect(sheetTrouble(new Refused('WORDS_DIFFER', 'private.12'))?.sentence).toContain('Word 12 of sheet B')
  })

  it('is the sheet alone when no word is named', () => {
    expect(sheetTrouble(new Refused('CODE_COUNT', 'private'))).toMatchObject({ sheet: 'private', word: null })
  })

  it('is nothing when the refusal is about something else', () => {
    expect(sheetTrouble(new Refused('WRONG_PASSPHRASE'))).toBeNull()
    expect(sheetTrouble(new Refused('BAD_INPUT', 'passphrase'))).toBeNull()
  })
})

describe('a stop', () => {
  it.each(stopReason.options)('%s says what happened, what is safe and what to do', (reason) => {
    const { happened, safe, todo } = stops[reason]
    for (const sentence of [happened, safe, todo]) expect(sentence).toMatch(/^[A-Z].{10,}\.$/u)
    // A vault that does not open is never a reason to begin another one.
    expect(todo).not.toMatch(/new vault|start over|begin again|reset/iu)
  })
})

describe('a passphrase’s strength', () => {
  it.each(strengthVerdict.shape.reason.options)('%s is never called good while it is refused', (reason) => {
    for (const score of [0, 1, 2, 3, 4])
      expect(strengthSentence({ score, accepted: false, reason })).not.toMatch(/good\./iu)
  })

  it('is called good when it is accepted', () => {
    expect(strengthSentence({ score: 3, accepted: true, reason: 'none' })).toBe('Good.')
    expect(strengthSentence({ score: 4, accepted: true, reason: 'none' })).toBe('Very good.')
  })
})
