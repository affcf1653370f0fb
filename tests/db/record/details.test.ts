import fc from 'fast-check'
import { expect, test } from 'vitest'
import { builtInFormats } from '../../../src/shared/document/formats/builtIn.ts'
import { headOf } from '../../../src/shared/document/formats/format.ts'
import { noDetails } from '../../../src/shared/document/details.ts'
import { addClient, addSession, RecordFile, sign, soap } from '../../support/recordFile.ts'
import { anyDetails } from '../../unit/document/details.arbitrary.ts'

test('any structured half is read as it was saved, through the file and after it was opened again', async () => {
  const file = new RecordFile()
  let record = await file.open()
  const sessionId = await addSession(record, await addClient(record), file.now)
  let { id, revision } = await record.notes.open(sessionId)
  await fc.assert(
    fc.asyncProperty(anyDetails, fc.constantFrom(...builtInFormats), async (details, format) => {
      const words = { ...soap('Words'), format: headOf(format), details }
      ;({ revision } = await record.notes.save(id, revision, words))
      const stored = await record.notes.read(id)
      expect({ details: stored.details, format: stored.format }).toEqual({ details, format: headOf(format) })
    }),
    { numRuns: 40 },
  )
  const last = await record.notes.read(id)
  await file.crash()
  record = await file.open()
  expect((await record.notes.read(id)).details).toEqual(last.details)
})

test('what stands in the structured half is found, sealed and unchanged after signing', async () => {
  const file = new RecordFile()
  const record = await file.open()
  const sessionId = await addSession(record, await addClient(record), file.now)
  const draft = await record.notes.open(sessionId)
  const details = {
    ...noDetails,
    interventions: [{ name: 'Behavioral experiment', outcome: 'mixed' as const, said: '' }],
  }
  await record.notes.save(draft.id, draft.revision, { ...soap('Words'), details })
  await record.notes.settle()
  const hits = async () =>
    (await record.search.query('experiment', 'newest')).hits.map(({ noteId }) => noteId)
  expect(await hits()).toEqual([draft.id])
  await sign(record, await record.notes.read(draft.id))
  await record.signing.completeAll()
  const signed = await record.notes.read(draft.id)
  expect(signed).toMatchObject({ state: 'sealed', details })
  expect(await hits()).toEqual([draft.id])
  const [note] = (await record.signedNotes.one(draft.id)).notes
  expect(note).toMatchObject({ details, seal: { intact: true } })
})
