import { existsSync, writeFileSync } from 'node:fs'
import fc from 'fast-check'
import { expect, test, vi } from 'vitest'
import { newId } from '../../../src/main/services/record/ids.ts'
import type { OpenPrivate } from '../../../src/main/services/private/openPrivate.ts'
import { copyPath } from '../../../src/main/store/migrate.ts'
import type { Section } from '../../../src/shared/document/document.ts'
import { promptsFor } from '../../../src/shared/document/privateDocument.ts'
import { decrypted } from '../../support/decryptedPages.ts'
import { apart, PrivateFile } from '../../support/privateFile.ts'
import { addClient, addSession, holds, MORNING, RecordFile, write } from '../../support/recordFile.ts'

const [session, client] = [newId(1), newId(2)]
const part = (key: string, text: string): Section => ({ key, text, lexical: null })

/** Whether these letters stand anywhere in the file or its log, used or not. */
function stands(file: PrivateFile, word: string): boolean {
  return [file.path, `${file.path}-wal`]
    .filter((path) => existsSync(path))
    .some((path) => {
      const pages = decrypted(path, file.key)
      return [Buffer.from(word, 'utf8'), Buffer.from(word, 'utf16le')].some((one) => pages.includes(one))
    })
}

test('headings: a note of one section as before; with others each is shown and found under its own', async () => {
  const file = new PrivateFile()
  const room = await file.open()
  await room.save(session, client, 0, apart('just words'))
  await room.save(session, client, 1, [
    part('private', 'opening thought'),
    part('private-hypotheses', 'grief behind the quarrel'),
    part('private-culture', ''),
    part('private-supervision', 'ask about endings'),
  ])
  const { notes } = await room.forClient(client)
  expect(notes[0]).toMatchObject({
    text: 'opening thought\n\nHypotheses\ngrief behind the quarrel\n\nQuestions for supervision\nask about endings',
    parts: [
      { key: 'private', text: 'opening thought' },
      { key: 'private-hypotheses', text: 'grief behind the quarrel' },
      { key: 'private-supervision', text: 'ask about endings' },
    ],
  })
  expect(await room.search('quarrel')).toMatchObject([
    { section: 'private-hypotheses', snippet: { before: 'grief behind the ', match: 'quarrel' } },
  ])
  // A heading finds every note that has it.
  expect(await room.search('hypotheses')).toMatchObject([{ section: null, snippet: { match: 'Hypotheses' } }])
  expect(await room.search('culture')).toEqual([])
  expect(await room.written(session)).toBe(true)
  expect(await room.written(newId(4))).toBe(false)
})

test('one damaged document neither hides the others nor keeps itself from being destroyed', async () => {
  const file = new PrivateFile()
  const room = await file.open()
  await room.save(session, client, 0, apart('first words'))
  await room.save(newId(3), client, 0, apart('second words'))
  await file.store.write((h) =>
    h.run(`UPDATE private_notes SET document = '{' WHERE session_id = :session`, { session }),
  )
  expect((await room.search('words')).map((hit) => hit.section)).toEqual(['private', 'private'])
  expect((await room.forClient(client)).notes).toHaveLength(2)
  await room.destroy(session)
  expect((await room.forClient(client)).notes).toHaveLength(1)
})

test('a crossing is remembered once, with its words and its way, however often it is told', async () => {
  const file = new PrivateFile()
  const room = await file.open()
  const crossing = { id: newId(5), sessionId: session, clientId: client, direction: 'to-progress' as const }
  const first = await room.crossed({ ...crossing, text: 'the sentence' })
  file.now += 1000
  expect(await room.crossed({ ...crossing, text: 'another' })).toEqual(first)
  await room.crossed({ ...crossing, id: newId(6), direction: 'to-private', text: 'back again' })
  expect(await room.crossings(session)).toEqual([
    { direction: 'to-progress', text: 'the sentence', at: first.at },
    { direction: 'to-private', text: 'back again', at: file.now },
  ])
  expect(await room.crossings(newId(7))).toEqual([])
})

/** A room with some other notes in it, and one that is written, searched, rewritten and crossed from. */
async function lived(file: PrivateFile, words: readonly string[], others: number): Promise<OpenPrivate> {
  const room = await file.open()
  for (let n = 0; n < others; n += 1) {
    await room.save(newId(100 + n), client, 0, apart(`other note ${n} ${'some more words '.repeat(n % 90)}`))
    if (n % 25 === 0) await room.search('other')
  }
  let revision = 0
  for (const word of words) {
    await room.save(session, client, revision, [
      part('private', `${word} and what it was about `.repeat(1 + revision * 40)),
      part('private-reactions', `felt ${word}`),
    ])
    revision += 1
    await room.search(word.slice(0, 4))
  }
  await room.crossed({
    id: newId(8),
    sessionId: session,
    clientId: client,
    direction: 'to-private',
    text: words[0] ?? '',
  })
  return room
}

