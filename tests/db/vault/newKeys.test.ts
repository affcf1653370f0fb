import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { createInterface } from 'node:readline'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { CANARY, House, PRIVATE_CANARY, rowsOf } from '../../support/backupHouse.ts'
import { driver, rounds } from '../../support/storeFiles.ts'
import { storeWorkerPath, supportProgram } from '../../support/storeWorker.ts'
import { passphrase } from '../../support/vaultProfile.ts'
import { stageNewKeys } from '../../../src/main/entrance/newKeys.ts'

/* New keys on real files: whole, checked, and killed at any moment the old or the new ones open. */

const ROUNDS = Number(process.env['BRACKET_REKEY_ROUNDS'] ?? rounds(20, 5))

type Words = Record<'record' | 'private', string[]>

let keychainDirectory: string
beforeEach(() => {
  keychainDirectory = mkdtempSync(path.join(tmpdir(), 'bracket-keychain-'))
})
afterEach(() => rmSync(keychainDirectory, { recursive: true, force: true }))

async function lived(): Promise<House> {
  const house = await House.build()
  await house.create()
  await house.live(await house.unlock())
  await house.lock()
  return house
}

/** The house's keychain as the child finds it, and what the child left in it. */
const fileOf = (account: string): string => path.join(keychainDirectory, account.replaceAll('/', '_'))
function lendKeychain(house: House): void {
  for (const [account, secret] of house.keychain.items) writeFileSync(fileOf(account), secret)
}

async function keysOf(house: House): Promise<{ record: Buffer; private: Buffer }> {
  const vault = house.vaultAt(house.profile)
  await vault.settleKeySwitch()
  const { recordKey } = await vault.unlock(passphrase)
  const { privateKey } = await vault.unlockPrivate(passphrase)
  await vault.lock()
  return { record: recordKey, private: privateKey }
}

async function contentOf(house: House, keys: { record: Buffer; private: Buffer }) {
  return {
    record: await rowsOf(path.join(house.profile, 'record.db'), keys.record, CANARY),
    private: await rowsOf(path.join(house.profile, 'private.db'), keys.private, PRIVATE_CANARY),
  }
}

interface Run {
  readonly words: Words | null
  readonly done: boolean
  /** Milliseconds from the words to the end. */
  readonly took: number
}

/** Runs the child; kills it so many milliseconds after its sheets hold. */
async function run(house: House, killAfter: number): Promise<Run> {
  const program = await supportProgram('newKeysChild.ts')
  const worker = await storeWorkerPath()
  const args = [program, house.profile, keychainDirectory, driver, worker]
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] })
  const exited = once(child, 'exit')
  let words: Words | null = null
  let done = false
  let began = 0
  for await (const line of createInterface({ input: child.stdout })) {
    if (line === 'done') done = true
    else {
      words = JSON.parse(line) as Words
      began = performance.now()
      if (Number.isFinite(killAfter)) setTimeout(() => child.kill('SIGKILL'), killAfter)
    }
  }
  await exited
  return { words, done, took: performance.now() - began }
}

test(
  'killed at any moment: one pair of keys opens, the rows are the same, the new sheets open both',
  { timeout: 60_000 + ROUNDS * 10_000 },
  async () => {
    const house = await lived()
    const whole = await contentOf(house, await keysOf(house))
    expect(Object.values(whole.private).join()).toContain(PRIVATE_CANARY)
    lendKeychain(house)
    const unhindered = await run(house, Infinity)
    expect(unhindered.done).toBe(true)
    let before = await keysAfter(house)
    expect(await contentOf(house, before)).toEqual(whole)

    for (let round = 0; round < ROUNDS; round += 1) {
      const killAfter = (unhindered.took * (round + Math.random())) / ROUNDS
      const { words, done } = await run(house, killAfter)
      const after = await keysAfter(house)
      const renewed = !after.record.equals(before.record)
      // Both or neither.
      expect(!after.private.equals(before.private), `round ${round}`).toBe(renewed)
      if (done) expect(renewed).toBe(true)
      expect(await contentOf(house, after), `round ${round}`).toEqual(whole)
      expect(readdirSync(house.profile).filter((name) => name.includes('rekeying'))).toEqual([])
      const own = house.vaultAt(house.profile)
      await own.unlock(passphrase)
      await own.confirmRecoveryByCodes({
        record: words?.record.join(' ') ?? '',
        private: words?.private.join(' ') ?? '',
      })
      await own.lock()
      lendKeychain(house)
      before = after
    }
  },
)

