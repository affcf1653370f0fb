import { copyFileSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { auditLog } from '../../../src/main/services/record/auditLog.ts'
import { compare } from '../../../src/main/services/record/witnessing.ts'
import { recordMigrations } from '../../../src/main/store/record/migrations/index.ts'
import { WitnessItem } from '../../../src/main/vault/witness.ts'
import { FakeKeychain } from '../../support/fakeKeychain.ts'
import { verified } from '../../support/forging.ts'
import { ACCOUNT, act, keychainWith, leftBehind, noticed, VAULT } from '../../support/leftBehind.ts'
import {
  addClient,
  addSession,
  HOUR,
  MORNING,
  RecordFile,
  sealed,
  soap,
  write,
} from '../../support/recordFile.ts'
import { openStore, temporaryDatabase } from '../../support/storeFiles.ts'
import { chance } from '../chance.ts'
import { must, type Trial } from '../trial.ts'

async function witnessed() {
  const file = new RecordFile()
  const keychain = new FakeKeychain()
  file.witness = new WitnessItem(keychain, VAULT)
  return { file, keychain, record: await file.open() }
}

/** A record is lived in for so many rounds; a longer history only makes each round longer. */
const ROUNDS_PER_FILE = 40

export const olderCopies: Trial = {
  name: 'older-copy',
  says: 'An older copy of the record put back, with its own -wal or without: noticed by the witness',
  ci: 20,
  release: 1000,
  roundsPerStand: ROUNDS_PER_FILE,
  async stand() {
    const lived = await witnessed()
    return {
      async round(seed) {
        const pick = chance(seed)
        const { file, keychain } = lived
        lived.record = await act(file, lived.record, pick)
        await lived.record.log.note('printed')
        const left = leftBehind(file, keychain)
        if (pick(2) === 0) await file.store.checkpoint()
        for (let later = pick(3); later >= 0; later -= 1) await lived.record.log.note('printed')
        await lived.record.anchor()
        if (pick(3) === 0) rmSync(`${left.path}-wal`, { force: true })
        const item = keychain.items.get(ACCOUNT)
        must((await noticed(file, { ...left, item })) === 'OLDER_COPY', 'an older copy unnoticed')
        return {}
      },
    }
  },
}

export const walRemoved: Trial = {
  name: 'wal-removed',
  says: 'The -wal removed after a crash, half of the time with nothing but a draft in it: noticed',
  ci: 20,
  release: 1000,
  lacks: ({ draftsOnly = 0 }, rounds) => (draftsOnly >= Math.floor(rounds / 2) ? null : 'no drafts'),
  roundsPerStand: ROUNDS_PER_FILE,
  async stand() {
    const lived = await witnessed()
    await lived.record.anchor()
    return {
      async round(seed) {
        const pick = chance(seed)
        const { file, keychain } = lived
        const record = (lived.record = await act(file, lived.record, pick))
        const draftOnly = seed % 2 === 0
        if (draftOnly) {
          // All that was logged is in the file itself; what follows is autosave alone.
          await record.anchor()
          await file.store.checkpoint()
          const session = await addSession(record, await addClient(record), file.now)
          const draft = await write(record, session, 'A draft')
          await record.notes.save(draft.id, draft.revision, soap('A draft, and more'))
        } else {
          await record.log.note('printed')
          await record.anchor()
        }
        const left = leftBehind(file, keychain)
        must(statSync(`${left.path}-wal`).size > 0, 'there was no log to remove')
        // As it was left it is all right; without its log it is not.
        const copy = { ...left, path: temporaryDatabase() }
        for (const end of ['', '-wal']) copyFileSync(left.path + end, copy.path + end)
        must((await noticed(file, copy)) === null, 'a false alarm')
        rmSync(`${left.path}-wal`)
        must((await noticed(file, left)) !== null, 'a removed log unnoticed')
        return { draftsOnly: draftOnly ? 1 : 0 }
      },
    }
  },
}

const PAGE = 4096

interface TwoStates {
  readonly key: Uint8Array
  readonly item: string | undefined
  readonly after: Buffer
  /** Where an old page differs from the new one, and that old page. */
  readonly pages: readonly { at: number; old: Buffer }[]
  readonly whole: string
}

async function twoStates(): Promise<TwoStates> {
  const { file, keychain, record } = await witnessed()
  const ana = await addClient(record)
  for (let n = 0; n < 3; n += 1) await sealed(file, record, ana, `Signed ${n}`, MORNING - (n + 1) * HOUR)
  await record.close()
  const before = readFileSync(file.path)
  const second = await file.open()
  for (let n = 0; n < 30; n += 1) {
    const text = `Signed later ${n} ${'and at length '.repeat(60)}`
    await sealed(file, second, ana, text, MORNING - (n + 20) * HOUR)
  }
  await second.close()
  const after = readFileSync(file.path)
  const item = keychain.items.get(ACCOUNT)
  const pages = []
  for (let at = 0; at + PAGE <= Math.min(before.length, after.length); at += PAGE) {
    const old = before.subarray(at, at + PAGE)
    if (!old.equals(after.subarray(at, at + PAGE))) pages.push({ at, old })
  }
  must(pages.length >= 20, 'hardly a page has changed')
  return { key: file.key, item, after, pages, whole: (await proof(file.path, file.key, item)).signed }
}

/**
 * How the application finds out: at opening and beside the first screen, or by the full check that it makes weekly,
 * after an end without closing and of every backup; and all that was signed or logged, as it would be shown.
 */
interface Proof {
  readonly noticed: 'at opening' | 'by the full check' | null
  readonly signed: string
}

const NOTICED_AT_OPENING: Proof = { noticed: 'at opening', signed: '' }

async function proof(path: string, key: Uint8Array, item: string | undefined): Promise<Proof> {
  const store = await openStore({ path, key, mode: 'open', migrations: recordMigrations })
  try {
    const notice = await compare(store, new WitnessItem(keychainWith(item), VAULT), false)
    if (notice !== null || (await verified(store)).state !== 'intact') return NOTICED_AT_OPENING
    const { brokenAt } = await auditLog({ store, clock: { now: () => 0 } }, () => undefined).verify()
    if (brokenAt !== null) return NOTICED_AT_OPENING
    const rows = await store.read((h) =>
      Promise.all(['log', 'seals', 'addenda', 'bodies'].map((table) => h.all(`SELECT * FROM ${table}`))),
    )
    const whole = await store.integrity()
    return { noticed: whole === 'ok' ? null : 'by the full check', signed: JSON.stringify(rows) }
  } finally {
    await store.close().catch(() => undefined)
  }
}

export const pagePutBack: Trial = {
  name: 'page-put-back',
  says: 'An old page (or several) put back: noticed, or nothing that was signed or logged is another',
  ci: 50,
  release: 1000,
  lacks: ({ atOpening = 0 }, rounds) =>
    atOpening > rounds / 10 ? null : 'hardly one was noticed at opening',
  // The two states take longer to make than many rounds.
  roundsPerStand: 250,
  async stand() {
    const states = await twoStates()
    return {
      async round(seed) {
        const { key, item, after, pages, whole } = states
        const pick = chance(seed)
        const path = temporaryDatabase()
        const bytes = Buffer.from(after)
        // Each by itself first; then several at once.
        const alone = pages[seed - 1]
        const chosen = alone === undefined ? pages.filter(() => pick(4) === 0) : [alone]
        for (const { at, old } of chosen) old.copy(bytes, at)
        writeFileSync(path, bytes)
        const found = await proof(path, key, item).catch(() => NOTICED_AT_OPENING)
        rmSync(path, { force: true })
        must(found.noticed !== null || found.signed === whole, 'another text, unnoticed')
        return {
          atOpening: found.noticed === 'at opening' ? 1 : 0,
          byFullCheck: found.noticed === 'by the full check' ? 1 : 0,
          // Shown, until the full check, without some of what was signed.
          lessUntilFullCheck: found.noticed === 'by the full check' && found.signed !== whole ? 1 : 0,
        }
      },
    }
  },
}
