import { expect, test } from 'vitest'
import { backupName, isBackupName, isPartialOf, partialName } from '../../../src/main/backup/manifest.ts'
import { inFolder, inProfile } from '../../../src/main/backup/troubles.ts'

const at = new Date(2025, 10, 22, 16, 2).getTime()
const VAULT = '01234567-89ab-4cde-8f01-23456789abcd'

test('a name is a time and nothing else; the second of a minute gets a number', () => {
  const taken = new Set<string>()
  const names = [1, 2, 3].map(() => {
    const name = backupName(at, (one) => taken.has(one))
    taken.add(name)
    return name
  })
  expect(names).toEqual([
    'bracket-2025-11-22-1602.bracketbackup',
    'bracket-2025-11-22-1602-2.bracketbackup',
    'bracket-2025-11-22-1602-3.bracketbackup',
  ])
  expect(names.every(isBackupName)).toBe(true)
  expect(isBackupName(`../${names[0]}`)).toBe(false)
})

test('a partial file is told from a backup, and from another vault’s', () => {
  const partial = partialName(
    VAULT,
    backupName(at, () => false),
  )
  expect(isBackupName(partial)).toBe(false)
  expect(isPartialOf(VAULT, partial)).toBe(true)
  expect(isPartialOf(`f${VAULT.slice(1)}`, partial)).toBe(false)
})

test('what the system says of a full, read-only or vanished place becomes a word of ours', async () => {
  const said = (where: typeof inFolder, code: string) =>
    where(() => Promise.reject(Object.assign(new Error('a path'), { code }))).catch((error: unknown) => error)
  expect(await said(inFolder, 'ENOSPC')).toMatchObject({ code: 'BACKUP_NO_ROOM' })
  expect(await said(inFolder, 'EROFS')).toMatchObject({ code: 'BACKUP_FOLDER_READ_ONLY' })
  expect(await said(inFolder, 'ENOENT')).toMatchObject({ code: 'BACKUP_FOLDER_GONE' })
  expect(await said(inProfile, 'ENOSPC')).toMatchObject({ code: 'DISK_FULL', message: 'DISK_FULL' })
})
