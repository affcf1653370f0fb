// Inside a fresh session bus: starts a keychain service, waits until it answers, runs the command, ends it.
import { spawn, spawnSync } from 'node:child_process'

const PATIENCE_MS = 10_000
// Encrypts a keyring on a machine without one of its own: tests, CI, a bare development box. It guards nothing,
// and must only not be empty, because an empty one makes the service open a prompt that nobody can answer.
const PASSWORD = 'bracket-development'

const [command = '', ...args] = process.argv.slice(2)
const { BRACKET_KEYRING_HOME, ...env } = process.env

const daemon = spawn('gnome-keyring-daemon', ['--foreground', '--unlock', '--components=secrets'], {
  env: { ...env, ...(BRACKET_KEYRING_HOME ? { XDG_DATA_HOME: BRACKET_KEYRING_HOME } : {}) },
  stdio: ['pipe', 'ignore', 'ignore'],
})
let failed = false
daemon.on('error', () => {
  failed = true
})
daemon.stdin.on('error', () => {})
daemon.stdin.end(PASSWORD)

const deadline = Date.now() + PATIENCE_MS
while (!answers()) {
  if (failed || daemon.exitCode !== null || Date.now() > deadline) {
    console.error('The keychain service (gnome-keyring-daemon) did not start.')
    daemon.kill()
    process.exit(1)
  }
  await new Promise((resolve) => setTimeout(resolve, 50))
}

const child = spawn(command, args, { env, stdio: 'inherit' })
process.on('SIGINT', () => child.kill('SIGINT'))
process.on('SIGTERM', () => child.kill('SIGTERM'))
child.on('error', (error) => {
  console.error(error.message)
  daemon.kill()
  process.exitCode = 1
})
child.on('exit', (code, signal) => {
  daemon.kill()
  process.exitCode = code ?? (signal ? 128 : 1)
})

/** The default collection must be there and open, not only the service: that is where keytar writes. */
function answers() {
  // Asked of the bus first: a call to the service itself would make the bus start a second, locked one.
  const there = ask(
    'org.freedesktop.DBus',
    '/',
    'org.freedesktop.DBus.NameHasOwner',
    'string:org.freedesktop.secrets',
  )
  if (!there) return false
  const property = ['string:org.freedesktop.Secret.Collection', 'string:Locked']
  const collection = '/org/freedesktop/secrets/aliases/default'
  return (
    ask('org.freedesktop.secrets', collection, 'org.freedesktop.DBus.Properties.Get', ...property) === false
  )
}

/** A boolean answer, or undefined when there is none. */
function ask(destination, object, method, ...rest) {
  const options = ['--session', '--print-reply=literal', '--reply-timeout=1000', `--dest=${destination}`]
  const reply = spawnSync('dbus-send', [...options, object, method, ...rest], { encoding: 'utf8' })
  const answer = reply.status === 0 ? /boolean (true|false)/.exec(reply.stdout) : null
  return answer ? answer[1] === 'true' : undefined
}
