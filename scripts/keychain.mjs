// A session bus and a keychain service for one command:
//
//   node scripts/keychain.mjs command …
import { spawn, spawnSync } from 'node:child_process'
import { complain } from './say.mjs'

const PATIENCE_MS = 10_000
// Encrypts a keyring on a machine without one of its own: tests, CI, a bare development box. It guards nothing,
// and must only not be empty, because an empty one makes the service open a prompt that nobody can answer.
const PASSWORD = 'bracket-development'

const [command = '', ...args] = process.argv.slice(2)
const { BRACKET_KEYRING_HOME, ...env } = process.env

// Not dbus-run-session: the bus would write its own troubles (limits it may not raise, services it starts) into
// the output of whatever is run.
const bus = spawn('dbus-daemon', ['--session', '--nofork', '--print-address=1'], {
  env,
  stdio: ['ignore', 'pipe', 'ignore'],
})
env.DBUS_SESSION_BUS_ADDRESS = await new Promise((resolve) => {
  bus.on('error', () => giveUp('The session bus (dbus-daemon) did not start.'))
  bus.on('exit', () => giveUp('The session bus (dbus-daemon) ended.'))
  bus.stdout.setEncoding('utf8')
  bus.stdout.once('data', (line) => resolve(line.trim()))
})

const daemon = spawn('gnome-keyring-daemon', ['--foreground', '--unlock', '--components=secrets'], {
  env: { ...env, ...(BRACKET_KEYRING_HOME ? { XDG_DATA_HOME: BRACKET_KEYRING_HOME } : {}) },
  stdio: ['pipe', 'ignore', 'ignore'],
})
daemon.on('error', () => giveUp('The keychain service (gnome-keyring-daemon) did not start.'))
daemon.stdin.on('error', () => {})
daemon.stdin.end(PASSWORD)

const deadline = Date.now() + PATIENCE_MS
while (!answers()) {
  if (daemon.exitCode !== null || Date.now() > deadline) {
    giveUp('The keychain service (gnome-keyring-daemon) does not answer.')
  }
  await new Promise((resolve) => setTimeout(resolve, 50))
}

const child = spawn(command, args, { env, stdio: 'inherit' })
process.on('SIGINT', () => child.kill('SIGINT'))
process.on('SIGTERM', () => child.kill('SIGTERM'))
child.on('error', (error) => giveUp(error.message))
child.on('exit', (code, signal) => end(code ?? (signal ? 128 : 1)))

/** The default collection must be there and open, not only the service: that is where keytar writes. */
function answers() {
  // Asked of the bus first: a call to the service itself would make the bus start a second, locked one.
  const owner = 'org.freedesktop.DBus.NameHasOwner'
  if (!ask('org.freedesktop.DBus', '/', owner, 'string:org.freedesktop.secrets')) return false
  const property = ['string:org.freedesktop.Secret.Collection', 'string:Locked']
  const collection = '/org/freedesktop/secrets/aliases/default'
  return (
    ask('org.freedesktop.secrets', collection, 'org.freedesktop.DBus.Properties.Get', ...property) === false
  )
}

/** A boolean answer, or undefined when there is none. */
function ask(destination, object, method, ...rest) {
  const options = ['--session', '--print-reply=literal', '--reply-timeout=1000', `--dest=${destination}`]
  const reply = spawnSync('dbus-send', [...options, object, method, ...rest], { env, encoding: 'utf8' })
  const answer = reply.status === 0 ? /boolean (true|false)/.exec(reply.stdout) : null
  return answer ? answer[1] === 'true' : undefined
}

function giveUp(sentence) {
  complain(sentence)
  end(1)
}

function end(code) {
  bus.removeAllListeners('exit')
  daemon.kill()
  bus.kill()
  process.exit(code)
}
