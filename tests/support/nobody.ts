import { chmodSync, copyFileSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import electron from 'electron'
import type { LaunchOptions } from './application.ts'

/** An ordinary user of every Linux machine. */
export const NOBODY = 65534

/**
 * How to launch the application as an ordinary user: root could write anywhere, and a test of permissions that
 * root runs could not fail. Somebody who is not root already is one. The session's keychain stays behind, because
 * its bus talks to its owner alone.
 */
export function asNobody(): LaunchOptions {
  if (process.getuid?.() !== 0) return {}
  const home = mkdtempSync(path.join(tmpdir(), 'bracket-nobody-'))
  chmodSync(home, 0o1777)
  const program = path.join(home, 'electron')
  writeFileSync(
    program,
    `#!/bin/sh\nexec setpriv --reuid=${NOBODY} --regid=${NOBODY} --clear-groups '${electron as unknown as string}' "$@"\n`,
    { mode: 0o755 },
  )
  const { XAUTHORITY } = process.env
  const env: Record<string, string> = {
    HOME: home,
    XDG_CONFIG_HOME: home,
    XDG_CACHE_HOME: home,
    XDG_DATA_HOME: home,
    XDG_RUNTIME_DIR: home,
    TMPDIR: home,
    DBUS_SESSION_BUS_ADDRESS: 'unix:path=/nonexistent/bus',
  }
  if (XAUTHORITY !== undefined) {
    env['XAUTHORITY'] = path.join(home, 'xauthority')
    copyFileSync(XAUTHORITY, env['XAUTHORITY'])
    chmodSync(env['XAUTHORITY'], 0o644)
  }
  return { executablePath: program, env }
}
