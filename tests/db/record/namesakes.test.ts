import { expect, test } from 'vitest'
import { RecordFile } from '../../support/recordFile.ts'

test('who shares a name is told apart by birth date or by when the file was begun; nobody else is listed', async () => {
  const record = await new RecordFile().open()
  const create = (name: string, birthDate: string | null = null) =>
    record.clients.create({ name, birthDate, pronouns: '', referralReason: '' })
  expect(await record.clients.namesakes()).toEqual([])
  const first = await create('Zoë  Brown', '2013-03-03')
  await create('Ana Ruiz', '2012-01-01')
  expect(await record.clients.namesakes()).toEqual([])
  // In other capitals, and with the two dots as a letter of their own, it is the same name to the eye.
  const second = await create('zoe\u0308 brown')
  const found = await record.clients.namesakes()
  expect(new Map(found.map(({ id, birthDate }) => [id, birthDate]))).toEqual(
    new Map([
      [first, '2013-03-03'],
      [second, null],
    ]),
  )
  await record.clients.update(second, {
    name: 'Zoë Brown-Diaz',
    birthDate: null,
    pronouns: '',
    referralReason: '',
  })
  expect(await record.clients.namesakes()).toEqual([])
})
