// `npm run check` and `npm test`: every step in order, a short line each, what failed in full, and at the very
// end one line with the counts of all runners together.
//
//   node scripts/checks.mjs <step | check | all> … [-- arguments for the runner]
import { spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { ensureBuilt } from './build.mjs'
import { electronPath } from './electron-path.mjs'
import { runInSession } from './session.mjs'
import { complain, say } from './say.mjs'

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..')
const bin = (file) => path.join(root, 'node_modules', file)
process.chdir(root)
// In a log file, colours are noise.
if (!process.stdout.isTTY) {
  delete process.env.FORCE_COLOR
  process.env.NO_COLOR = '1'
}

const ROOMS = [
  'src/shared',
  'src/main',
  'src/main/tsconfig.electron-33.json',
  'src/preload',
  'src/renderer',
  'tests',
  'scripts',
]

const STEPS = {
  format: () => quietly([bin('prettier/bin/prettier.cjs'), '--check', '--log-level', 'warn', '.']),
  lint: () => quietly([bin('oxlint/bin/oxlint'), '--type-aware', '--quiet']),
  types: async () => {
    const rooms = ROOMS.map((room) => quietly([bin('typescript/bin/tsc'), '--pretty', 'false', '-p', room]))
    return (await Promise.all(rooms)).every(Boolean)
  },
  unit: () => vitest(['unit', 'contract', 'architecture'], {}),
  // The native addons bind another libcrypto under Node than under Electron: test them where they will run.
  'db:journeyapps': () => vitest(['db'], { BRACKET_SQLCIPHER: 'journeyapps', ELECTRON_RUN_AS_NODE: '1' }),
  'db:signal': () => vitest(['db'], { BRACKET_SQLCIPHER: 'signal', ELECTRON_RUN_AS_NODE: '1' }),
  build: () => ensureBuilt(),
  e2e: () => ensureBuilt() && playwright(),
}

// @journeyapps/sqlcipher does not exist for Windows.
const DRIVERS = process.platform === 'win32' ? ['db:signal'] : ['db:journeyapps', 'db:signal']
const CHECK = ['format', 'lint', 'types', 'unit', ...DRIVERS]
const GROUPS = {
  db: DRIVERS,
  check: CHECK,
  all: [...CHECK, 'build', 'e2e'],
}

/** How many end-to-end runs stand side by side, and into how many parts the tests are cut for them. */
const LANES = 3
const PARTS = 9

const dashes = process.argv.indexOf('--')
const asked = process.argv.slice(2, dashes < 0 ? undefined : dashes)
const passedOn = dashes < 0 ? [] : process.argv.slice(dashes + 1)
const steps = asked.flatMap((name) => GROUPS[name] ?? (STEPS[name] ? [name] : []))
if (steps.length === 0) {
  complain(
    `usage: node scripts/checks.mjs <${[...Object.keys(STEPS), ...Object.keys(GROUPS)].join(' | ')}> …`,
  )
  process.exit(2)
}

const reports = mkdtempSync(path.join(tmpdir(), 'bracket-reports-'))
const total = { passed: 0, failed: 0, skipped: 0 }
const broken = []
let ran = false

try {
  for (const step of steps) {
    const began = Date.now()
    const outcome = await STEPS[step]()
    const ok = typeof outcome === 'boolean' ? outcome : outcome.failed === 0 && outcome.ok
    if (typeof outcome === 'object') {
      ran = true
      total.passed += outcome.passed
      // A runner that ends badly without a failed test (it crashed, found no test, left an error behind) counts.
      total.failed += outcome.failed > 0 || outcome.ok ? outcome.failed : 1
      total.skipped += outcome.skipped
    } else if (!ok) {
      total.failed += 1
    }
    if (!ok) broken.push(step)
    const counts = typeof outcome === 'object' ? ` · ${outcome.passed} passed, ${outcome.failed} failed` : ''
    say(`${ok ? '✓' : '✗'} ${step}${counts} · ${((Date.now() - began) / 1000).toFixed(1)} s`)
  }
} finally {
  rmSync(reports, { recursive: true, force: true })
}

if (total.skipped > 0) {
  say(`${total.skipped} skipped: a skipped test proves nothing, so this counts as failing`)
  broken.push('skipped tests')
}
if (broken.length > 0) say(`failing: ${broken.join(', ')}`)
if (ran) say(`${total.passed} passed, ${total.failed} failed`)
process.exitCode = broken.length > 0 || total.failed > 0 || (ran && total.passed === 0) ? 1 : 0

/** Runs a Node program and shows what it printed only if it failed. */
function quietly(argv) {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, argv, { stdio: ['ignore', 'pipe', 'pipe'] })
    const printed = []
    child.stdout.on('data', (data) => printed.push(data))
    child.stderr.on('data', (data) => printed.push(data))
    child.on('close', (code) => {
      if (code !== 0) process.stdout.write(Buffer.concat(printed))
      resolve(code === 0)
    })
  })
}

