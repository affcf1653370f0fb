// Brings a machine from nothing to a working tree: system packages, npm packages, Electron's binary.
// Runs before `npm start` and `npm test`, so it may use nothing but Node itself, says what it does, and is done
// in well under a second when there is nothing to do.
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { complain, sayAs } from './say.mjs'

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..')
const stampFile = path.join(root, 'node_modules/.bracket-setup')

/** A sentence for a person; anything else that is thrown is a fault of ours. */
class CannotGoOn extends Error {}

let worked = false
const say = (line) => {
  worked = true
  sayAs('setup')(line)
}

/**
 * Debian's names. Where a newer release renamed a library, both stand, the older first.
 * What each is for: building the two native addons; Electron's own libraries; a display without a screen;
 * a session bus with a keychain; and, for tests, a network namespace with loopback only, memory figures.
 */
const DEBIAN = [
  ['build-essential'],
  ['python3'],
  ['libsecret-1-dev'],
  ['libssl-dev'],
  ['libgtk-3-0', 'libgtk-3-0t64'],
  ['libnss3'],
  ['libasound2', 'libasound2t64'],
  ['libgbm1'],
  ['libnotify4'],
  ['xvfb'],
  ['xauth'],
  ['dbus'],
  ['gnome-keyring'],
  ['iproute2'],
  ['procps'],
  // Reads PDFs back in the tests.
  ['poppler-utils'],
  // Somebody to show notifications to the tests. A desktop has its own, and a second one would get in its way.
  ...(process.env.DISPLAY || process.env.WAYLAND_DISPLAY ? [] : [['dunst']]),
]

/** Where there is no apt-get, the commands by which we notice that something is missing. */
const LINUX_COMMANDS = [
  ['c++', 'a C++ compiler'],
  ['make', 'make'],
  ['python3', 'Python 3'],
  ['Xvfb', 'Xvfb'],
  ['xauth', 'xauth'],
  ['dbus-daemon', 'D-Bus'],
  ['gnome-keyring-daemon', 'gnome-keyring'],
]

try {
  requireNode()
  await systemPackages()
  npmPackages()
  const { ensureElectronBinary } = await import('./electron-binary.mjs')
  try {
    await ensureElectronBinary(say)
  } catch (error) {
    throw new CannotGoOn(error instanceof Error ? error.message : String(error))
  }
  if (worked) say('everything is in place')
} catch (error) {
  if (!(error instanceof CannotGoOn)) throw error
  complain(`\nsetup: ${error.message}`)
  process.exitCode = 1
}

function requireNode() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
  if (major < 20 || (major === 20 && minor < 19)) {
    throw new CannotGoOn(
      `Bracket needs Node 20.19 or newer and this is Node ${process.versions.node}; install a newer one from nodejs.org and run the command again.`,
    )
  }
}

// — System packages —

async function systemPackages() {
  if (process.platform === 'darwin') return macSystem()
  if (process.platform === 'win32') return // Everything native comes prebuilt for Windows.
  if (process.platform !== 'linux') {
    throw new CannotGoOn(
      `Bracket runs on Windows, macOS and Linux; this system (${process.platform}) is none of them.`,
    )
  }
  if (has('apt-get') && has('dpkg-query')) return debianSystem()
  return otherLinux()
}

function macSystem() {
  const tools = spawnSync('xcode-select', ['-p'], { stdio: 'ignore' })
  if (tools.status !== 0) {
    throw new CannotGoOn(
      "Bracket's database is compiled on macOS and needs Apple's command line tools: run `xcode-select --install`, then the command again.",
    )
  }
}

function debianSystem() {
  const known = DEBIAN.flat()
  const query = spawnSync('dpkg-query', ['-W', '-f', '${Package} ${db:Status-Status}\n', ...known], {
    encoding: 'utf8',
  })
  const installed = new Set(
    query.stdout
      .split('\n')
      .filter((line) => line.endsWith(' installed'))
      .map((line) => line.split(' ')[0]),
  )
  const missing = DEBIAN.filter((names) => !names.some((name) => installed.has(name)))
  if (missing.length === 0) return

  const firstNames = missing.map(([name]) => name).join(' ')
  const prefix = administrator()
  if (prefix === undefined) {
    throw new CannotGoOn(
      `some system packages are missing; install them with \`sudo apt-get install ${firstNames}\` and run the command again.`,
    )
  }
  say(`installing system packages: ${firstNames} …`)
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  const apt = (...args) => {
    const [command, ...rest] = [...prefix, 'apt-get', ...args]
    return spawnSync(command, rest, { env, encoding: 'utf8', maxBuffer: 1 << 26 })
  }
  apt('update', '-qq') // A failing mirror among several need not stop us: the installation will tell.
  const packages = missing.map((names) => names.find(isOffered) ?? names[0])
  const install = apt('install', '-y', '-qq', '--no-install-recommends', ...packages)
  if (install.status !== 0) {
    complain(install.stderr.trim().split('\n').slice(-5).join('\n'))
    throw new CannotGoOn(
      `the system packages could not be installed; try \`apt-get install ${packages.join(' ')}\` by hand and run the command again.`,
    )
  }
}

