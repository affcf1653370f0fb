import { writeFileSync } from 'node:fs'
import path from 'node:path'
import type { Devtools } from './devtools.ts'

export const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))

export const PATIENCE_MS = 60_000

interface Evaluated<T> {
  readonly result: { readonly value: T }
  readonly exceptionDetails?: { readonly exception?: { readonly description?: string } }
}

export interface Chord {
  readonly key: string
  readonly code: string
  readonly keyCode: number
  readonly text?: string
  readonly ctrl?: boolean
  readonly shift?: boolean
}

export const ENTER: Chord = { key: 'Enter', code: 'Enter', keyCode: 13, text: '\r' }
export const BACKSPACE: Chord = { key: 'Backspace', code: 'Backspace', keyCode: 8 }

/** Signs have key codes of their own: 46, the code of a full stop, would be the Delete key. */
const SIGNS: Readonly<Record<string, [code: string, keyCode: number]>> = {
  ' ': ['Space', 32],
  ',': ['Comma', 188],
  '.': ['Period', 190],
}

/** The key of one letter or sign, as it would be typed. */
export function letter(character: string): Chord {
  const upper = character.toUpperCase()
  const [code, keyCode] = SIGNS[character] ?? [`Key${upper}`, upper.charCodeAt(0)]
  return { key: character, code, keyCode, text: character }
}

/** The page's own door to main, for work that runs in the page. */
export interface Bracket {
  readonly bracket: Record<
    string,
    Record<string, (input: object) => Promise<{ ok: boolean; code?: string; value: unknown }>>
  >
}

/** One window's page, driven by real input events. */
export class Page {
  readonly #devtools: Devtools
  readonly #session: string
  readonly targetId: string

  private constructor(devtools: Devtools, targetId: string, session: string) {
    this.#devtools = devtools
    this.targetId = targetId
    this.#session = session
  }

  static async attach(devtools: Devtools, targetId: string): Promise<Page> {
    const { sessionId } = await devtools.send<{ sessionId: string }>('Target.attachToTarget', {
      targetId,
      flatten: true,
    })
    return new Page(devtools, targetId, sessionId)
  }

  /** Waits for a page at this address; it is attached to only when it is there. */
  static async at(devtools: Devtools, address: string): Promise<Page> {
    const deadline = Date.now() + PATIENCE_MS
    for (;;) {
      const found = (await devtools.pages()).find((page) => page.url.startsWith(address))
      if (found !== undefined) return Page.attach(devtools, found.targetId)
      if (Date.now() > deadline) throw new Error(`no page at ${address}`)
      await pause(20)
    }
  }

  /** Runs a self-contained function in the page; the arguments and the answer travel as JSON. */
  async run<A extends readonly unknown[], T>(work: (...given: A) => T | Promise<T>, ...given: A): Promise<T> {
    const expression = `(${work.toString()})(...${JSON.stringify(given)})`
    const ask = { expression, awaitPromise: true, returnByValue: true }
    const { result, exceptionDetails } = await this.#evaluate<T>(ask)
    if (exceptionDetails !== undefined) {
      throw new Error(exceptionDetails.exception?.description ?? 'the page threw')
    }
    return result.value
  }

  /** Asks again and again until the answer is neither null nor false. */
  async until<A extends readonly unknown[], T>(
    what: string,
    work: (...given: A) => T | null | false,
    ...given: A
  ): Promise<T> {
    const deadline = Date.now() + PATIENCE_MS
    for (;;) {
      // A page that is just being loaded has nothing yet in which anything could run.
      const answer = await this.run(work, ...given).catch((error: unknown) => {
        if (Date.now() > deadline) throw error
        return null
      })
      if (answer !== null && answer !== false) return answer as T
      if (Date.now() > deadline) {
        await this.#picture()
        throw new Error(`waited in vain for ${what}; out/bench-trouble.png shows the page`)
      }
      await pause(15)
    }
  }

  async press({ key, code, keyCode, text, ctrl = false, shift = false }: Chord): Promise<void> {
    const modifiers = (ctrl ? 2 : 0) + (shift ? 8 : 0)
    const common = { key, code, windowsVirtualKeyCode: keyCode, nativeVirtualKeyCode: keyCode, modifiers }
    const down = text === undefined ? { type: 'rawKeyDown' } : { type: 'keyDown', text, unmodifiedText: text }
    await this.#send('Input.dispatchKeyEvent', { ...common, ...down })
    await this.#send('Input.dispatchKeyEvent', { ...common, type: 'keyUp' })
  }

  /** Puts text into the focused field at once: for what is not being measured. */
  async insert(text: string): Promise<void> {
    await this.#send('Input.insertText', { text })
  }

  /**
   * Moves the pointer to the middle of what the function finds, and clicks with no pause in between: whatever
   * the application fetches when it is pointed at has no head start.
   */
  async click<A extends readonly unknown[]>(
    what: string,
    find: (...given: A) => { x: number; y: number } | null,
    ...given: A
  ): Promise<void> {
    const at = await this.until(what, find, ...given)
    const mouse = (type: string, more: object = {}) =>
      this.#send('Input.dispatchMouseEvent', { type, ...at, ...more })
    const button = { button: 'left', clickCount: 1 }
    await mouse('mouseMoved')
    await mouse('mousePressed', { ...button, buttons: 1 })
    await mouse('mouseReleased', button)
  }

  async detach(): Promise<void> {
    await this.#devtools.send('Target.detachFromTarget', { sessionId: this.#session }).catch(() => undefined)
  }

  /** While one document takes the place of another there is nothing to run in, and nothing was run. */
  async #evaluate<T>(ask: object): Promise<Evaluated<T>> {
    const deadline = Date.now() + PATIENCE_MS
    for (;;) {
      try {
        return await this.#send<Evaluated<T>>('Runtime.evaluate', ask)
      } catch (error) {
        const between =
          error instanceof Error && error.message.includes('Cannot find default execution context')
        if (!between || Date.now() > deadline) throw error
        await pause(20)
      }
    }
  }

  async #picture(): Promise<void> {
    const { data } = await this.#send<{ data: string }>('Page.captureScreenshot', {})
    writeFileSync(path.join(import.meta.dirname, '../bench-trouble.png'), data, 'base64')
  }

  #send<T>(method: string, params: object): Promise<T> {
    return this.#devtools.send<T>(method, params, this.#session)
  }
}
