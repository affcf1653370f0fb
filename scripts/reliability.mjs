// `npm run reliability`: the release column of security.md's "Figures to reach".
//
//   npm run reliability -- [--only kill-store,ipc] [--scale 0.01 | --minutes 60] [--driver signal] [--fresh] [--document]
//
//   --only      these trials alone
//   --scale     so much of each figure (an hour's run, say); the table says how many rounds really ran
//   --minutes   no longer than about this, in equal shares
//   --driver    the other driver where there are two
//   --fresh     from the start, even if a run was interrupted
//   --document  write docs/reliability.md from the figures
//
// Interrupted (Ctrl+C, a dead battery), the same command goes on where it stood. Ends with a failure when any
// promise was not kept.
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { build } from 'vite'
import { ensureBuilt } from './build.mjs'
import { electronPath } from './electron-path.mjs'
import { reliabilityPage } from './reliability-page.mjs'
import { runInSession } from './session.mjs'
import { complain, say } from './say.mjs'

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..')
/** As deep as tests/reliability, so that what is found from there is found from here. */
const outDir = path.join(root, 'out/reliability')
const figures = path.join(root, 'out/reliability.json')
process.chdir(root)

const { values } = parseArgs({
  options: {
    only: { type: 'string', default: '' },
    scale: { type: 'string', default: '1' },
    minutes: { type: 'string', default: '' },
    driver: { type: 'string', default: process.env.BRACKET_SQLCIPHER ?? '' },
    fresh: { type: 'boolean', default: false },
    document: { type: 'boolean', default: false },
  },
})
const scale = Number(values.scale)
const only = values.only.split(',').filter(Boolean)
if (!(scale > 0 && scale <= 1)) {
  complain('--scale is a share: more than 0, at most 1')
  process.exit(2)
}

/** The application's trial is one of many and slow to start. */
const APPLICATION_SHARE = 0.12
const minutes = values.minutes === '' ? null : Number(values.minutes)
if (minutes !== null && !(minutes > 0)) {
  complain('--minutes is a number of minutes')
  process.exit(2)
}

const wantsApplication = only.length === 0 || only.some((name) => name.includes('application'))
const wantsStore = only.length === 0 || only.some((name) => !name.includes('application'))
const state = path.join(root, `node_modules/.cache/bracket-reliability/state-${values.driver || 'own'}.json`)
if (values.fresh) rmSync(state, { force: true })

const entries = { store: 'storeMain.ts', application: 'applicationMain.ts' }
await build({
  configFile: false,
  root,
  logLevel: 'error',
  resolve: {
    alias: {
      vitest: path.join(root, 'tests/reliability/withoutVitest.ts'),
      electron: path.join(root, 'tests/reliability/withoutElectron.ts'),
    },
  },
  build: {
    ssr: true,
    outDir,
    emptyOutDir: true,
    target: 'node20.18',
    minify: false,
    rolldownOptions: {
      input: Object.fromEntries(
        Object.entries(entries).map(([name, file]) => [name, path.join(root, 'tests/reliability', file)]),
      ),
      output: { format: 'es', entryFileNames: '[name].mjs', chunkFileNames: 'part-[hash].mjs' },
    },
  },
})

const of = sources()
const shared = wantsStore && wantsApplication
/** @param {number} share of the minutes, where both kinds of trials want some */
const environment = (share) => ({
  BRACKET_TRIALS: JSON.stringify({
    only,
    scale,
    state,
    of,
    minutes: minutes === null ? null : minutes * (shared ? share : 1),
  }),
  ...(values.driver && { BRACKET_SQLCIPHER: values.driver }),
})

let code = 0
if (wantsStore) {
  code = await runInSession(
    { display: 'none', keychain: 'none', privateHome: true },
    [electronPath(), path.join(outDir, 'store.mjs')],
    { env: { ...environment(1 - APPLICATION_SHARE), ELECTRON_RUN_AS_NODE: '1' } },
  )
}
if (code === 0 && wantsApplication) {
  if (!ensureBuilt({ say })) process.exit(1)
  code = await runInSession(
    { display: 'own', keychain: 'own', privateHome: true },
    [process.execPath, path.join(outDir, 'application.mjs')],
    { env: environment(APPLICATION_SHARE) },
  )
}

