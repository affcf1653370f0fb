import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { expect, test, vi } from 'vitest'
import { stopOf } from '../../../src/main/entrance/stops.ts'
import { openRecord } from '../../../src/main/services/record/openRecord.ts'
import { compare } from '../../../src/main/services/record/witnessing.ts'
import { recordMigrations } from '../../../src/main/store/record/migrations/index.ts'
import type { Row } from '../../../src/main/store/Store.ts'
import { WitnessItem } from '../../../src/main/vault/witness.ts'
import { FakeKeychain } from '../../support/fakeKeychain.ts'
import { chance } from '../../support/damaging.ts'
import { addClient, HOUR, RecordFile, sealed, ZONE } from '../../support/recordFile.ts'
import { openStore, rounds } from '../../support/storeFiles.ts'

// Most of the time goes into starting threads, which a busy machine makes slow.
vi.setConfig({ testTimeout: 600_000 })

const PAGE = 4096
const ROUNDS = Number(process.env['BRACKET_ROUNDS'] ?? rounds(100, 25))
const PUT_BACK = Math.max(20, ROUNDS / 5)

/** A record with its witness, closed, at two moments: `older` could be put back in the place of `newer`. */
async function lived() {
  const file = new RecordFile()
  const keychain = new FakeKeychain()
  file.witness = new WitnessItem(keychain, 'a-vault')
  const write = async (names: readonly string[]): Promise<Buffer> => {
    const record = await file.open()
    for (const name of names) {
      const clientId = await addClient(record, name)
      for (let nth = 0; nth < 3; nth += 1) {
        file.now += HOUR
        await sealed(file, record, clientId, `${name} ${nth} `.repeat(200).trim())
      }
    }
    await record.close()
    return readFileSync(file.path)
  }
  const older = await write(['Ana', 'Bo', 'Cleo'])
  const newer = await write(['Dov', 'Eve'])
  return { file, keychain, older, newer }
}

type Outcome =
  /** Nothing was shown: the door says one of its sentences. */
  | { readonly how: 'stopped'; readonly words: readonly string[] }
  | { readonly how: 'told'; readonly words: readonly string[] }
  /** By a check of everything, at the latest when nobody types. */
  | { readonly how: 'found'; readonly words: readonly string[] }
  | { readonly how: 'nothing'; readonly words: readonly string[] }

const KNOWN = ['RECORD_DAMAGED', 'RECORD_CHANGED', 'RECORD_MISSING']

/** From unlocking to the idle check, as the application does it. */
async function live(file: RecordFile, witness: WitnessItem): Promise<Outcome> {
  const words: string[] = []
  const walThere = existsSync(`${file.path}-wal`)
  let damage = 0
  try {
    const store = await openStore({
      path: file.path,
      key: new Uint8Array(file.key),
      mode: 'open',
      migrations: recordMigrations,
      onDamage: () => void (damage += 1),
    })
    try {
      if ((await compare(store, witness, walThere)) !== null) return { how: 'told', words }
      const record = await openRecord(
        { store, clock: { now: () => file.now }, changed: () => undefined },
        { setting: 'practice', zone: ZONE, recoveryConfirmed: () => true, witness: null },
      )
      // Whatever is shown must be what was written; what is damaged is refused.
      for (const { id } of await record.clients.list().catch(() => [])) {
        const notes = await record.clients.get(id).catch(() => null)
        for (const { noteId } of notes?.notes ?? []) {
          const note = await record.notes.read(noteId).catch(() => null)
          words.push(...(note?.sections ?? []).map((section) => section.text).filter((text) => text !== ''))
        }
      }
      if (damage > 0) return { how: 'found', words }
      await record.verification.run().catch(() => undefined)
      const { faults } = await record.checkup.run()
      const broken = record.checkup.brokenAt() !== null || record.verification.found().changed.length > 0
      return { how: faults > 0 || broken || damage > 0 ? 'found' : 'nothing', words }
    } finally {
      await store.close().catch(() => undefined)
    }
  } catch (error) {
    const reason = stopOf(error)
    // An error while working, after opening: the same code told of it before it was thrown.
    if (damage > 0) return { how: 'found', words }
    expect(KNOWN).toContain(reason)
    return { how: 'stopped', words }
  }
}

