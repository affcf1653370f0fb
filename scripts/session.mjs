// The surroundings a desktop application expects: a display, a session bus with a keychain, a home directory.
// On a person's machine they are there. On a bare one (a server, a container, CI) they are made up here, and
// tests always get their own, so that no test ever touches the keychain or the files of whoever runs it.
import { spawn, spawnSync } from 'node:child_process'
import { chmodSync, existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { homedir, tmpdir } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'

/** @type {NodeJS.Signals[]} */
const STOPPING = ['SIGINT', 'SIGTERM', 'SIGHUP']

const here = path.dirname(fileURLToPath(import.meta.url))

/** The size that experience.md promises to fit. */
export const SCREEN = { width: 1366, height: 768 }

/**
 * @typedef {object} Surroundings
 * @property {'own' | 'missing' | 'none'} display  a private one, one only where there is none, or none at all
 * @property {'own' | 'missing' | 'none'} keychain likewise
 * @property {boolean} [privateHome] HOME, XDG_* and TMPDIR in a directory that is removed afterwards
 * @property {string} [framebuffer]  a directory in which Xvfb keeps the picture of its screen
 * @property {(line: string) => void} [say]
 */

/** Chromium's sandbox refuses to start as root, and only root has to go without it (containers, CI). */
export function sandboxArguments() {
  return process.platform === 'linux' && process.getuid?.() === 0 ? ['--no-sandbox'] : []
}

export function hasDisplay() {
  return process.platform !== 'linux' || Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY)
}

/** Whether keytar will find somebody to talk to: the service runs, or the bus knows how to start it. */
export function hasKeychain() {
  if (process.platform !== 'linux') return true
  const address = process.env.DBUS_SESSION_BUS_ADDRESS
  if (!address && !existsSync(`/run/user/${process.getuid?.()}/bus`)) return false
  return ['ListNames', 'ListActivatableNames'].some((method) => {
    const reply = spawnSync(
      'dbus-send',
      [
        '--session',
        '--print-reply',
        '--reply-timeout=2000',
        '--dest=org.freedesktop.DBus',
        '/',
        `org.freedesktop.DBus.${method}`,
      ],
      { encoding: 'utf8' },
    )
    return reply.status === 0 && reply.stdout.includes('"org.freedesktop.secrets"')
  })
}

/**
 * Runs a command in its surroundings and hands its output through. Stops it when `signal` fires or when this
 * process is asked to stop; nothing of it is left running.
 * @param {Surroundings} surroundings
 * @param {string[]} command
 * @param {{ env?: NodeJS.ProcessEnv, signal?: AbortSignal, stdio?: import('node:child_process').StdioOptions }} [options]
 * @returns {Promise<number>} the exit code; 128 and more when a signal ended it
 */
export async function runInSession(surroundings, command, options = {}) {
  const say = surroundings.say ?? (() => {})
  const env = { ...process.env, ...options.env }
  let argv = command
  let home

  const linux = process.platform === 'linux'
  if (linux && wanted(surroundings.keychain, hasKeychain)) {
    if (surroundings.keychain === 'missing') say('no keychain service here; starting one for this run')
    if (!surroundings.privateHome) env.BRACKET_KEYRING_HOME = developmentKeyring()
    argv = [process.execPath, path.join(here, 'keychain.mjs'), ...argv]
  }
  if (linux && wanted(surroundings.display, hasDisplay)) {
    if (surroundings.display === 'missing') say('no display here; drawing on a virtual one')
    const framebuffer = surroundings.framebuffer ? ` -fbdir ${surroundings.framebuffer}` : ''
    const screen = `-screen 0 ${SCREEN.width}x${SCREEN.height}x24${framebuffer}`
    delete env.WAYLAND_DISPLAY
    // Two sessions that start in one moment must not both take the first number that is free.
    const from = String(100 + Math.floor(Math.random() * 800))
    argv = ['xvfb-run', '-a', '-n', from, '-s', screen, ...argv]
  }
  if (surroundings.privateHome) {
    home = mkdtempSync(path.join(tmpdir(), 'bracket-'))
    Object.assign(env, privateDirectories(home))
  }

  try {
    return await runGroup(argv, env, options)
  } finally {
    if (home !== undefined) rmSync(home, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 })
  }
}

function wanted(choice, isThere) {
  return choice === 'own' || (choice === 'missing' && !isThere())
}

function privateDirectories(home) {
  const env = {
    HOME: path.join(home, 'home'),
    TMPDIR: path.join(home, 'tmp'),
    XDG_CONFIG_HOME: path.join(home, 'config'),
    XDG_DATA_HOME: path.join(home, 'data'),
    XDG_STATE_HOME: path.join(home, 'state'),
    XDG_CACHE_HOME: path.join(home, 'cache'),
    XDG_RUNTIME_DIR: path.join(home, 'run'),
  }
  for (const directory of Object.values(env)) mkdirSync(directory, { mode: 0o700 })
  // Tests of permissions run as an ordinary user, who must get as far as the temporary directory.
  chmodSync(home, 0o711)
  chmodSync(env.TMPDIR, 0o1777)
  return process.platform === 'win32' ? { TEMP: env.TMPDIR, TMP: env.TMPDIR } : env
}

/** Not the person's own login keyring: a bare machine's vaults must open again at the next `npm start`. */
function developmentKeyring() {
  const data = process.env.XDG_DATA_HOME || path.join(homedir(), '.local/share')
  const directory = path.join(data, 'bracket-development-keychain')
  mkdirSync(directory, { recursive: true, mode: 0o700 })
  return directory
}

/**
 * One process group, so that a virtual display or a bus never outlives the command it was made for.
 * @param {string[]} argv
 * @param {NodeJS.ProcessEnv} env
 * @param {{ signal?: AbortSignal, stdio?: import('node:child_process').StdioOptions }} options
 * @returns {Promise<number>}
 */
function runGroup(argv, env, { signal, stdio = 'inherit' }) {
  return new Promise((resolve, reject) => {
    const grouped = process.platform !== 'win32'
    const [command = '', ...args] = argv
    const child = spawn(command, args, { env, stdio, detached: grouped })
    const stop = (name) => {
      try {
        if (grouped && child.pid !== undefined) process.kill(-child.pid, name)
        else child.kill(name)
      } catch {
        // Already gone.
      }
    }
    /** @type {[NodeJS.Signals, () => void][]} */
    const forward = STOPPING.map((name) => [name, () => stop(name)])
    for (const [name, listener] of forward) process.on(name, listener)
    let last
    const abort = () => {
      stop('SIGTERM')
      last = setTimeout(() => stop('SIGKILL'), 5000)
    }
    if (signal?.aborted) abort()
    else signal?.addEventListener('abort', abort, { once: true })
    const done = () => {
      for (const [name, listener] of forward) process.off(name, listener)
      signal?.removeEventListener('abort', abort)
      clearTimeout(last)
      stop('SIGKILL')
    }
    child.on('error', (error) => {
      done()
      reject(error)
    })
    child.on('exit', (code, name) => {
      done()
      resolve(code ?? 128 + (name === 'SIGINT' ? 2 : name === 'SIGKILL' ? 9 : 15))
    })
  })
}
