import { expect, test } from 'vitest'
import { addClient, addSession, DAY, HOUR, RecordFile, sign, write } from '../../support/recordFile.ts'

test('what is carried forward is the last signed note of the same client before the session', async () => {
  const file = new RecordFile()
  const record = await file.open()
  const [ana, ben] = [await addClient(record, 'Ana'), await addClient(record, 'Ben')]
  const days = [-21, -14, -7, 0, 7]
  const sessions = await Promise.all(days.map((day) => addSession(record, ana, file.now + day * DAY)))
  const ofBen = await addSession(record, ben, file.now - HOUR)
  const signed = async (sessionId: string, text: string) => {
    await sign(record, await write(record, sessionId, text))
    await record.signing.completeAll()
  }
  const [first = '', second = '', third = '', today = '', next = ''] = sessions
  const draft = await record.notes.open(today)

  expect(await record.carrying.from(draft.id)).toBeNull()
  await signed(first, 'Three weeks ago.')
  await signed(ofBen, 'Somebody else.')
  // A draft, and a signature that can still be undone, are nobody's words yet.
  await write(record, third, 'Not signed.')
  expect((await record.carrying.from(draft.id))?.sections[0]?.text).toBe('Three weeks ago.')
  await sign(record, await write(record, second, 'Two weeks ago.'))
  expect((await record.carrying.from(draft.id))?.sections[0]?.text).toBe('Three weeks ago.')
  await record.signing.completeAll()

  const carried = await record.carrying.from(draft.id)
  expect(carried).toMatchObject({ at: file.now - 14 * DAY, format: { key: 'soap' } })
  expect(carried?.sections[0]?.text).toBe('Two weeks ago.')
  // What comes later is not before it.
  const ahead = await record.notes.open(next)
  file.now += DAY
  await signed(today, 'Today.')
  expect((await record.carrying.from(ahead.id))?.sections[0]?.text).toBe('Today.')
  const earliest = await record.notes.open(await addSession(record, ana, file.now - 30 * DAY))
  expect(await record.carrying.from(earliest.id)).toBeNull()
  await expect(record.carrying.from('00000000-0000-7000-8000-000000000000')).rejects.toMatchObject({
    code: 'NOT_FOUND',
  })
  await record.close()
})
