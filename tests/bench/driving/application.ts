import { cpSync } from 'node:fs'
import { PASSPHRASE } from '../caseload/passphrase.ts'
import { epoch, scratch, start, type Started } from './electron.ts'
import { keychainItems, type KeychainItem, putKeychainItems } from './keychainItems.ts'
import { ENTER, Page, pause } from './page.ts'

/** When the page marked its screen painted for the first time after `since`, in epoch milliseconds. */
export function painted(page: Page, screen: string, since = 0): Promise<number> {
  return page.until(
    `painted:${screen}`,
    (name, after) => {
      const times = performance.getEntriesByName(name).map((mark) => performance.timeOrigin + mark.startTime)
      return times.find((time) => time > after) ?? null
    },
    `painted:${screen}`,
    since,
  )
}

/** The middle of the one element of this kind whose text or label is exactly this. */
export function byName(selector: string, name: string, nth = 0): { x: number; y: number } | null {
  const found = [...document.querySelectorAll<HTMLElement>(selector)].filter(
    (one) => (one.getAttribute('aria-label') ?? one.innerText).trim() === name,
  )[nth]
  if (found === undefined) return null
  found.scrollIntoView({ block: 'nearest' })
  const { x, y, width, height } = found.getBoundingClientRect()
  return width === 0 ? null : { x: x + width / 2, y: y + height / 2 }
}

export interface Entered {
  readonly page: Page
  /** From the key that submits the passphrase to the screen's paint, without the derivation, in milliseconds. */
  readonly withoutDerivation: number
  /** The derivation alone, likewise. */
  readonly derivation: number
}

/** Types the passphrase at the door and waits until the screen behind it is painted. */
export async function enter(started: Started, door: Page, screen = 'today'): Promise<Entered> {
  const page = await Page.at(started.devtools, 'app://bracket')
  await door.until('the passphrase field', () => document.querySelector('input[type=password]') !== null)
  await door.run(() => document.querySelector<HTMLElement>('input[type=password]')?.focus())
  await door.insert(PASSPHRASE)
  await pause(100)
  const pressedAt = epoch()
  // The answer may be lost: the page goes away when the vault opens.
  void door.press(ENTER).catch(() => undefined)
  const paintedAt = await painted(page, screen, pressedAt)
  // Marks of main are written down by an observer, a moment later.
  await pause(50)
  const [deriving, derived] = [started.marks('vault:deriving').at(-1), started.marks('vault:derived').at(-1)]
  if (deriving === undefined || derived === undefined || deriving < pressedAt || derived < deriving) {
    throw new Error('main set no marks around the key derivation')
  }
  const derivation = derived - deriving
  return { page, withoutDerivation: paintedAt - pressedAt - derivation, derivation }
}

const itemsAtFirst = new Map<string, readonly KeychainItem[]>()

/**
 * A copy of a profile as it is, and the keychain as it was when the first copy was taken: the keychain remembers
 * how far a vault's log went, and would rightly call every later copy of the same state a rolled-back one.
 */
export async function copyOfProfile(template: string): Promise<string> {
  const items = itemsAtFirst.get(template) ?? (await keychainItems(template))
  itemsAtFirst.set(template, items)
  await putKeychainItems(items)
  const copy = scratch('profile')
  cpSync(template, copy, { recursive: true })
  return copy
}

/** A new vault with confirmed sheets, made by the real application; its keychain item is in this session's keychain. */
export async function makeVault(): Promise<string> {
  const profile = scratch('vault')
  const started = start('.', [`--profile=${profile}`])
  try {
    const door = await Page.at(started.devtools, 'app://unlock')
    await door.until('the door', () => 'bracket' in globalThis)
    await door.run(async (passphrase) => {
      type Result<T> = { ok: boolean; code?: string; value: T }
      type Words = Record<'record' | 'private', string[]>
      type Places = Record<'record' | 'private', number[]>
      type Vault = Record<string, (input: object) => Promise<Result<unknown>>>
      const { vault } = (globalThis as unknown as { bracket: { vault: Vault } }).bracket
      const made = (await vault['prepare']?.({
        setting: 'practice',
        passphrase,
        withoutKeychain: false,
      })) as Result<Words & { ask: Places }>
      if (!made.ok) throw new Error(`prepare: ${made.code}`)
      const { ask, ...sheets } = made.value
      const words = (sheet: 'record' | 'private') => ask[sheet].map((place) => sheets[sheet][place - 1] ?? '')
      const said = await vault['confirmWords']?.({ record: words('record'), private: words('private') })
      if (said?.ok !== true) throw new Error(`confirmWords: ${said?.code}`)
      // The page goes away with it; this answer must have left by then.
      setTimeout(() => void vault['finish']?.({}), 100)
    }, PASSPHRASE)
    const page = await Page.at(started.devtools, 'app://bracket')
    await painted(page, 'today')
  } finally {
    await started.stop()
  }
  return profile
}
