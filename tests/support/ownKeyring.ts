import { spawn, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'

/** A session bus with a real keyring of its own, so that a test can lock it without taking it from the others. */
export interface OwnKeyring {
  /** For the application that is to use it. */
  readonly env: Record<string, string>
  /** Locks it; false where the service did not take it. */
  lock(): boolean
  stop(): Promise<void>
}

export async function ownKeyring(): Promise<OwnKeyring> {
  // Without a display the service cannot ask for its password, where nobody would answer.
  const bare = { ...process.env, DISPLAY: undefined, WAYLAND_DISPLAY: undefined }
  const home = mkdtempSync(path.join(tmpdir(), 'bracket-keyring-'))
  const program = spawn(
    process.execPath,
    [path.resolve('scripts/keychain.mjs'), 'sh', '-c', 'echo "$DBUS_SESSION_BUS_ADDRESS"; cat > /dev/null'],
    {
      env: { ...bare, HOME: home, XDG_DATA_HOME: home, XDG_RUNTIME_DIR: home },
      stdio: ['pipe', 'pipe', 'ignore'],
    },
  )
  const ended = new Promise((resolve) => program.once('exit', resolve))
  const address = await new Promise<string>((resolve, reject) => {
    program.once('exit', () => reject(new Error('the keyring did not start')))
    program.stdout.setEncoding('utf8')
    program.stdout.once('data', (line: string) => resolve(line.trim()))
  })
  const env = { DBUS_SESSION_BUS_ADDRESS: address }
  return {
    env,
    lock() {
      const service = '/org/freedesktop/secrets'
      const call = ['--session', '--print-reply', '--dest=org.freedesktop.secrets', service]
      const lock = ['org.freedesktop.Secret.Service.Lock', `array:objpath:${service}/aliases/default`]
      return spawnSync('dbus-send', [...call, ...lock], { env: { ...process.env, ...env } }).status === 0
    },
    async stop() {
      program.stdin.end()
      await ended
      rmSync(home, { recursive: true, force: true, maxRetries: 5 })
    },
  }
}
