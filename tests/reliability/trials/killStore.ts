import { setTimeout } from 'node:timers/promises'
import { driver, openStore, otherDriver, randomKey, temporaryDatabase } from '../../support/storeFiles.ts'
import { startStoreProcess } from '../../support/storeProcess.ts'
import { mustKeep } from '../kept.ts'
import { must, type Trial } from '../trial.ts'

export const killStore: Trial = {
  name: 'kill-store',
  says: 'kill -9 of the bare store while it starts, recovers or saves, on one growing file',
  ci: 100,
  release: 10_000,
  lacks: ({ saved = 0 }, rounds) => (saved > rounds ? null : 'hardly anything was saved'),
  async stand() {
    const key = randomKey()
    const path = temporaryDatabase()
    let acknowledged = 0
    await (await openStore({ path, key, mode: 'create' })).close()
    return {
      async round(seed) {
        const before = acknowledged
        const writer = await startStoreProcess({ task: 'write', path, mode: 'open' }, key)
        // Every third is killed while it still starts, opens or recovers; the others while they write.
        if (seed % 3 !== 0) await writer.printed(1)
        await setTimeout((seed * 37) % 97)
        writer.child.kill('SIGKILL')
        await writer.ended()
        const last = Number(writer.lines().at(-1) ?? 0)
        if (last > 0) acknowledged = last
        const store = await openStore({
          path,
          key,
          mode: 'open',
          driver: seed % 5 === 4 ? otherDriver : driver,
        })
        try {
          acknowledged = await mustKeep(store, acknowledged)
          if (seed % 25 === 0) must((await store.integrity()) === 'ok', 'damaged')
        } finally {
          await store.close()
        }
        must(writer.stderr() === '', 'something was printed')
        return { saved: acknowledged - before }
      },
    }
  },
}
