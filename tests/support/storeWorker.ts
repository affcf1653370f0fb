import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { basename, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'

const ROOT = resolve(fileURLToPath(new URL('../..', import.meta.url)))
/** Inside node_modules, so that the bundle finds the native drivers. */
const CACHE = join(ROOT, 'node_modules', '.cache', 'bracket-store')
const buildings = new Map<string, Promise<string>>()
const KEPT_BUNDLES = 12

/** The built src/main/store/worker.ts, for `Store.open({ workerPath })` in tests. */
export function storeWorkerPath(): Promise<string> {
  return bundled(join(ROOT, 'src/main/store/worker.ts'))
}

/** The built src/main/store/checkProcess.ts, for checkProcess.ts here. */
export function checkProgramPath(): Promise<string> {
  return bundled(join(ROOT, 'src/main/store/checkProcess.ts'))
}

/** The built src/main/backup/backupWorker.ts. */
export function backupWorkerPath(): Promise<string> {
  return bundled(join(ROOT, 'src/main/backup/backupWorker.ts'))
}

/** The built form of a program in tests/support, by file name. */
export function supportProgram(name: string): Promise<string> {
  return bundled(join(ROOT, 'tests/support', name))
}

/**
 * Threads and child processes run plain JavaScript. Built once per state of the sources and shared by every test
 * file; two that build at the same moment make the same file.
 */
function bundled(entry: string): Promise<string> {
  const building = buildings.get(entry) ?? bundle(entry)
  buildings.set(entry, building)
  return building
}

async function bundle(entry: string): Promise<string> {
  const name = `${basename(entry, '.ts')}-${sourceState()}.mjs`
  const file = join(CACHE, name)
  if (existsSync(file)) return file
  const outDir = join(CACHE, `building-${process.pid}-${name}`)
  mkdirSync(outDir, { recursive: true })
  // Half a second that a child which was handed its threads need not spend.
  const { build } = await import('vite')
  await build({
    configFile: false,
    root: ROOT,
    logLevel: 'silent',
    build: {
      ssr: entry,
      outDir,
      emptyOutDir: false,
      target: 'node20.18',
      minify: false,
      rolldownOptions: { output: { format: 'es', entryFileNames: name, codeSplitting: false } },
    },
  })
  renameSync(join(outDir, name), file)
  rmSync(outDir, { recursive: true, force: true })
  forgetOld()
  return file
}

function sourceState(): string {
  const hash = createHash('sha256')
  for (const folder of ['src/main/store', 'src/main/store/driver', 'src/main/backup', 'tests/support']) {
    for (const name of readdirSync(join(ROOT, folder)).sort()) {
      if (name.endsWith('.ts')) hash.update(name).update(readFileSync(join(ROOT, folder, name)))
    }
  }
  return hash.digest('hex').slice(0, 16)
}

function forgetOld(): void {
  const bundles = readdirSync(CACHE, { withFileTypes: true }).filter((entry) => entry.isFile())
  if (bundles.length <= KEPT_BUNDLES * 4) return
  for (const { name } of bundles) {
    if (!name.includes(sourceState())) rmSync(join(CACHE, name), { force: true })
  }
}
