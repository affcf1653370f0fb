import { readFileSync, writeFileSync } from 'node:fs'
import { expect, test, vi } from 'vitest'
import { readAll, type Salvaged } from '../../../src/main/salvage/reading.ts'
import { putBackSchema } from '../../../src/main/salvage/schemaPages.ts'
import { Reader } from '../../../src/main/salvage/Reader.ts'
import { openDatabase } from '../../../src/main/store/open.ts'
import { chance } from '../../support/damaging.ts'
import { addClient, HOUR, RecordFile, sealed } from '../../support/recordFile.ts'
import { driver, rounds, temporaryDatabase } from '../../support/storeFiles.ts'

vi.setConfig({ testTimeout: 180_000 })

const PAGE = 4096
const ROUNDS = Number(process.env['BRACKET_ROUNDS'] ?? rounds(30, 10))
const NAMES = ['Ana', 'Bo', 'Cleo', 'Dov', 'Eve', 'Fay']
const NOTES_EACH = 12

const words = (name: string, nth: number): string =>
  `${name} said ${nth} ${'word '.repeat(100 + nth * 20)}`.trim()

interface Original {
  readonly bytes: Buffer
  readonly key: Uint8Array
  /** What each client's notes say, newest first. */
  readonly texts: ReadonlyMap<string, readonly string[]>
}

let original: Original

async function salvage(bytes: Buffer): Promise<{ found: Salvaged; reopenings: number } | null> {
  const path = temporaryDatabase()
  writeFileSync(path, bytes)
  const open = () => openDatabase({ path, key: original.key, mode: 'open', driver, memorySecurity: false })
  const opens = async (): Promise<boolean> =>
    open().then(
      async (database) => {
        await database.close()
        return true
      },
      () => false,
    )
  if (!(await opens())) {
    if (!(await putBackSchema(path, original.key, driver)) || !(await opens())) return null
  }
  const reader = new Reader(open)
  try {
    return { found: await readAll(reader, () => undefined), reopenings: reader.reopenings }
  } finally {
    await reader.close()
  }
}

test('a whole file is read whole, without opening it twice', async () => {
  const file = new RecordFile()
  const record = await file.open()
  const texts = new Map<string, string[]>()
  for (const name of NAMES) {
    const clientId = await addClient(record, name)
    for (let nth = 0; nth < NOTES_EACH; nth += 1) {
      file.now += 3 * HOUR
      const note = await sealed(file, record, clientId, words(name, nth))
      if (nth === 3) await record.notes.addAddendum(note.id, `Added for ${name}`)
      texts.set(name, [`Subjective\n${words(name, nth)}`, ...(texts.get(name) ?? [])])
    }
  }
  await record.close()
  original = { bytes: readFileSync(file.path), key: file.key, texts }

  const whole = await salvage(original.bytes)
  expect(whole?.reopenings).toBe(0)
  const { finding, notes } = (whole as NonNullable<typeof whole>).found
  expect(finding).toEqual({
    clients: { readable: NAMES.length, lost: 0 },
    sessions: { readable: NAMES.length * NOTES_EACH, lost: 0 },
    notes: { readable: NAMES.length * NOTES_EACH, lost: 0 },
    uncounted: false,
    list: NAMES.map((name, place) => ({ place, name, notes: NOTES_EACH })),
  })
  NAMES.forEach((name, place) => {
    expect(notes[place]?.map((note) => note.text)).toEqual(texts.get(name))
    expect(new Set(notes[place]?.map((note) => note.seal))).toEqual(new Set(['holds']))
    expect(notes[place]?.flatMap((note) => note.addenda.map((one) => one.text))).toEqual([
      `Added for ${name}`,
    ])
  })
})

test('the pages that say where everything is are put back, and everything is read', async () => {
  for (const page of [0, 1, 2, 3, 5, 8]) {
    const bytes = Buffer.from(original.bytes)
    // Of the first page its first sixteen bytes are the salt, which nothing else knows.
    bytes.fill(0xa5, page * PAGE + 100, page * PAGE + 160)
    const outcome = await salvage(bytes)
    expect(outcome?.found.finding.notes, `page ${page}`).toEqual({
      readable: NAMES.length * NOTES_EACH,
      lost: 0,
    })
  }
})

test('whatever is damaged, no word is shown that was not written, and the count is honest', async () => {
  const pick = chance(5)
  const pages = original.bytes.length / PAGE
  let [opened, read, told] = [0, 0, 0]
  for (let round = 0; round < ROUNDS; round += 1) {
    const bytes = Buffer.from(original.bytes)
    const bad = 1 + pick(4)
    for (let n = 0; n < bad; n += 1) {
      const at = pick(pages) * PAGE + pick(PAGE)
      bytes.writeUInt8(bytes.readUInt8(at) ^ (1 << pick(8)), at)
    }
    const outcome = await salvage(bytes)
    if (outcome === null) continue
    opened += 1
    const { finding: seen, notes: lists } = outcome.found
    // Never a word that was not written, and never one under another's name.
    for (const { place, name } of seen.list) {
      const own = name === null ? [...original.texts.values()].flat() : (original.texts.get(name) ?? [])
      for (const note of lists[place] ?? []) {
        expect(own).toContain(note.text)
        expect(note.seal).not.toBe('differs')
      }
    }
    const { readable, lost } = seen.notes
    expect(readable + lost).toBeLessThanOrEqual(NAMES.length * NOTES_EACH)
    if (!seen.uncounted) expect(readable + lost).toBe(NAMES.length * NOTES_EACH)
    if (readable > 0) read += 1
    if (lost > 0) told += 1
  }
  expect(opened).toBeGreaterThan(ROUNDS * 0.8)
  expect(read).toBeGreaterThan(ROUNDS * 0.8)
  expect(told).toBeGreaterThan(0)
})
