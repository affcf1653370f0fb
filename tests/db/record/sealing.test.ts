import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { OpenRecord } from '../../../src/main/services/record/openRecord.ts'
import { SEALING_MS } from '../../../src/shared/domain/sessionLife.ts'
import {
  addClient,
  addSession,
  DAY,
  HOUR,
  MINUTE,
  MORNING,
  RecordFile,
  sign,
  write,
} from '../../support/recordFile.ts'

// Waiting alone is faked; the store's thread really works.
beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] }))
afterEach(() => void vi.useRealTimers())

/** Long enough that its words do not fit into the index without new pages. */
const LONG = Array.from({ length: 12_000 }, (_, place) => `word${place}`).join(' ')

async function signedNote(maxPageCount?: number) {
  const file = new RecordFile()
  file.maxPageCount = maxPageCount
  const record = await file.open()
  const client = await addClient(record)
  const note = await write(record, await addSession(record, client, MORNING - HOUR), LONG)
  const until = await sign(record, note)
  return { file, record, note, client, until }
}

/** Takes every page that is left, as somebody's holiday pictures would. */
async function fillDisk(file: RecordFile): Promise<void> {
  await file.store.write((h) => h.run('CREATE TABLE pictures (bytes BLOB)'))
  for (let size = 1 << 20; size >= 512; size >>= 1) {
    const add = () => file.store.write((h) => h.run(`INSERT INTO pictures VALUES (zeroblob(${size}))`))
    while (
      await add().then(
        () => true,
        () => false,
      )
    );
  }
}

const stateOf = async (record: OpenRecord, noteId: string) => (await record.notes.read(noteId)).state

test('a seal that finds the disk full is tried again, ever more seldom, until it is written', async () => {
  const { file, record, note, until } = await signedNote(900)
  await fillDisk(file)
  file.now = until
  await vi.advanceTimersByTimeAsync(SEALING_MS)
  expect(await stateOf(record, note.id)).toBe('sealing')
  // What the ten seconds were for is over, sealed or not.
  await expect(record.signing.undo(note.id)).rejects.toMatchObject({ code: 'UNDO_TOO_LATE' })

  for (const wait of [2_000, 4_000]) {
    await vi.advanceTimersByTimeAsync(wait)
    expect(await stateOf(record, note.id)).toBe('sealing')
  }
  await file.store.write((h) => h.run('DROP TABLE pictures'))
  file.topics.length = 0
  await vi.advanceTimersByTimeAsync(7_999)
  expect(await stateOf(record, note.id)).toBe('sealing')
  await vi.advanceTimersByTimeAsync(1)
  expect(await record.notes.read(note.id)).toMatchObject({
    state: 'sealed',
    seal: { sequence: 1, sealedAt: until - SEALING_MS },
  })
  expect(vi.getTimerCount()).toBe(0)
})

test('a seal is tried again at least once a minute', async () => {
  const { file, record, note } = await signedNote(900)
  await fillDisk(file)
  await vi.advanceTimersByTimeAsync(SEALING_MS)
  for (let wait = 2_000; wait < 200_000; wait *= 2) {
    expect(await stateOf(record, note.id)).toBe('sealing')
    await vi.advanceTimersByTimeAsync(Math.min(wait, MINUTE))
  }
  expect(await stateOf(record, note.id)).toBe('sealing')
  await file.store.write((h) => h.run('DROP TABLE pictures'))
  await vi.advanceTimersByTimeAsync(MINUTE)
  expect(await stateOf(record, note.id)).toBe('sealed')
})

test('nothing is tried after closing or a lost file, and a note that could not be sealed is a draft again', async () => {
  const first = await signedNote(900)
  await fillDisk(first.file)
  await vi.advanceTimersByTimeAsync(SEALING_MS)
  expect(await stateOf(first.record, first.note.id)).toBe('sealing')
  await expect(first.record.close()).rejects.toMatchObject({ code: 'FULL' })
  expect(vi.getTimerCount()).toBe(0)
  first.file.maxPageCount = undefined
  await first.file.force((sql) => sql.exec('DROP TABLE pictures'))
  expect(await stateOf(await first.file.open(), first.note.id)).toBe('draft')

  const lost = await signedNote()
  await lost.file.crash()
  await vi.advanceTimersByTimeAsync(SEALING_MS)
  await lost.record.close().catch(() => undefined)
  await vi.advanceTimersByTimeAsync(DAY)
  expect(vi.getTimerCount()).toBe(0)
})

test('a write-ahead log that cannot be emptied does not keep the lists from saying that a note is signed', async () => {
  const { file, record, note } = await signedNote()
  vi.spyOn(file.store, 'checkpoint').mockRejectedValue(new Error('busy'))
  file.topics.length = 0
  await record.signing.completeAll()
  expect(file.topics).toEqual(['notes', 'sessions', 'clients', 'goals'])
  expect(await stateOf(record, note.id)).toBe('sealed')
})

test('what was set down stays as it was signed, and a signed note does not show what is open today', async () => {
  const file = new RecordFile()
  const record = await file.open()
  const client = await addClient(record)
  const session = await addSession(record, client, MORNING - HOUR)
  await record.loops.add(client, null, 'task', 'From before')
  const note = await write(record, session, 'Words')
  await record.loops.add(client, session, 'plan', 'Set down')
  expect((await record.notes.read(note.id)).openLoops).toHaveLength(1)
  await sign(record, note)
  const refused = { code: 'SEALED' }
  await expect(record.loops.add(client, session, 'plan', 'Too late')).rejects.toMatchObject(refused)
  await record.signing.completeAll()
  await expect(record.loops.add(client, session, 'plan', 'Too late')).rejects.toMatchObject(refused)
  const read = await record.notes.read(note.id)
  expect(read.setDown.map((loop) => loop.text)).toEqual(['Set down'])
  await expect(record.loops.edit(read.setDown[0]?.id ?? '', 'Other words')).rejects.toMatchObject(refused)
  expect(read.openLoops).toEqual([])
})

test('times that cannot have been are refused before anything is signed; an end still to come is not', async () => {
  const file = new RecordFile()
  const record = await file.open()
  const note = await write(record, await addSession(record, await addClient(record), MORNING), 'Words')
  const signed = (actualStart: number, actualEnd: number) =>
    record.signing.sign({ noteId: note.id, revision: note.revision, actualStart, actualEnd, summary: 'Line' })
  const day = { code: 'TOO_LONG_SESSION', field: 'actualEnd' }
  await expect(signed(MORNING - DAY, MORNING + 1)).rejects.toMatchObject(day)
  const ahead = { code: 'BAD_INPUT', field: 'actualStart' }
  await expect(signed(MORNING + MINUTE + 1, MORNING + HOUR)).rejects.toMatchObject(ahead)
  expect(await stateOf(record, note.id)).toBe('draft')
  await signed(MORNING + MINUTE, MORNING + MINUTE + DAY)
  expect(await stateOf(record, note.id)).toBe('sealing')
})