async function vitest(projects, env) {
  const report = path.join(reports, `${projects.join('-')}-${env.BRACKET_SQLCIPHER ?? 'node'}.json`)
  const electron = env.ELECTRON_RUN_AS_NODE === '1'
  const code = await runInSession(
    { display: 'none', keychain: electron ? 'own' : 'none', privateHome: true },
    [
      electron ? electronPath() : process.execPath,
      bin('vitest/vitest.mjs'),
      'run',
      ...projects.flatMap((name) => ['--project', name]),
      '--reporter=dot',
      '--reporter=json',
      `--outputFile.json=${report}`,
      ...passedOn,
    ],
    { env },
  )
  const read = readReport(report)
  return {
    ok: code === 0 && read !== undefined,
    passed: read?.numPassedTests ?? 0,
    failed: read?.numFailedTests ?? 0,
    skipped: (read?.numPendingTests ?? 0) + (read?.numTodoTests ?? 0),
  }
}

/**
 * Side by side, because most of an end-to-end test is waiting; in more parts than lanes, so that one long part does
 * not keep the others waiting. Each has a display, a bus, a keychain and a home of its own, so that no window takes
 * the focus, the clipboard or the keychain of another. What was asked for by name runs in one piece.
 */
async function playwright() {
  const parts = Array.from({ length: PARTS }, (_, n) => [`--shard=${n + 1}/${PARTS}`])
  const waiting = (passedOn.length > 0 ? [[]] : parts).map((part, n) => ({ part, n }))
  const outcomes = []
  const lane = async () => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      outcomes.push(await playwrightShard(next.part, next.n))
    }
  }
  await Promise.all(Array.from({ length: LANES }, lane))
  return together(outcomes)
}

/** What several runs counted, as one. */
function together(outcomes) {
  return outcomes.reduce((all, one) => ({
    ok: all.ok && one.ok,
    passed: all.passed + one.passed,
    failed: all.failed + one.failed,
    skipped: all.skipped + one.skipped,
  }))
}

async function playwrightShard(part, n) {
  const report = path.join(reports, `e2e-${n}.json`)
  const output = ['--output', path.join('test-results', String(n))]
  const code = await runInSession(
    { display: 'own', keychain: 'own', privateHome: true },
    [process.execPath, bin('@playwright/test/cli.js'), 'test', ...part, ...output, ...passedOn],
    { env: { BRACKET_REPORT: report, PWTEST_CACHE_DIR: path.join(root, 'node_modules/.cache/playwright') } },
  )
  const stats = readReport(report)?.stats
  return {
    ok: code === 0 && stats !== undefined,
    passed: stats?.expected ?? 0,
    failed: (stats?.unexpected ?? 0) + (stats?.flaky ?? 0),
    skipped: stats?.skipped ?? 0,
  }
}

function readReport(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch {
    return undefined
  }
}
