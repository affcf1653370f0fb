import { app } from 'electron'
import path from 'node:path'

declare const __TEST_SEAMS__: boolean

/**
 * Switches that would open the application to whoever starts it; a release refuses to start with one. Chromium
 * takes one hyphen for two, on Windows a slash as well, and there any case; Node takes underscores for hyphens.
 */
const FORBIDDEN =
  /^(--?|\/)(remote-debugging-[\w-]+|inspect([-_][\w-]+)?|debug([-_](brk|port))?|js-flags)(=|$)/iu

export interface Start {
  /** Where everything lives. */
  profile: string
  /** Milliseconds to add to the machine's clock; 0 but for the test seam. */
  clockOffset: number
  /** Deriving keys may cost next to nothing: what is no test of it need not wait for it. */
  quickDerivation: boolean
  /** The SQLCipher driver may be chosen by the environment: development and tests alone. */
  seams: boolean
}

/** Is this start one that a release must refuse? */
export function isForbiddenStart(argv: readonly string[], packaged: boolean): boolean {
  return packaged && argv.slice(1).some((argument) => FORBIDDEN.test(argument))
}

/**
 * Reads the command line. `--profile=DIR`, `--now=ISO` and `--quick-derivation` are seams for tests and exist only
 * where the build has them and the application is not packaged.
 */
export function readStart(argv: readonly string[]): Start {
  const seams = __TEST_SEAMS__ && !app.isPackaged
  const value = (name: string): string | undefined =>
    seams ? argv.find((argument) => argument.startsWith(`--${name}=`))?.slice(name.length + 3) : undefined
  const profile = value('profile')
  const now = value('now')
  const moved = now === undefined ? Number.NaN : Date.parse(now)
  return {
    profile: profile === undefined ? localDataDirectory() : path.resolve(profile),
    clockOffset: Number.isNaN(moved) ? 0 : moved - Date.now(),
    quickDerivation: seams && argv.includes('--quick-derivation'),
    seams,
  }
}

/** The platform's local application data: on Windows not the roaming profile, which is copied to a server. */
function localDataDirectory(): string {
  const local = process.platform === 'win32' ? process.env['LOCALAPPDATA'] : undefined
  return path.join(local ?? app.getPath('appData'), 'Bracket')
}