const outcomes = existsSync(state) ? Object.values(JSON.parse(readFileSync(state, 'utf8')).outcomes) : []
const done = outcomes.filter(({ notRun, report, wanted }) => notRun !== null || report.rounds >= wanted)
if (code !== 0) {
  say(`Stopped early (${code}). The same command goes on from here.`)
  process.exit(1)
}
if (done.length === 0) {
  complain('no such trial')
  process.exit(2)
}

say(table(done))
const known = existsSync(figures) ? JSON.parse(readFileSync(figures, 'utf8')).outcomes : []
const key = ({ name, versions }) => `${name} ${versions.driver ?? ''}`
const fresh = new Map(done.map((one) => [key(one), one]))
const places = new Set(known.map(key))
for (const earlier of known) {
  // A run that failed does not vanish because a later one did not.
  const later = fresh.get(key(earlier))
  if (later === undefined) continue
  const { at, report, complaints, before = [] } = earlier
  later.before = complaints.length === 0 ? before : [...before, { at, rounds: report.rounds, complaints }]
}
// In the place where they stood: the table keeps its order whatever was run last.
const all = [
  ...known.map((one) => fresh.get(key(one)) ?? one),
  ...done.filter((one) => !places.has(key(one))),
]
const machine = {
  system: `${os.type()} ${os.release()}, ${os.arch()}`,
  cores: os.cpus().length,
  memory: `${Math.round(os.totalmem() / 2 ** 30)} GB`,
}
mkdirSync(path.dirname(figures), { recursive: true })
writeFileSync(figures, `${JSON.stringify({ machine, outcomes: all }, null, 2)}\n`)
if (values.document) {
  const shipped = JSON.parse(readFileSync('package.json', 'utf8')).devDependencies.electron
  const page = path.join(root, 'docs/reliability.md')
  writeFileSync(page, reliabilityPage({ machine, outcomes: all, shipped }))
  spawnSync(process.execPath, [
    'node_modules/prettier/bin/prettier.cjs',
    '--write',
    '--log-level',
    'warn',
    page,
  ])
}
// Finished: the next run begins anew.
rmSync(state, { force: true })
process.exitCode = done.some(({ complaints }) => complaints.length > 0) ? 1 : 0

function table(rows) {
  const lines = rows.map(({ name, report, release, notRun, complaints, ms }) =>
    notRun === null
      ? [
          name,
          `${report.rounds} of ${release}`,
          String(report.failed),
          complaints.length === 0 ? 'kept' : 'BROKEN',
          `${(ms / 1000).toFixed(0)} s`,
        ]
      : [name, `0 of ${release}`, '', `NOT RUN: ${notRun}`, ''],
  )
  const all = [['trial', 'rounds', 'failed', '', 'time'], ...lines]
  const widths = [0, 1, 2, 3].map((column) => Math.max(...all.map((cells) => cells[column].length)))
  return all
    .map((cells) => cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  '))
    .join('\n')
}

/** Rounds of one state of the sources and rounds of another are not one figure. */
function sources() {
  const hash = createHash('sha256').update(
    JSON.stringify([only, scale, minutes, values.driver, electronPath()]),
  )
  const visit = (file) => {
    const stat = statSync(file)
    if (stat.isDirectory()) for (const name of readdirSync(file).toSorted()) visit(path.join(file, name))
    else hash.update(`${path.relative(root, file)} ${stat.size} ${stat.mtimeMs}\n`)
  }
  for (const folder of [
    'src/main',
    'src/shared',
    'tests/reliability',
    'tests/support',
    'package-lock.json',
  ]) {
    visit(folder)
  }
  return hash.digest('hex')
}
