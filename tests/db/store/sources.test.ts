import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test, vi } from 'vitest'
import { OpenError } from '../../../src/main/store/openError.ts'
import { openStore, NOTES, randomKey, temporaryDatabase } from '../../support/storeFiles.ts'

// Most of the time goes into starting threads and processes, which a busy machine makes slow.
vi.setConfig({ testTimeout: 120_000 })

const MAIN = fileURLToPath(new URL('../../../src/main', import.meta.url))
/** The list of words that are refused. */
const REFUSES = join('store', 'driver', 'statement.ts')

function issuesAttach(source: string): boolean {
  return /\b(?:ATTACH|DETACH)\b/.test(source) || /\battach\s+(?:database\b|['":])/i.test(source)
}

test('no code of the main process issues ATTACH', () => {
  const files = readdirSync(MAIN, { recursive: true, encoding: 'utf8' }).filter((name) =>
    name.endsWith('.ts'),
  )
  expect(files.length).toBeGreaterThan(10)
  const attaching = files.filter((name) => issuesAttach(readFileSync(join(MAIN, name), 'utf8')))
  expect(attaching).toEqual([REFUSES])
  expect(
    ['sql.exec("ATTACH x AS y")', '`attach database ${x}`', "'attach :path as y'"].map(issuesAttach),
  ).toEqual([true, true, true])
})

test('and where it were issued, the store refuses it', async () => {
  const key = randomKey()
  const attach = { version: 2, name: 'attach', up: "ATTACH ':memory:' AS other" }
  const path = temporaryDatabase()
  const opening = openStore({ path, key, mode: 'create', migrations: [...NOTES, attach] })
  await expect(opening).rejects.toEqual(new OpenError('MIGRATION', '2'))
  const store = await openStore({ path, key, mode: 'create' })
  const unit = store.write((handle) => handle.run("ATTACH ':memory:' AS other"))
  await expect(unit).rejects.toMatchObject({ code: 'FORBIDDEN' })
})
