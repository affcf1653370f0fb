import { _electron, type ElectronApplication, type Page } from '@playwright/test'
import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { DomainName, Input, Output, VerbOf } from '../../src/shared/contract/index.ts'
import type { Result } from '../../src/shared/contract/result.ts'
import { companionAccount } from '../../src/main/vault/attempts.ts'
import { keytarKeychain } from '../../src/main/vault/keytarKeychain.ts'
import { witnessAccount } from '../../src/main/vault/witness.ts'

const ROOT = path.resolve(import.meta.dirname, '../..')
export const PASSPHRASE = 'gravel lantern orbit mustard'

export interface LaunchOptions {
  /** Where everything lives; a fresh directory by default. */
  profile?: string
  /** Where the clock stands, as ISO 8601. */
  now?: string
  args?: readonly string[]
  env?: Record<string, string>
  /** Each unlocking then costs a second of one core; the others go without. */
  realDerivation?: boolean
  /** Another program that starts Electron: as an ordinary user, say. */
  executablePath?: string
  /** Chromium refuses its sandbox to root; everybody else has it. */
  sandbox?: boolean
}

/** The real application in a real window. Always `await running.stop()`, in a finally or an afterEach. */
export interface Running {
  readonly app: ElectronApplication
  readonly profile: string
  /** What it printed to stderr so far. */
  stderr(): string
  /** The small page that takes passphrases. */
  door(): Promise<Page>
  /** The application's page; it exists behind the door already, before it is shown. */
  page(): Promise<Page>
  /** Closes as a person would: everything typed is committed. */
  stop(): Promise<void>
  /** kill -9 of the whole process group. */
  kill(): Promise<void>
}

export function freshProfile(): string {
  return mkdtempSync(path.join(tmpdir(), 'bracket-profile-'))
}

export function removeProfile(profile: string): void {
  rmSync(profile, { recursive: true, force: true, maxRetries: 5 })
}

export async function launch(options: LaunchOptions = {}): Promise<Running> {
  const profile = options.profile ?? freshProfile()
  const sandbox = options.sandbox ?? process.getuid?.() !== 0
  const app = await _electron.launch({
    cwd: ROOT,
    ...(options.executablePath === undefined ? {} : { executablePath: options.executablePath }),
    chromiumSandbox: sandbox,
    args: [
      ...(sandbox ? [] : ['--no-sandbox']),
      '.',
      `--profile=${profile}`,
      ...(options.realDerivation === true ? [] : ['--quick-derivation']),
      ...(options.now === undefined ? [] : [`--now=${options.now}`]),
      ...(options.args ?? []),
    ],
    env: { ...(process.env as Record<string, string>), ...options.env },
  })
  let stderr = ''
  app.process().stderr?.on('data', (chunk: Buffer) => {
    stderr += chunk.toString('utf8')
  })
  const windowAt = async (origin: string): Promise<Page> => {
    const deadline = Date.now() + 20_000
    for (;;) {
      const found = app.windows().find((w) => w.url().startsWith(origin) && !w.isClosed())
      if (found !== undefined) return found
      if (Date.now() > deadline) throw new Error(`no window at ${origin}`)
      await new Promise((resolve) => setTimeout(resolve, 25))
    }
  }
  return {
    app,
    profile,
    stderr: () => stderr,
    door: () => windowAt('app://unlock'),
    page: () => windowAt('app://bracket'),
    async stop() {
      await app.close().catch(() => undefined)
    },
    async kill() {
      const child = app.process()
      const gone = new Promise((resolve) => child.once('exit', resolve))
      child.kill('SIGKILL')
      await gone
      await app.close().catch(() => undefined)
    },
  }
}

/** Calls a channel as the page itself would. */
export function call<D extends DomainName, V extends VerbOf<D>>(
  page: Page,
  domain: D,
  verb: V,
  input: Input<D, V>,
): Promise<Result<Output<D, V>>> {
  return page.evaluate(
    ([d, v, i]) => {
      const api = (
        globalThis as unknown as { bracket: Record<string, Record<string, (x: unknown) => unknown>> }
      ).bracket
      return api[d as string]?.[v as string]?.(i) as never
    },
    [domain, verb, input] as const,
  )
}

/** As `call`, but the answer must be a value. */
export async function ask<D extends DomainName, V extends VerbOf<D>>(
  page: Page,
  domain: D,
  verb: V,
  input: Input<D, V>,
): Promise<Output<D, V>> {
  const result = await call(page, domain, verb, input)
  if (!result.ok) throw new Error(`${domain}.${verb}: ${result.code} ${result.field ?? ''}`)
  return result.value
}

/** Enters as the door's page does; the page closes itself, so the call's answer is lost with it. */
export async function unlock(running: Running, passphrase = PASSPHRASE): Promise<Page> {
  const door = await running.door()
  await call(door, 'vault', 'unlock', { passphrase }).catch(() => undefined)
  return running.page()
}

const templates = new Map<string, ReturnType<typeof remembered>>()

/**
 * A copy of a vault made once in this run for each setting: passphrase PASSPHRASE, sheets confirmed. Its keychain item lives in the run's own keychain service.
 */
export async function vaultProfile(setting: 'practice' | 'school' = 'practice'): Promise<string> {
  const template = templates.get(setting) ?? makeVault(setting).then(remembered)
  templates.set(setting, template)
  const { profile, items } = await template
  const copy = freshProfile()
  cpSync(profile, copy, { recursive: true })
  // Every copy is the same vault to the keychain, which remembers the one that came furthest.
  for (const [account, secret] of items) await keytarKeychain().set(account, secret)
  return copy
}

/** With what the keychain remembers of it at this moment. */
async function remembered(profile: string) {
  const { vaultId } = JSON.parse(readFileSync(path.join(profile, 'vault.json'), 'utf8')) as {
    vaultId: string
  }
  const items: [string, string][] = []
  for (const account of [witnessAccount(vaultId), companionAccount(vaultId)]) {
    const secret = await keytarKeychain().get(account)
    if (secret !== null) items.push([account, secret])
  }
  return { profile, items }
}

async function makeVault(setting: 'practice' | 'school'): Promise<string> {
  const running = await launch()
  try {
    const door = await running.door()
    const made = await ask(door, 'vault', 'prepare', {
      setting,
      passphrase: PASSPHRASE,
      withoutKeychain: false,
    })
    const words = (sheet: 'record' | 'private') =>
      made.ask[sheet].map((place) => made[sheet][place - 1] ?? '')
    await ask(door, 'vault', 'confirmWords', { record: words('record'), private: words('private') })
    await call(door, 'vault', 'finish', {}).catch(() => undefined)
    await ask(await running.page(), 'app', 'context', {})
  } finally {
    await running.stop()
  }
  rmSync(path.join(running.profile, 'chromium'), { recursive: true, force: true })
  process.once('exit', () => removeProfile(running.profile))
  return running.profile
}

export { ROOT }
