import { expect, test } from 'vitest'
import { newId } from '../../../src/main/services/record/ids.ts'
import { apart, PrivateFile } from '../../support/privateFile.ts'
import {
  addClient,
  addSession,
  beginning,
  DAY,
  holds,
  MORNING,
  RecordFile,
  sign,
  soap,
  write,
} from '../../support/recordFile.ts'

const [session, client] = [newId(1), newId(2)]

test('a private note: empty until written, saved by revision, read again after closing', async () => {
  const file = new PrivateFile()
  const room = await file.open()
  expect(await room.get(session)).toEqual({ revision: 0, sections: apart(''), updatedAt: null })
  expect(await room.save(session, client, 0, apart('one'))).toEqual({ revision: 1, savedAt: file.now })
  expect(file.changes).toBe(1)
  file.now += 5
  expect(await room.save(session, client, 1, apart('one two'))).toEqual({ revision: 2, savedAt: file.now })
  expect(file.changes).toBe(1)
  for (const stale of [0, 1, 3, -1]) {
    await expect(room.save(session, client, stale, apart('x'))).rejects.toMatchObject({ code: 'CONFLICT' })
  }
  await room.close()
  await expect(room.get(session)).rejects.toMatchObject({ code: 'CLOSED' })
  const again = await file.open()
  expect(await again.get(session)).toEqual({ revision: 2, sections: apart('one two'), updatedAt: file.now })
})

test('of saves made at the same moment one is kept', async () => {
  const file = new PrivateFile()
  const room = await file.open()
  const first = await Promise.allSettled(
    [1, 2, 3].map((n) => room.save(session, client, 0, apart(`first ${n}`))),
  )
  expect(first.filter((r) => r.status === 'fulfilled')).toHaveLength(1)
  const later = await Promise.allSettled(
    [1, 2, 3].map((n) => room.save(session, client, 1, apart(`later ${n}`))),
  )
  expect(later.filter((r) => r.status === 'fulfilled')).toHaveLength(1)
  expect((await room.get(session)).revision).toBe(2)
})

test('the newest five of a client, blank ones left out', async () => {
  const file = new PrivateFile()
  const room = await file.open()
  const sessions = Array.from({ length: 8 }, (_, n) => newId(10 + n))
  for (const [place, id] of sessions.entries()) {
    file.now += DAY
    await room.save(id, client, 0, apart(place === 7 ? ' \n' : `note ${place}`))
  }
  const somebody = newId(98)
  await room.save(newId(99), somebody, 0, apart('of somebody else'))
  const { notes, more } = await room.forClient(client)
  expect(notes.map((n) => n.text)).toEqual(['note 6', 'note 5', 'note 4', 'note 3', 'note 2'])
  expect(more).toBe(true)
  expect(await room.forClient(somebody)).toMatchObject({ notes: [{ text: 'of somebody else' }], more: false })
})

test('search: every word, in any form, newest first; nothing typed is an error; a deleted word leaves the file', async () => {
  const file = new PrivateFile()
  const room = await file.open()
  const words = ['который', 'café', '불안해요', 'हिन्दी', 'שָׁלוֹם', 'がっこう', 'qwertzuiop']
  await room.save(
    session,
    client,
    0,
    apart(words.map((w, n) => w.normalize(n % 2 ? 'NFD' : 'NFC')).join('🙂')),
  )
  for (const word of words) {
    for (const typed of [word.normalize('NFC'), word.normalize('NFD'), beginning(word, 3)]) {
      expect(
        (await room.search(typed)).map((h) => h.sessionId),
        typed,
      ).toEqual([session])
    }
  }
  for (const typed of [
    '"',
    '*',
    'NEAR(',
    'a AND',
    '-',
    ':',
    '^',
    '{',
    "';",
    '\0\0',
    '(((',
    'plain:x',
    '\ud800\ud800',
  ]) {
    expect(await room.search(typed)).toEqual([])
  }
  expect(holds(await file.everything(), 'ertzuiop')).toBe(true)
  await room.save(session, client, 1, apart('something else'))
  expect(await room.search('qwertz')).toEqual([])
  expect(holds(await file.everything(), 'ertzuiop')).toBe(false)
  expect((await room.search('some'))[0]?.snippet).toEqual({ before: '', match: 'something', after: ' else' })
  // Written, never searched, closed: found the next time.
  await room.save(newId(3), client, 0, apart('afterthought'))
  await room.close()
  const again = await file.open()
  expect(await again.search('afterthought')).toHaveLength(1)
})

test('each room holds its own words and nobody else’s: not in a row, not in an index', async () => {
  const [record, apartFile] = [new RecordFile(), new PrivateFile()]
  const [book, room] = [await record.open(), await apartFile.open()]
  const name = 'Quirinia Zwetschke'
  const ana = await addClient(book, name)
  const note = await write(book, await addSession(book, ana, MORNING), 'xylophonkasten')
  await room.save(note.session.id, ana, 0, apart('kwietnikbrzoza'))
  await book.loops.add(ana, note.session.id, 'self', 'jjwhispering')
  await book.notes.settle()
  expect((await room.search('kwiet')).length).toBe(1)
  expect((await book.search.query('kwiet', 'newest')).hits).toEqual([])
  expect(await room.search('xylo')).toEqual([])
  await book.notes.save(note.id, note.revision, soap('xylophonkasten and more'))
  await sign(book, await book.notes.read(note.id))
  await book.signing.completeAll()

  const [inRecord, inPrivate] = [await record.everything(), await apartFile.everything()]
  for (const word of ['xylophonkasten', 'phonkasten', name, 'jjwhispering']) {
    expect(holds(inRecord, word), word).toBe(true)
    expect(holds(inPrivate, word), word).toBe(false)
  }
  for (const word of ['kwietnikbrzoza', 'etnikbrzoza']) {
    expect(holds(inPrivate, word), word).toBe(true)
    expect(holds(inRecord, word), word).toBe(false)
  }
  // The private file does not even say who anybody is: ids, and nothing of the client but that.
  expect(inPrivate['private_notes']?.map((row) => [row['client_id'], row['session_id']])).toEqual([
    [ana, note.session.id],
  ])
})

test('a very long private note comes back letter for letter', async () => {
  const file = new PrivateFile()
  const room = await file.open()
  const long = 'ж🙂 '.repeat(90_000)
  await room.save(session, client, 0, apart(long))
  expect((await room.get(session)).sections[0]?.text).toBe(long)
  expect(await file.store.integrity()).toBe('ok')
})
