import { writeFileSync } from 'node:fs'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, test } from 'vitest'
import type { OpenRecord } from '../../../src/main/services/record/openRecord.ts'
import { newId } from '../../../src/main/services/record/ids.ts'
import { createSnippetDesk } from '../../../src/main/shorthand/desk.ts'
import { PrivateFile } from '../../support/privateFile.ts'
import { holds, RecordFile } from '../../support/recordFile.ts'

const pairs = async (record: OpenRecord) =>
  (await record.snippets.list()).map(({ short, long }) => [short, long])

test('shorthand is added, changed and taken away, one of each short form, and still there after closing', async () => {
  const file = new RecordFile()
  let record = await file.open()
  expect(await record.snippets.list()).toEqual([])
  const id = await record.snippets.save(null, 'sx', ' symptoms\r\nand more \n')
  await record.snippets.save(null, 'tx', 'treatment')
  expect(file.topics).toEqual(['snippets', 'snippets'])
  expect(await pairs(record)).toEqual([
    ['sx', 'symptoms\nand more'],
    ['tx', 'treatment'],
  ])
  await expect(record.snippets.save(null, 'sx', 'another')).rejects.toMatchObject({ code: 'SHORT_TAKEN' })
  await expect(record.snippets.save(id, 'tx', 'another')).rejects.toMatchObject({ code: 'SHORT_TAKEN' })
  await expect(record.snippets.save(null, 'two words', 'x')).rejects.toMatchObject({ code: 'BAD_INPUT' })
  await expect(record.snippets.save(newId(1), 'new', 'x')).rejects.toMatchObject({ code: 'NOT_FOUND' })
  expect(await record.snippets.save(id, 'sx', 'symptom')).toBe(id)
  expect(await record.snippets.save(id, 's', 'symptom')).toBe(id)
  await record.close()
  record = await file.open()
  expect(await pairs(record)).toEqual([
    ['s', 'symptom'],
    ['tx', 'treatment'],
  ])
  await record.snippets.remove(id)
  await expect(record.snippets.remove(id)).rejects.toMatchObject({ code: 'NOT_FOUND' })
  expect(await pairs(record)).toEqual([['tx', 'treatment']])
})

function deskOver(record: () => OpenRecord | null, folder: string) {
  const asked = { file: null as string | null, place: null as string | null }
  const desk = createSnippetDesk({
    record,
    askForGlossary: async () => asked.file,
    choosePlace: async () => asked.place,
    place: async (target, bytes) => writeFileSync(target, bytes),
  })
  return {
    desk,
    open(name: string, content: string | Uint8Array) {
      asked.file = path.join(folder, name)
      writeFileSync(asked.file, content)
      return desk.open()
    },
    asked,
  }
}