test('destroyed: its words stand nowhere any more, not in a free page, the index or the log; ids and time do', async () => {
  const letters = fc.array(fc.constantFrom(...'bcdfghjklmnpqrstvwz'), { minLength: 14, maxLength: 14 })
  await fc.assert(
    fc.asyncProperty(
      fc.uniqueArray(
        letters.map((list) => list.join('')),
        { minLength: 1, maxLength: 4 },
      ),
      fc.integer({ min: 0, max: 160 }),
      async (words, others) => {
        const file = new PrivateFile()
        const room = await lived(file, words, others)
        const last = words.at(-1) ?? ''
        expect(stands(file, last)).toBe(true)
        file.now += 60_000
        expect(await room.destroy(session)).toEqual({ destroyedAt: file.now })

        expect(words.filter((word) => stands(file, word))).toEqual([])
        expect(await room.get(session)).toMatchObject({ revision: 0, updatedAt: null })
        expect(await room.search(last)).toEqual([])
        expect(await room.written(session)).toBe(false)
        expect((await room.search('other')).length).toBe(Math.min(others, 20))
        expect(await file.store.integrity()).toBe('ok')
        const { destroyed_notes: gone } = await file.everything()
        expect(gone).toMatchObject([{ session_id: session, client_id: client, at: file.now }])
        expect(Object.keys(gone?.[0] ?? {})).toEqual(['id', 'session_id', 'client_id', 'at'])
        await room.close()
        expect(words.filter((word) => stands(file, word))).toEqual([])
      },
    ),
    { numRuns: 6, seed: 7 },
  )
})

test('destroying what was never written is NOT_FOUND; an old save does not bring it back; a new note can be written', async () => {
  const file = new PrivateFile()
  const room = await file.open()
  await expect(room.destroy(session)).rejects.toMatchObject({ code: 'NOT_FOUND' })
  await room.save(session, client, 0, apart('words'))
  await room.destroy(session)
  await expect(room.save(session, client, 1, apart('words again'))).rejects.toMatchObject({
    code: 'CONFLICT',
  })
  await expect(room.destroy(session)).rejects.toMatchObject({ code: 'NOT_FOUND' })
  expect(await room.save(session, client, 0, apart('another'))).toMatchObject({ revision: 1 })
  expect((await room.search('another')).length).toBe(1)
})

test('a second try after the bytes could not be overwritten overwrites them, and says that nothing is written', async () => {
  const file = new PrivateFile()
  const room = await file.open()
  const copy = copyPath(file.path, 2)
  await room.save(session, client, 0, apart('words'))
  writeFileSync(copy, 'an encrypted copy')
  const checkpoint = vi.spyOn(file.store, 'checkpoint').mockRejectedValueOnce(new Error('DISK_FULL'))
  await expect(room.destroy(session)).rejects.toThrow('DISK_FULL')
  expect(existsSync(copy)).toBe(true)
  expect(await room.written(session)).toBe(false)
  await expect(room.destroy(session)).rejects.toMatchObject({ code: 'NOT_FOUND' })
  expect(checkpoint).toHaveBeenCalledTimes(2)
  expect(existsSync(copy)).toBe(false)
})

test('the copy that was made before a migration goes with it: it holds the same words', async () => {
  const file = new PrivateFile()
  const room = await file.open()
  await room.save(session, client, 0, apart('words'))
  const copy = copyPath(file.path, 2)
  writeFileSync(copy, 'an encrypted copy')
  await room.destroy(session)
  expect(existsSync(copy)).toBe(false)
  expect(existsSync(file.path)).toBe(true)
})

test('nothing of headings, crossings or destroyed notes is in the record: not in a row, an index or its log', async () => {
  const [record, beside] = [new RecordFile(), new PrivateFile()]
  const [book, room] = [await record.open(), await beside.open()]
  const ana = await addClient(book, 'Ana')
  const note = await write(book, await addSession(book, ana, MORNING), 'what was seen')
  const words = promptsFor('practice').map((_, n) => `kwietnik${'bcdfgh'[n]}zx`)
  const sessionId = note.session.id
  await room.save(
    sessionId,
    ana,
    0,
    promptsFor('practice').map(({ key }, n) => part(key, words[n] ?? '')),
  )
  const crossing = { id: newId(9), sessionId, clientId: ana, direction: 'to-private' as const }
  await room.crossed({ ...crossing, text: 'kwietnikcrossed' })
  await room.search('kwietnik')
  await book.notes.settle()
  const inPrivate = await beside.everything()
  for (const word of [...words, 'kwietnikcrossed']) expect(holds(inPrivate, word), word).toBe(true)
  await room.destroy(sessionId)
  await book.log.note('private-destroyed', { subject: sessionId })
  const inRecord = await record.everything()
  expect(holds(inRecord, 'what was seen')).toBe(true)
  for (const word of ['kwietnik', 'Hypotheses', 'hypotheses', 'transference']) {
    expect(holds(inRecord, word), word).toBe(false)
  }
  const { entries } = await book.log.list('private', null, null)
  expect(entries).toMatchObject([{ action: 'private-destroyed', sessionId, clientId: ana, count: null }])
})
