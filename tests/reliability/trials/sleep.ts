import { setTimeout } from 'node:timers/promises'
import { openStore, randomKey, temporaryDatabase } from '../../support/storeFiles.ts'
import { runStoreProcess, startStoreProcess } from '../../support/storeProcess.ts'
import { inStore, mustKeep } from '../kept.ts'
import { must, type Trial } from '../trial.ts'

async function newFile(key: Uint8Array): Promise<string> {
  const path = temporaryDatabase()
  await (await openStore({ path, key, mode: 'create' })).close()
  return path
}

export const sleep: Trial = {
  name: 'sleep',
  says: 'The process stopped in mid-save (SIGSTOP) and woken, or killed in its sleep; a second one tries meanwhile',
  ci: 8,
  release: 200,
  unavailable: () => (process.platform === 'win32' ? 'Windows has no SIGSTOP' : null),
  lacks: ({ woken = 0, saved = 0 }, rounds) =>
    rounds < 4 || (woken > 0 && saved > rounds) ? null : 'hardly anything was saved',
  async stand() {
    const key = randomKey()
    return {
      async round(seed) {
        const path = await newFile(key)
        const writer = await startStoreProcess({ task: 'write', path, mode: 'open' }, key)
        await writer.printed(2)
        await setTimeout((seed * 37) % 29)
        writer.child.kill('SIGSTOP')
        const asleep = writer.lines().length
        const { lines } = await runStoreProcess({ task: 'open', path, mode: 'open' }, key)
        must(lines.at(-1) === 'IN_USE', 'a second process was let in')
        const wakes = seed % 4 !== 0
        if (wakes) {
          writer.child.kill('SIGCONT')
          // It goes on where it was: at least these many saves more.
          await writer.printed(asleep + 10)
          must(writer.child.exitCode === null, 'it did not go on')
        }
        writer.child.kill('SIGKILL')
        await writer.ended()
        const saved = Number(writer.lines().at(-1) ?? 0)
        await inStore(openStore({ path, key, mode: 'open' }), (store) => mustKeep(store, saved))
        return { saved, woken: wakes ? 1 : 0 }
      },
    }
  },
}

export const twoInstances: Trial = {
  name: 'two-instances',
  says: 'Two processes open one file at the same moment: one has it, the other is told, nothing is lost',
  ci: 8,
  release: 200,
  async stand() {
    const key = randomKey()
    return {
      async round(seed) {
        const path = await newFile(key)
        const start = () => startStoreProcess({ task: 'write', path, mode: 'open' }, key)
        const both = [await start(), await (async () => setTimeout(seed % 7).then(start))()]
        await Promise.all(both.map((one) => one.printed(1)))
        const holders = both.filter((one) => one.lines()[0] === 'opened')
        must(holders.length === 1, holders.length === 0 ? 'neither was let in' : 'both were let in')
        const [holder] = holders
        await holder?.printed(12)
        for (const { child } of both) child.kill('SIGKILL')
        await Promise.all(both.map((one) => one.ended()))
        const saved = Number(holder?.lines().at(-1) ?? 0)
        must(saved > 0, 'the first could not go on')
        await inStore(openStore({ path, key, mode: 'open' }), (store) => mustKeep(store, saved))
        return { saved }
      },
    }
  },
}