test('a list is shown first, taken whole or not at all, and comes out as it went in', async () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'bracket-glossary-'))
  try {
    const file = new RecordFile()
    const record = await file.open()
    let open: OpenRecord | null = record
    const { desk, open: take, asked } = deskOver(() => open, folder)

    await record.snippets.save(null, 'sx', 'symptoms')
    await record.snippets.save(null, 'tx', 'treatment')
    expect(await desk.open()).toEqual({ chosen: false, plan: null, unreadable: null })

    const { plan } = await take(
      'list.csv',
      'sx,symptoms\ntx,therapy\nnew,"new, here"\nbad one,x\nnew,again\n',
    )
    expect(plan).toMatchObject({
      add: [{ short: 'new', long: 'new, here' }],
      change: [{ short: 'tx', before: 'treatment', long: 'therapy' }],
      leftOut: [
        { line: 4, short: 'bad one', reason: 'SHORT_FORM' },
        { line: 5, short: 'new', reason: 'TWICE' },
      ],
      counts: { add: 1, change: 1, same: 1, leftOut: 2 },
    })
    expect(await pairs(record)).toHaveLength(2)
    await expect(desk.take(newId(1))).rejects.toMatchObject({ code: 'NOT_NOW' })
    expect(await desk.take(plan?.token ?? '')).toEqual({ added: 1, changed: 1 })
    await expect(desk.take(plan?.token ?? '')).rejects.toMatchObject({ code: 'NOT_NOW' })
    expect(await pairs(record)).toEqual([
      ['new', 'new, here'],
      ['sx', 'symptoms'],
      ['tx', 'therapy'],
    ])

    asked.place = path.join(folder, 'out.csv')
    expect(await desk.saveOut()).toEqual({ saved: true, snippets: 3 })
    const again = await take('again.csv', readFileSync(asked.place))
    expect(again.plan?.counts).toEqual({ add: 0, change: 0, same: 3, leftOut: 0 })

    // Forgotten with the lock, and by whoever leaves it.
    desk.forget()
    await expect(desk.take(again.plan?.token ?? '')).rejects.toMatchObject({ code: 'NOT_NOW' })
    const left = await take('left.csv', 'zz,left')
    desk.forgetPlan()
    await expect(desk.take(left.plan?.token ?? '')).rejects.toMatchObject({ code: 'NOT_NOW' })

    expect((await take('empty.csv', '\ufeff\n\n')).unreadable).toBe('EMPTY')
    expect((await take('big.csv', 'x'.repeat(500 * 1024 + 1))).unreadable).toBe('TOO_BIG')
    expect((await take('book.xlsx', Uint8Array.of(80, 75, 3, 4, 0, 0, 0, 1, 2))).unreadable).toBe('NOT_TEXT')
    asked.file = folder
    expect((await desk.open()).unreadable).toBe('UNREACHABLE')
    asked.file = path.join(folder, 'gone.csv')
    expect((await desk.open()).unreadable).toBe('UNREACHABLE')

    open = null
    await expect(desk.open()).rejects.toMatchObject({ code: 'LOCKED' })
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
})

test('two thousand entries are taken in one act, or none when the disk is full', async () => {
  const file = new RecordFile()
  let record = await file.open()
  await record.close()
  const rows = Array.from({ length: 2000 }, (_, i) => ({ short: `s${i}`, long: 'x'.repeat(1500) }))
  file.maxPageCount = 300
  record = await file.open()
  await expect(record.snippets.take(rows)).rejects.toMatchObject({ code: 'FULL' })
  expect(await record.snippets.list()).toEqual([])
  await file.crash()
  file.maxPageCount = undefined
  record = await file.open()
  expect(await record.snippets.take(rows)).toEqual({ added: 2000, changed: 0 })
  expect(await record.snippets.take(rows)).toEqual({ added: 0, changed: 0 })
  expect(await record.snippets.list()).toHaveLength(2000)
})

test('words that were added are kept, each in its own room', async () => {
  const [file, apart] = [new RecordFile(), new PrivateFile()]
  let [record, room] = [await file.open(), await apart.open()]
  await record.spellingWords.add('Okonjo')
  await record.spellingWords.add('okonjo')
  await record.spellingWords.add('Okonjo')
  await room.spellingWords.add('Zzyzxcanary')
  for (const words of [record.spellingWords, room.spellingWords])
    await expect(words.add('two words')).rejects.toMatchObject({ code: 'BAD_INPUT' })
  await Promise.all([record.close(), room.close()])
  ;[record, room] = [await file.open(), await apart.open()]
  expect(await record.spellingWords.words()).toEqual(['Okonjo', 'okonjo'])
  expect(await room.spellingWords.words()).toEqual(['Zzyzxcanary'])
  expect(holds(await file.everything(), 'Zzyzxcanary')).toBe(false)
  expect(holds(await apart.everything(), 'Okonjo')).toBe(false)
  await record.spellingWords.remove('Okonjo')
  await room.spellingWords.remove('Zzyzxcanary')
  expect(await record.spellingWords.words()).toEqual(['okonjo'])
  expect(await room.spellingWords.words()).toEqual([])
})