/** As the next start finds it, with what the keychain then remembers. */
async function keysAfter(house: House): Promise<{ record: Buffer; private: Buffer }> {
  house.keychain.items.clear()
  for (const name of readdirSync(keychainDirectory)) {
    if (name.endsWith('.new')) continue
    house.keychain.items.set(name.replace('_', '/'), readFileSync(path.join(keychainDirectory, name), 'utf8'))
  }
  return keysOf(house)
}

test('an old copy of the files no longer opens with what the vault has; the old sheets open nothing here', async () => {
  const house = await lived()
  const old = await keysOf(house)
  const aside = mkdtempSync(path.join(tmpdir(), 'bracket-aside-'))
  cpSync(house.profile, aside, { recursive: true })
  lendKeychain(house)
  expect((await run(house, Infinity)).done).toBe(true)
  const fresh = await keysAfter(house)
  expect(fresh.record.equals(old.record)).toBe(false)
  await expect(rowsOf(path.join(aside, 'record.db'), fresh.record)).rejects.toMatchObject({
    code: 'WRONG_KEY_OR_DAMAGED',
  })
  await expect(rowsOf(path.join(house.profile, 'record.db'), old.record)).rejects.toMatchObject({
    code: 'WRONG_KEY_OR_DAMAGED',
  })
  const recover = house
    .vaultAt(house.profile)
    .recover({ recordCode: house.sheets.record, newPassphrase: 'a lantern under the stair' })
  await expect(recover).rejects.toMatchObject({ code: 'WRONG_CODE' })
  rmSync(aside, { recursive: true, force: true })
})

test('a damaged file is told, and nothing is touched; stopped before a step, likewise', async () => {
  const house = await lived()
  const vault = house.vaultAt(house.profile)
  const file = path.join(house.profile, 'record.db')
  const staged = async (onWork: (stage: string) => void): Promise<unknown> => {
    await vault.unlock(passphrase)
    const words = await vault.renewRecovery(passphrase, true)
    const asked = vault.recoveryChallenge
    if (asked === null) throw new Error('nothing is asked')
    const answers = (sheet: 'record' | 'private') =>
      asked[sheet].map((place) => words[sheet][place - 1] ?? '')
    await vault.confirmRecovery({ record: answers('record'), private: answers('private') })
    const taken = await vault.takeNewKeys()
    if (taken === null) throw new Error('no keys')
    await vault.lock()
    const staging = 'rekeying-00000000-0000-4000-8000-000000000000'
    const given = { profile: house.profile, staging, vault, rooms: house.rooms, ...taken }
    return stageNewKeys(given, ({ stage, room }) => onWork(`${room} ${stage}`)).catch(
      (error: unknown) => error,
    )
  }
  const before = readFileSync(file)
  const stop = await staged((stage) => {
    if (stage === 'private rewriting') throw new Error('cancelled')
  })
  expect(stop).toMatchObject({ message: 'cancelled' })
  expect(readFileSync(file).equals(before)).toBe(true)
  await vault.settleKeySwitch()
  expect(readdirSync(house.profile).toSorted()).toEqual(['private.db', 'record.db', 'vault.json'])

  const damaged = Buffer.from(before)
  damaged[8192 + 100] = (damaged[8192 + 100] ?? 0) ^ 1
  writeFileSync(file, damaged)
  expect(await staged(() => undefined)).toMatchObject({ code: 'DAMAGED' })
  expect(readFileSync(file).equals(damaged)).toBe(true)
})
