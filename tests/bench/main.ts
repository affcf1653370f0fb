/**
 * `npm run bench`: every figure beside its floor from the same run. Ends with 0 whether the targets were met
 * or not, and with 1 when something could not be measured. Leaves out/bench.json.
 */
import { rmSync, writeFileSync } from 'node:fs'
import { cpus, loadavg, release, totalmem } from 'node:os'
import path from 'node:path'
import { makeVault } from './driving/application.ts'
import { caseloadProfile } from './driving/caseloadProfile.ts'
import { ROOT } from './driving/electron.ts'
import { table, toJson, type Figure } from './figure.ts'
import { backupFigures } from './figures/backup.ts'
import { calendarFigures } from './figures/calendar.ts'
import { caseloadFigures } from './figures/caseload.ts'
import { recurrenceFigures } from './figures/recurrence.ts'
import { openingFigures } from './figures/opening.ts'
import { paperFigures } from './figures/paper.ts'
import { startingFigures } from './figures/starting.ts'
import { measureStore, storeFigures, type StoreMeasured } from './figures/store.ts'

/** Per core; above it, other programs are measured along with this one. */
const QUIET = 0.3

const began = Date.now()
const say = (line: string): void => console.log(line)
const machine = {
  cores: cpus().length,
  processor: cpus()[0]?.model ?? '',
  memoryGB: Math.round(totalmem() / 2 ** 30),
  system: `${process.platform} ${release()}`,
  loadBefore: loadavg()[0] ?? 0,
}

const figures: Figure[] = []
const add = (...more: Figure[]): void => void figures.push(...more)
let versions: StoreMeasured['versions'] | undefined
let trouble = ''

try {
  const caseload = await caseloadProfile(say)
  say('starting, unlocking, memory …')
  const vault = await makeVault()
  add(...(await startingFigures(vault)))
  say('a note on paper …')
  add(...(await paperFigures(vault)))
  say('long notes opened, looked through, put into another format …')
  add(...(await openingFigures(vault)))
  rmSync(vault, { recursive: true, force: true })
  say('the store by itself …')
  const store = await measureStore(caseload)
  versions = store.versions
  add(...storeFigures(store))
  say('recurring sessions …')
  add(...(await recurrenceFigures()))
  say('backups …')
  add(...(await backupFigures()))
  say('a calendar …')
  add(...(await calendarFigures()))
  await caseloadFigures(caseload, store, add, say)
} catch (error) {
  trouble = error instanceof Error ? (error.stack ?? error.message) : 'Something was thrown that is no error.'
}

// What has a target first.
const ordered = [...figures.filter((one) => one.target), ...figures.filter((one) => !one.target)]
const seconds = Math.round((Date.now() - began) / 1000)

say('')
if (versions !== undefined) {
  say(
    `Electron ${versions.electron}, Chromium ${versions.chrome}, Node ${versions.node}; ` +
      `${versions.driver} ${versions.driverVersion} with SQLCipher ${versions.cipherVersion} ` +
      `(${versions.cipherProvider}), SQLite ${versions.sqliteVersion}`,
  )
}
say(`${machine.cores} cores (${machine.processor}), ${machine.memoryGB} GB, ${machine.system}; ${seconds} s`)
if (machine.loadBefore / machine.cores > QUIET) {
  say(
    `Other programs were busy when this began (load ${machine.loadBefore.toFixed(1)}): the figures are too high.`,
  )
}
say('')
say(table(ordered))

writeFileSync(
  path.join(ROOT, 'out/bench.json'),
  `${JSON.stringify({ at: new Date().toISOString(), seconds, machine, versions, figures: toJson(ordered) }, null, 2)}\n`,
)
if (trouble !== '') {
  say(`\nNot everything could be measured. ${trouble}`)
  process.exitCode = 1
}
