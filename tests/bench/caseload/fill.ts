/** A program for Electron's Node: `fill.mjs <profile>` fills the vault there, which must be empty, with the caseload. */
import { Store } from '../../../src/main/store/Store.ts'
import { generate } from './generate.ts'
import { openCaseload, unlockCaseload, writeDrafts } from './open.ts'

const [profile = ''] = process.argv.slice(2)
const say = (line: string) => process.stdout.write(`${line}\n`)

const store = await Store.open({ ...(await unlockCaseload(profile)), memorySecurity: false })
try {
  await generate(store, (notes) => say(`  ${notes.toLocaleString('en')} notes …`))
} finally {
  await store.close()
}
const record = await openCaseload(profile, { memorySecurity: false })
try {
  await writeDrafts(record)
} finally {
  await record.close()
}
