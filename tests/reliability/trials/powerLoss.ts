import { mkdirSync, readFileSync, realpathSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { SqlError } from '../../../src/main/store/driver/SqlDriver.ts'
import { OpenError } from '../../../src/main/store/openError.ts'
import { openStore, randomKey, temporaryDirectory } from '../../support/storeFiles.ts'
import { startStoreProcess } from '../../support/storeProcess.ts'
import { chance } from '../chance.ts'
import { diskMissing, throughDisk } from '../disk/disk.ts'
import { readJournal, type Act } from '../disk/journal.ts'
import { PowerCut, type Before, type Loss } from '../disk/powerCut.ts'
import { mustKeep } from '../kept.ts'
import { must, Fault, type Stand, type Trial } from '../trial.ts'

/** One child's writing is good for so many moments at which the power goes. */
const CUTS_PER_WRITER = 50
/** Enough for the WAL to be written back and begun anew. */
const NOTES_PER_WRITER = 260

interface Written {
  readonly root: string
  readonly before: Before
  readonly acts: readonly Act[]
  /** Indices of the acts before which the power may go: from the first note on. */
  readonly first: number
}

async function writeOnce(key: Uint8Array, unsynced: boolean): Promise<Written> {
  const directory = realpathSync(temporaryDirectory())
  const root = join(directory, 'disk')
  mkdirSync(root)
  const path = join(root, 'test.db')
  await (await openStore({ path, key, mode: 'create' })).close()
  const before = { 'test.db': readFileSync(path) }
  const journal = join(directory, 'journal')
  const task = unsynced ? 'write-unsynced' : 'write'
  const writer = await startStoreProcess({ task, path, mode: 'open' }, key, throughDisk({ root, journal }))
  await writer.printed(NOTES_PER_WRITER)
  writer.child.kill('SIGKILL')
  await writer.ended()
  const acts = readJournal(journal)
  rmSync(journal)
  must(acts.filter((act) => act.op === 'said').length >= NOTES_PER_WRITER - 1, 'the writer did not write')
  return { root, before, acts, first: acts.findIndex((act) => act.op === 'said') }
}

/** The last note whose save had been acknowledged. */
function acknowledgedBefore(acts: readonly Act[], cut: number): number {
  const said = acts
    .slice(0, cut)
    .findLast(({ op, data }) => op === 'said' && /^\d+\n$/u.test(data.toString('utf8')))
  return Number(said?.data.toString('utf8') ?? 0)
}

function powerStand(unsynced: boolean): Stand {
  const key = randomKey()
  let written: Written | undefined
  return {
    async round(seed) {
      const pick = chance(seed)
      written ??= await writeOnce(key, unsynced)
      const { root, before, acts, first } = written
      const cut = first + pick(acts.length - first + 1)
      const loss: Loss = seed % 4 === 0 ? 'dropped' : 'mixed'
      const directory = temporaryDirectory()
      new PowerCut(root, before, acts, cut).leave(directory, loss, pick)
      const acknowledged = acknowledgedBefore(acts, cut)
      try {
        const store = await openStore({ path: join(directory, 'test.db'), key, mode: 'open' })
        await mustKeep(store, acknowledged)
        must((await store.integrity()) === 'ok', 'damaged')
        await store.close()
      } catch (thrown) {
        if (thrown instanceof OpenError) throw new Fault(`did not open: ${thrown.code}`)
        throw thrown instanceof SqlError ? new Fault(`could not be read: ${thrown.code}`) : thrown
      } finally {
        rmSync(directory, { recursive: true, force: true })
      }
      return { acknowledged, cuts: 1 }
    },
  }
}

export const powerLoss: Trial = {
  name: 'power-loss',
  says: 'Power lost: writes that were not synced dropped, kept or torn, sector by sector; the bare store',
  ci: 40,
  release: 1000,
  unavailable: diskMissing,
  roundsPerStand: CUTS_PER_WRITER,
  stand: async () => powerStand(false),
  lacks: ({ acknowledged = 0 }, rounds) =>
    acknowledged > rounds ? null : 'hardly anything was acknowledged',
}

/** The other way round: without syncing the same disk must lose something, or the trial could not fail. */
export const powerLossUnsynced: Trial = {
  name: 'power-loss-unsynced',
  says: 'The same with synchronous=OFF, which must lose notes: rounds in which it did not',
  ci: 10,
  release: 100,
  unavailable: diskMissing,
  roundsPerStand: CUTS_PER_WRITER,
  stand: async () => {
    const stand = powerStand(true)
    return {
      async round(seed) {
        const lost = await stand.round(seed).then(
          () => 0,
          (thrown: unknown) => {
            if (thrown instanceof Fault) return 1
            throw thrown
          },
        )
        return { lost }
      },
    }
  },
  lacks: ({ lost = 0 }, rounds) => (lost >= rounds * 0.8 ? null : 'synchronous=OFF was not found out'),
}
