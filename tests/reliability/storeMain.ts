import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { driver, openStore, randomKey, temporaryDatabase } from '../support/storeFiles.ts'
import { inStore } from './kept.ts'
import { runTrials } from './main.ts'
import { ROOT } from './root.ts'
import { storeTrials } from './trials/index.ts'

const PACKAGES = { journeyapps: '@journeyapps/sqlcipher', signal: '@signalapp/sqlcipher' } as const

/** What really answered, asked of it. */
async function versions(): Promise<Record<string, string>> {
  const name = PACKAGES[driver]
  const manifest = readFileSync(join(ROOT, 'node_modules', name, 'package.json'), 'utf8')
  const { version } = JSON.parse(manifest) as { version: string }
  const opening = openStore({ path: temporaryDatabase(), key: randomKey(), mode: 'create' })
  const { cipherVersion, cipherProvider, sqliteVersion } = await inStore(opening, async ({ facts }) => facts)
  return {
    electron: process.versions['electron'] ?? 'none',
    node: process.versions.node,
    driver: `${name} ${version}`,
    sqlcipher: `${cipherVersion} (${cipherProvider})`,
    sqlite: sqliteVersion,
  }
}

await runTrials(storeTrials, versions)
