import { spawn } from 'node:child_process'
import { cpSync, mkdtempSync, readdirSync, realpathSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import {
  builtWorkers,
  CANARY,
  House,
  NEW_PASSPHRASE,
  PRIVATE_CANARY,
  rowsOf,
  type Workers,
} from '../../support/backupHouse.ts'
import { temporaryDirectory } from '../../support/storeFiles.ts'
import { passphrase } from '../../support/vaultProfile.ts'
import { chance } from '../chance.ts'
import { diskMissing, throughDisk, type DiskOrders } from '../disk/disk.ts'
import { actsOnFiles } from '../disk/journal.ts'
import { FileKeychain } from '../fileKeychain.ts'
import { vaultProgram } from '../program.ts'
import { must, type Sums, type Trial } from '../trial.ts'
import type { VaultJob } from '../vaultChild.ts'

interface Template {
  /** A lived-in vault with one backup beside it, locked. */
  readonly root: string
  readonly workers: Workers
  readonly sheets: House['sheets']
  /** The name of the backup. */
  readonly file: string
  readonly keys: { readonly record: Buffer; readonly private: Buffer }
  readonly rows: Record<string, string>
}

let template: Promise<Template> | undefined

/** Made once for all trials, as it takes longer than several rounds. */
function theTemplate(): Promise<Template> {
  template ??= makeTemplate()
  return template
}

async function makeTemplate(): Promise<Template> {
  const root = realpathSync(mkdtempSync(path.join(tmpdir(), 'bracket-template-')))
  process.once('exit', () => rmSync(root, { recursive: true, force: true }))
  const workers = await builtWorkers()
  const keychain = new FileKeychain(root)
  const house = House.at(root, keychain, workers)
  await house.create()
  await house.live(await house.unlock())
  await house.lock()
  await house.unlock()
  const file = path.basename(await house.backUp())
  await house.lock()
  const keys = await keysBy(house, passphrase)
  if (keys === null) throw new Error('the vault that was just made does not open')
  const rows = await rowsOf(path.join(house.profile, 'record.db'), keys.record, CANARY)
  return { root, workers, sheets: house.sheets, file, keys, rows }
}

/** What the passphrase opens, both rooms; null when it is not the one. */
async function keysBy(house: House, typed: string): Promise<Template['keys'] | null> {
  const vault = house.vaultAt(house.profile)
  try {
    const { recordKey } = await vault.unlock(typed)
    const { privateKey } = await vault.unlockPrivate(typed)
    return { record: recordKey, private: privateKey }
  } catch (thrown) {
    must((thrown as { code?: unknown }).code === 'WRONG_PASSPHRASE', 'it does not open')
    return null
  } finally {
    await vault.lock()
  }
}

async function run(
  template: Template,
  task: VaultJob['task'],
  orders: Omit<DiskOrders, 'root'>,
): Promise<House> {
  const { workers, sheets, file } = template
  const root = realpathSync(temporaryDirectory())
  cpSync(template.root, root, { recursive: true })
  const job: VaultJob = { task, root, workers, sheets, file: path.join(root, 'stick', file) }
  const env = { ...process.env, ...throughDisk({ ...orders, root, withData: false }) }
  const child = spawn(process.execPath, [await vaultProgram(), JSON.stringify(job)], {
    stdio: ['ignore', 'pipe', process.env['BRACKET_TRIAL_EXPLAIN'] === '1' ? 'inherit' : 'ignore'],
    env,
  })
  let said = ''
  child.stdout?.setEncoding('utf8').on('data', (text: string) => (said += text))
  await new Promise((resolve) => child.once('close', resolve))
  if (orders.killAt === undefined) must(said === 'done\n', 'it did not come to its end')
  return House.at(root, new FileKeychain(root), workers)
}

/** The vault of the template, whole, under exactly one of the two passphrases. Which one? */
async function opensBy(house: House, { keys }: Template): Promise<'old' | 'new'> {
  must((await house.vaultAt(house.profile).inspect()).kind === 'locked', 'not a vault any more')
  const opened = []
  for (const typed of [passphrase, NEW_PASSPHRASE]) {
    const found = await keysBy(house, typed)
    if (found === null) continue
    must(found.record.equals(keys.record) && found.private.equals(keys.private), 'another key')
    opened.push(typed === passphrase ? 'old' : 'new')
  }
  const [which] = opened
  must(opened.length === 1 && which !== undefined, opened.length === 0 ? 'neither opens' : 'both open')
  return which === 'old' ? 'old' : 'new'
}

function killTrial(
  task: VaultJob['task'],
  says: string,
  figures: Pick<Trial, 'ci' | 'release'>,
  check: (house: House, template: Template, seed: number) => Promise<Sums>,
): Trial {
  return {
    name: `kill-${task}`,
    says,
    ...figures,
    unavailable: diskMissing,
    roundsPerStand: 50,
    lacks: ({ before = 0, after = 0 }, rounds) =>
      rounds < 20 || (before > 0 && after > 0) ? null : 'never killed on both sides of the change',
    async stand() {
      const template = await theTemplate()
      const journal = path.join(temporaryDirectory(), 'journal')
      const whole = await run(template, task, { journal })
      const acts = actsOnFiles(journal)
      rmSync(path.dirname(whole.profile), { recursive: true, force: true })
      return {
        async round(seed) {
          const pick = chance(seed)
          // Now and then only after the last act, when it has certainly been done.
          const killAt = 1 + pick(acts + 2)
          const house = await run(template, task, { killAt, tear: pick(2) === 0 })
          const sums = await check(house, template, seed)
          await house.lock()
          rmSync(path.dirname(house.profile), { recursive: true, force: true })
          return { ...sums, acts }
        },
      }
    },
  }
}

const EACH = { ci: 6, release: 1000 }

export const killChange = killTrial(
  'change-passphrase',
  'Killed at any write while the passphrase changes: exactly one of the two opens, both rooms',
  EACH,
  async (house, template) => {
    const which = await opensBy(house, template)
    return { before: which === 'old' ? 1 : 0, after: which === 'new' ? 1 : 0 }
  },
)

export const killSheets = killTrial(
  'new-sheets',
  'Killed at any write while new sheets are made: the passphrase opens; old sheets or new, never neither',
  EACH,
  async (house, template) => {
    must((await opensBy(house, template)) === 'old', 'the passphrase has changed')
    const { record: recordCode, private: privateCode } = template.sheets
    const recovered = await house
      .vaultAt(house.profile)
      .recover({ recordCode, privateCode, newPassphrase: NEW_PASSPHRASE })
      .then(
        ({ recordKey }) => recordKey.equals(template.keys.record),
        (thrown: { code?: unknown }) => {
          must(thrown.code === 'WRONG_CODE', 'the old sheets are refused otherwise than by a new one')
          return null
        },
      )
    must(recovered !== false, 'another key')
    return { before: recovered === true ? 1 : 0, after: recovered === null ? 1 : 0 }
  },
)

export const killBackup = killTrial(
  'backup',
  'Killed at any write of a backup: the vault opens with every row; what has a backup’s name is whole',
  EACH,
  async (house, template, seed) => {
    // As at every start, which is what sweeps the copies that the killed one was reading.
    must((await house.door().settled()) === null, 'not settled')
    must((await opensBy(house, template)) === 'old', 'the passphrase has changed')
    await house.unlock()
    await house.lock()
    const rows = await rowsOf(path.join(house.profile, 'record.db'), template.keys.record, CANARY)
    must(isDeepStrictEqual(rows, template.rows), 'rows differ')
    const files = house.backupFiles()
    must(files.includes(template.file), 'the backup of before is gone')
    for (const name of files.filter((one) => one !== template.file)) {
      house.file = path.join(house.folder, name)
      const door = house.door()
      const offer = await door.choose()
      must(offer !== null, 'not a backup')
      must((await door.check({ by: 'passphrase', passphrase })).privatePart === 'opened', 'not whole')
      await door.forget()
    }
    if (seed % 4 === 0) {
      await house.unlock()
      await house.backUp()
      await house.lock()
      must(house.leftovers().length === 0, 'something was left lying about')
      must(
        readdirSync(house.folder).every((name) => name.endsWith('.bracketbackup')),
        'a partial backup was left lying about',
      )
    }
    return { before: files.length === 1 ? 1 : 0, after: files.length > 1 ? 1 : 0 }
  },
)

export const killRestore = killTrial(
  'restore',
  'Killed at any write of a restore over the same vault: at the next start the old or the restored one opens',
  EACH,
  async (house, template) => {
    const door = house.door()
    must((await door.settled()) === null, 'not settled')
    // An unfinished marker holds two names of directories, and the next restore writes over it.
    const left = house.leftovers().filter((name) => name !== 'vault.restoring.new')
    must(left.length === 0, 'something was left lying about')
    const which = await opensBy(house, template)
    const record = await house.unlock(
      which === 'old' ? passphrase : NEW_PASSPHRASE,
      house.vaultAt(house.profile),
    )
    must((await record.clients.list()).length === 1, 'rows are missing')
    await house.rooms.closeAll()
    const aside = readdirSync(house.profile).filter((name) => name.startsWith('replaced-'))
    must(aside.length === (which === 'new' ? 1 : 0), 'the old vault was not put aside')
    const [old] = aside
    const kept = old === undefined ? [] : readdirSync(path.join(house.profile, old))
    must(old === undefined || kept.includes('record.db'), 'the old vault is not whole')
    return { before: which === 'old' ? 1 : 0, after: which === 'new' ? 1 : 0 }
  },
)

export const killKeys = killTrial(
  'new-keys',
  'Killed at any write while both databases get new keys: one pair of keys opens both rooms, with every row',
  EACH,
  async (house, { keys, rows }) => {
    await house.vaultAt(house.profile).settleKeySwitch()
    const found = await keysBy(house, passphrase)
    must(found !== null, 'the passphrase has changed')
    const renewed = !found.record.equals(keys.record)
    must(renewed === !found.private.equals(keys.private), 'one room has its new key and the other has not')
    const file = path.join(house.profile, 'record.db')
    must(isDeepStrictEqual(await rowsOf(file, found.record, CANARY), rows), 'rows differ')
    const privateRows = await rowsOf(path.join(house.profile, 'private.db'), found.private, PRIVATE_CANARY)
    must(Object.values(privateRows).join(' ').includes(PRIVATE_CANARY), 'private rows are missing')
    must(
      !readdirSync(house.profile).some((name) => name.startsWith('rekeying')),
      'something was left lying about',
    )
    return { before: renewed ? 0 : 1, after: renewed ? 1 : 0 }
  },
)
