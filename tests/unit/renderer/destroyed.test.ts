import { expect, it } from 'vitest'
import { leftWords, NOT_REACHED } from '../../../src/renderer/unlock/destroyedWords.ts'

it('says of a secret left in the keychain that it may open backups, never that it opens nothing', () => {
  for (const found of ['there', 'unasked'] as const) {
    const words = leftWords([
      { kind: 'record', found: 'gone' },
      { kind: 'keychain', found },
    ])
    expect(words).toMatch(/may open the backups.*passphrase/u)
    expect(words).toContain('delete')
    expect(words).not.toMatch(/opens nothing/u)
  }
})

it('says of files that are left that the next start goes on', () => {
  const words = leftWords([
    { kind: 'record', found: 'there' },
    { kind: 'keychain', found: 'there' },
  ])
  expect(words).toContain('Start Bracket again')
  expect(leftWords([{ kind: 'record', found: 'gone' }])).toBeNull()
})

it('says what only its owner can do about sheets, backups and what a disk keeps', () => {
  expect(NOT_REACHED).toContain('burn the recovery sheets')
  expect(NOT_REACHED).toContain('delete the backups')
  expect(NOT_REACHED).not.toMatch(/nothing opens/iu)
})