function damaged(bytes: Buffer, pick: (below: number) => number): Buffer {
  const out = Buffer.from(bytes)
  const at = pick(bytes.length)
  const page = Math.floor(at / PAGE) * PAGE
  switch (pick(6)) {
    case 0:
      return out.subarray(0, at)
    case 1:
      return out.fill(0, page, page + PAGE)
    case 2:
      return out.fill(0xa5, at, Math.min(at + 64, out.length))
    default:
      out.writeUInt8(out.readUInt8(at) ^ (1 << pick(8)), at)
      return out
  }
}

test(`${ROUNDS} random damages: each is noticed, named, and never shown as text`, async () => {
  const { file, keychain, newer } = await lived()
  const item = keychain.items.get('a-vault/witness')
  const whole = new Set((await live(file, new WitnessItem(keychain, 'a-vault'))).words)
  expect(whole.size).toBe(15)
  const pick = chance(21)
  const seen = { stopped: 0, told: 0, found: 0, nothing: 0 }
  for (let round = 0; round < ROUNDS; round += 1) {
    rmSync(`${file.path}-wal`, { force: true })
    const bytes = damaged(newer, pick)
    writeFileSync(file.path, bytes)
    const fresh = new FakeKeychain()
    if (item !== undefined) fresh.items.set('a-vault/witness', item)
    const { how, words } = await live(file, new WitnessItem(fresh, 'a-vault'))
    for (const text of words) expect(whole.has(text)).toBe(true)
    if (!bytes.equals(newer)) seen[how] += 1
    // Nothing is deleted, and nothing made anew in its place.
    expect(existsSync(file.path)).toBe(true)
  }
  expect(seen.nothing).toBe(0)
  expect(seen.stopped).toBeGreaterThan(0)
  expect(seen.found).toBeGreaterThan(0)
})

/** Every row of every table. */
async function everything(file: RecordFile, bytes: Buffer): Promise<Record<string, Row[]>> {
  writeFileSync(file.path, bytes)
  rmSync(`${file.path}-wal`, { force: true })
  const store = await openStore({
    path: file.path,
    key: new Uint8Array(file.key),
    mode: 'open',
    migrations: recordMigrations,
  })
  try {
    return await store.read(async (h) => {
      const tables = await h.all<{ name: string }>(
        `SELECT name FROM sqlite_schema WHERE type = 'table' AND name <> 'note_index' ORDER BY name`,
      )
      const found: Record<string, Row[]> = {}
      for (const { name } of tables) found[name] = await h.all(`SELECT * FROM "${name}"`)
      return found
    })
  } finally {
    await store.close()
  }
}

test(`${PUT_BACK} old pages and old files put back: each is noticed`, async () => {
  const { file, keychain, older, newer } = await lived()
  const item = keychain.items.get('a-vault/witness') ?? ''
  const changedPages = Array.from({ length: Math.floor(older.length / PAGE) }, (_, n) => n).filter(
    (n) => !older.subarray(n * PAGE, (n + 1) * PAGE).equals(newer.subarray(n * PAGE, (n + 1) * PAGE)),
  )
  expect(changedPages.length).toBeGreaterThan(5)
  const whole = await everything(file, newer)
  const pick = chance(8)
  let noticed = 0
  for (let round = 0; round < PUT_BACK; round += 1) {
    rmSync(`${file.path}-wal`, { force: true })
    const bytes = Buffer.from(newer)
    if (round % 5 === 0) writeFileSync(file.path, older)
    else {
      const page = (changedPages[pick(changedPages.length)] ?? 0) * PAGE
      older.copy(bytes, page, page, page + PAGE)
      writeFileSync(file.path, bytes)
    }
    const fresh = new FakeKeychain()
    fresh.items.set('a-vault/witness', item)
    const { how } = await live(file, new WitnessItem(fresh, 'a-vault'))
    // A page whose rows were the same then as now: nothing is missing, and nothing else is there.
    if (how === 'nothing') expect(await everything(file, bytes), `round ${round}`).toEqual(whole)
    else noticed += 1
  }
  expect(noticed).toBeGreaterThan(PUT_BACK / 2)
})
