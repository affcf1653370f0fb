import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { backupName, isBackupName, isPartialOf, partialName } from '../../../src/main/backup/manifest.ts'
import { giveName } from '../../../src/main/backup/naming.ts'
import { inFolder, inProfile } from '../../../src/main/backup/troubles.ts'
import { temporaryDirectory } from '../../support/storeFiles.ts'

const at = new Date(2025, 10, 22, 16, 2).getTime()
const VAULT = '01234567-89ab-4cde-8f01-23456789abcd'

test('a name is a time and the beginning of a random id; the second of a minute gets a number', () => {
  const names = [1, 2, 3].map((nth) => backupName(at, VAULT, nth))
  expect(names).toEqual([
    'bracket-2025-11-22-1602-01234567.bracketbackup',
    'bracket-2025-11-22-1602-01234567-2.bracketbackup',
    'bracket-2025-11-22-1602-01234567-3.bracketbackup',
  ])
  expect(names.every(isBackupName)).toBe(true)
  // Of two vaults in one minute.
  expect(backupName(at, `f${VAULT.slice(1)}`, 1)).not.toBe(names[0])
  expect(isBackupName(`../${names[0]}`)).toBe(false)
  // From before names had a part of the id.
  expect(isBackupName('bracket-2025-11-22-1602.bracketbackup')).toBe(true)
  expect(isBackupName('bracket-2025-11-22-1602-2.bracketbackup')).toBe(true)
})

test('a partial file is told from a backup, and from another vault’s; no two have one name', () => {
  const partial = partialName(VAULT)
  expect(isBackupName(partial)).toBe(false)
  expect(isPartialOf(VAULT, partial)).toBe(true)
  expect(isPartialOf(`f${VAULT.slice(1)}`, partial)).toBe(false)
  expect(partialName(VAULT)).not.toBe(partial)
})

describe.each([
  ['with links', undefined],
  // exFAT and some network folders.
  ['without links', () => Promise.reject(Object.assign(new Error('no links'), { code: 'EPERM' }))],
] as const)('a name is given %s', (_, secondLink) => {
  test('and never over a file that somebody put there a moment before', async () => {
    const folder = temporaryDirectory()
    const partial = path.join(folder, 'partial')
    writeFileSync(partial, 'mine')
    const theirs = path.join(folder, 'name-1')
    writeFileSync(theirs, 'theirs')
    expect(await giveName(partial, folder, (nth) => `name-${nth}`, secondLink)).toBe('name-2')
    expect(readdirSync(folder).toSorted()).toEqual(['name-1', 'name-2'])
    expect(readFileSync(theirs, 'utf8')).toBe('theirs')
    expect(readFileSync(path.join(folder, 'name-2'), 'utf8')).toBe('mine')
  })

  test('of many at once each gets its own', async () => {
    const folder = temporaryDirectory()
    const many = Array.from({ length: 8 }, (_unused, n) => {
      const partial = path.join(folder, `partial-${n}`)
      writeFileSync(partial, `content ${n}`)
      return giveName(partial, folder, (nth) => `name-${nth}`, secondLink)
    })
    const names = await Promise.all(many)
    const contents = names.map((name) => readFileSync(path.join(folder, name), 'utf8'))
    expect(contents).toEqual(names.map((_unused, n) => `content ${n}`))
  })

  test('or refused, leaving nothing under it, when the folder is gone', async () => {
    const folder = temporaryDirectory()
    const gone = path.join(folder, 'gone')
    await expect(giveName(path.join(gone, 'partial'), gone, () => 'name', secondLink)).rejects.toMatchObject({
      code: 'ENOENT',
    })
    await expect(
      giveName(path.join(folder, 'swept'), folder, () => 'name', secondLink),
    ).rejects.toMatchObject({
      code: 'ENOENT',
    })
    expect(readdirSync(folder)).toEqual([])
  })
})

test('what the system says of a full, read-only or vanished place becomes a word of ours', async () => {
  const said = (where: typeof inFolder, code: string) =>
    where(() => Promise.reject(Object.assign(new Error('a path'), { code }))).catch((error: unknown) => error)
  expect(await said(inFolder, 'ENOSPC')).toMatchObject({ code: 'BACKUP_NO_ROOM' })
  expect(await said(inFolder, 'EROFS')).toMatchObject({ code: 'BACKUP_FOLDER_READ_ONLY' })
  expect(await said(inFolder, 'ENOENT')).toMatchObject({ code: 'BACKUP_FOLDER_GONE' })
  expect(await said(inProfile, 'ENOSPC')).toMatchObject({ code: 'DISK_FULL', message: 'DISK_FULL' })
})