/** How to run a command as root without asking anybody: nothing to add, sudo, or no way. */
function administrator() {
  if (process.getuid?.() === 0) return []
  if (has('sudo') && spawnSync('sudo', ['-n', 'true'], { stdio: 'ignore' }).status === 0) {
    return ['sudo', '-n', '--preserve-env=DEBIAN_FRONTEND']
  }
  return undefined
}

function isOffered(name) {
  const show = spawnSync('apt-cache', ['show', '--no-all-versions', name], { encoding: 'utf8' })
  return show.status === 0 && show.stdout.includes(`Package: ${name}\n`)
}

function otherLinux() {
  const missing = LINUX_COMMANDS.filter(([command]) => !has(command)).map(([, name]) => name)
  if (missing.length === 0) return
  throw new CannotGoOn(
    `this Linux has no apt-get, so please install these yourself, with the development files of libsecret and OpenSSL and the libraries of GTK 3, NSS, ALSA and GBM, and run the command again: ${missing.join(', ')}.`,
  )
}

function has(command) {
  return (process.env.PATH ?? '')
    .split(path.delimiter)
    .concat('/usr/sbin', '/sbin')
    .some((directory) => directory !== '' && existsSync(path.join(directory, command)))
}

// — npm packages —

function npmPackages() {
  const wanted = fingerprint()
  if (isUpToDate(wanted)) return

  const npm = spawnSync('npm', ['--version'], { shell: process.platform === 'win32', encoding: 'utf8' })
  if (npm.status !== 0)
    throw new CannotGoOn('npm was not found beside Node; install it and run the command again.')

  say('installing npm packages (two native addons are compiled; a few minutes the first time) …')
  const env = { ...process.env }
  const headers = localHeaders()
  if (headers !== undefined) env.npm_package_config_node_gyp_nodedir = headers
  const install = spawnSync('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: root,
    env,
    shell: process.platform === 'win32',
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  if (install.status !== 0) {
    throw new CannotGoOn(
      '`npm ci` did not succeed (its own words are above); check the network and run the command again.',
    )
  }
  requireDatabaseDriver()
  writeFileSync(stampFile, wanted)
}

/** What decides the contents of node_modules: the lock file, our own wishes, and the machine. */
function fingerprint() {
  const manifest = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8'))
  const wishes = ['dependencies', 'optionalDependencies', 'devDependencies', 'overrides', 'allowScripts']
  return createHash('sha256')
    .update(readFileSync(path.join(root, 'package-lock.json')))
    .update(JSON.stringify(wishes.map((key) => manifest[key])))
    .update(`${process.platform} ${process.arch}`)
    .digest('hex')
}

function isUpToDate(wanted) {
  const stamped = existsSync(stampFile)
  if (stamped && readFileSync(stampFile, 'utf8') === wanted) return true
  // Somebody ran npm by hand: npm writes this file last, so a newer one means a finished installation.
  const npmOwn = path.join(root, 'node_modules/.package-lock.json')
  if (!existsSync(npmOwn)) return false
  const finished = statSync(npmOwn).mtimeMs
  if (finished < statSync(path.join(root, 'package-lock.json')).mtimeMs) return false
  if (stamped && finished < statSync(stampFile).mtimeMs) return false
  writeFileSync(stampFile, wanted)
  return true
}

/** Node's own headers, where they lie beside it, spare node-gyp a download that closed networks block. */
function localHeaders() {
  const prefix = path.resolve(path.dirname(process.execPath), '..')
  return [prefix, '/usr'].find((directory) => existsSync(path.join(directory, 'include/node/node_version.h')))
}

/** npm passes over an optional package that does not compile, without a word. */
function requireDatabaseDriver() {
  if (process.platform === 'win32') return
  const addon = path.join(root, 'node_modules/@journeyapps/sqlcipher')
  if (existsSync(addon)) return
  throw new CannotGoOn(
    'the encrypted database (@journeyapps/sqlcipher) could not be compiled here; `npm rebuild --foreground-scripts @journeyapps/sqlcipher` shows why.',
  )
}
