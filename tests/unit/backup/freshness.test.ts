import { expect, test } from 'vitest'
import { freshness } from '../../../src/renderer/features/backup/words.ts'

const HOUR = 3_600_000
const at = Date.UTC(2025, 10, 22, 16)
const last = {
  name: 'bracket-2025-11-22-0902.bracketbackup',
  createdAt: at - HOUR,
  size: 1,
  counts: { clients: 0, sessions: 0, notes: 0, addenda: 0 },
  recordCheckedAt: at - HOUR,
  privateCheckedAt: null,
}
const fresh = { last, folder: 'stick', behind: null, trouble: null }

test('a young backup is good news, unless it opens with the old sheets only', () => {
  expect(freshness(fresh, at)).toMatchObject({ stale: false, text: expect.stringMatching(/^Backed up and/) })
  const sheets = freshness({ ...fresh, behind: 'sheets' }, at)
  expect(sheets).toEqual({ stale: true, text: 'The newest backup opens with the old recovery sheets only.' })
  for (const behind of ['passphrase', 'backup-passphrase'] as const) {
    expect(freshness({ ...fresh, behind }, at)).toMatchObject({
      stale: true,
      text: expect.not.stringMatching(/Backed up and checked/),
    })
  }
})

test('damage found in the newest is said, and not that there never was one', () => {
  const damaged = { ...fresh, last: null, trouble: { at, code: 'BACKUP_DAMAGED' as const } }
  expect(freshness(damaged, at)).toEqual({
    stale: true,
    text: 'The newest backup was found damaged. A new one is due.',
  })
  expect(freshness({ ...damaged, trouble: null }, at).text).toBe('There is no verified backup yet.')
})
