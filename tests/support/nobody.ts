import { spawnSync } from 'node:child_process'
import { chmodSync, chownSync, copyFileSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import electron from 'electron'
import type { LaunchOptions } from './application.ts'

/** An ordinary user of every Linux machine. */
const NOBODY = 65534
const PROGRAM = electron as unknown as string

export interface OrdinaryUser {
  /** For `launch`: the application runs as this user. The session's bus talks to its owner alone: no keychain. */
  readonly options: LaunchOptions
  /** Hands a profile over, as if this user had made it. */
  own(directory: string): void
  /** Does a shell command of this user succeed? */
  can(command: string): boolean
  /** What the application left in the directory that it was given for temporary files. */
  leftovers(): string[]
  remove(): void
}

/**
 * Root can write anywhere, and a test of permissions that root runs could not fail. So root gives itself up: for
 * nobody, or, where nobody cannot even read the checkout (in /root), for a root without any capability, whom
 * permissions bind like anybody else. Somebody who is not root stays as he is.
 */
export function ordinaryUser(): OrdinaryUser {
  if (process.getuid?.() !== 0) {
    const can = (command: string): boolean => spawnSync('sh', ['-c', command]).status === 0
    return { options: {}, own: () => undefined, can, leftovers: () => [], remove: () => undefined }
  }
  const nobody = ['setpriv', `--reuid=${NOBODY}`, `--regid=${NOBODY}`, '--clear-groups']
  const readable = run([...nobody, 'test', '-x', PROGRAM])
  const who = readable ? nobody : ['setpriv', '--bounding-set=-all', '--inh-caps=-all']
  const can = (command: string): boolean => run([...who, 'sh', '-c', command])

  const home = mkdtempSync(path.join(tmpdir(), 'bracket-ordinary-'))
  const executablePath = path.join(home, 'electron')
  writeFileSync(executablePath, `#!/bin/sh\nexec ${who.join(' ')} '${PROGRAM}' "$@"\n`, { mode: 0o755 })
  const env: Record<string, string> = { DBUS_SESSION_BUS_ADDRESS: 'unix:path=/nonexistent/bus' }
  for (const name of [
    'HOME',
    'TMPDIR',
    'XDG_CONFIG_HOME',
    'XDG_CACHE_HOME',
    'XDG_DATA_HOME',
    'XDG_RUNTIME_DIR',
  ]) {
    env[name] = home
  }
  const { XAUTHORITY } = process.env
  if (XAUTHORITY !== undefined) {
    env['XAUTHORITY'] = path.join(home, 'xauthority')
    copyFileSync(XAUTHORITY, env['XAUTHORITY'])
  }
  const own = (directory: string): void => {
    if (!readable) return
    for (const name of readdirSync(directory, { recursive: true, encoding: 'utf8' })) {
      chownSync(path.join(directory, name), NOBODY, NOBODY)
    }
    chownSync(directory, NOBODY, NOBODY)
  }
  own(home)
  chmodSync(home, 0o755)
  return {
    // With a sandbox where the kernel lets an ordinary user have one.
    options: { executablePath, env, sandbox: readable && can('unshare --user true') },
    own,
    can,
    leftovers: () => readdirSync(home).filter((name) => name.startsWith('bracket-')),
    remove: () => rmSync(home, { recursive: true, force: true, maxRetries: 5 }),
  }
}

function run([command = '', ...args]: readonly string[]): boolean {
  return spawnSync(command, args, { stdio: 'ignore' }).status === 0
}
