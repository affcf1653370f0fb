// Builds into out/ when something there is older than its sources.
//
//   node scripts/build.mjs [--release]
//
// A release has no test seams. What out/ was built from, and how, stands in out/build.json.
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { say } from './say.mjs'

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..')
const stampFile = path.join(root, 'out/build.json')
const SOURCES = ['src', 'scripts/vite', 'electron.vite.config.ts', 'package-lock.json']

/**
 * @param {{ release?: boolean, say?: (line: string) => void }} [options]
 * @returns {boolean} whether out/ is now what the sources say
 */
export function ensureBuilt({ release = false, say = () => {} } = {}) {
  const wanted = { release, sources: fingerprint() }
  if (existsSync(stampFile) && readFileSync(stampFile, 'utf8') === JSON.stringify(wanted)) return true

  say('building …')
  rmSync(stampFile, { force: true })
  const build = spawnSync(
    process.execPath,
    [path.join(root, 'node_modules/electron-vite/bin/electron-vite.js'), 'build', '--logLevel', 'warn'],
    {
      cwd: root,
      env: { ...process.env, NODE_ENV: 'production', BRACKET_RELEASE: release ? '1' : '0' },
      stdio: ['ignore', 'inherit', 'inherit'],
    },
  )
  if (build.status !== 0) return false
  mkdirSync(path.dirname(stampFile), { recursive: true })
  writeFileSync(stampFile, JSON.stringify(wanted))
  return true
}

function fingerprint() {
  const hash = createHash('sha256')
  const visit = (file) => {
    const stat = statSync(file)
    if (stat.isDirectory()) {
      for (const name of readdirSync(file).toSorted()) visit(path.join(file, name))
    } else {
      hash.update(`${path.relative(root, file)} ${stat.size} ${stat.mtimeMs}\n`)
    }
  }
  for (const source of SOURCES) visit(path.join(root, source))
  return hash.digest('hex')
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const built = ensureBuilt({ release: process.argv.includes('--release'), say })
  process.exitCode = built ? 0 : 1
}
