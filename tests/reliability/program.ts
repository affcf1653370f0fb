import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs'
import { basename, join } from 'node:path'
import { ROOT } from './root.ts'

const CACHE = join(ROOT, 'node_modules/.cache/bracket-reliability')
const SOURCES = ['src/main', 'src/shared', 'tests/reliability', 'tests/support']

let built: Promise<string> | undefined

/** vaultChild.ts as plain JavaScript, which needs no test runner around it. Built once per state of the sources. */
export function vaultProgram(): Promise<string> {
  built ??= bundle(join(ROOT, 'tests/reliability/vaultChild.ts'))
  return built
}

async function bundle(entry: string): Promise<string> {
  const stem = basename(entry, '.ts')
  const name = `${stem}-${sourceState()}.mjs`
  const file = join(CACHE, name)
  if (existsSync(file)) return file
  const outDir = join(CACHE, `building-${process.pid}`)
  mkdirSync(outDir, { recursive: true })
  const { build } = await import('vite')
  await build({
    configFile: false,
    root: ROOT,
    logLevel: 'silent',
    resolve: { alias: { vitest: join(ROOT, 'tests/reliability/withoutVitest.ts') } },
    build: {
      ssr: entry,
      outDir,
      emptyOutDir: false,
      target: 'node20.18',
      minify: false,
      rolldownOptions: { output: { format: 'es', entryFileNames: name, codeSplitting: false } },
    },
  })
  for (const old of readdirSync(CACHE)) {
    // Not one that another run has just built.
    const aside = old.startsWith(`${stem}-`) && Date.now() - statSync(join(CACHE, old)).mtimeMs > 3_600_000
    if (aside) rmSync(join(CACHE, old), { force: true })
  }
  renameSync(join(outDir, name), file)
  rmSync(outDir, { recursive: true, force: true })
  return file
}

function sourceState(): string {
  const hash = createHash('sha256')
  for (const folder of SOURCES) {
    const names = readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' }).toSorted()
    for (const name of names) {
      if (name.endsWith('.ts')) hash.update(name).update(readFileSync(join(ROOT, folder, name)))
    }
  }
  return hash.digest('hex').slice(0, 16)
}
