import { byName, painted } from '../driving/application.ts'
import { BARE, start } from '../driving/electron.ts'
import { BACKSPACE, ENTER, letter, Page, pause } from '../driving/page.ts'

const KEYS = 240
const BETWEEN_MS = 40
const TYPED = 'she went over what had been said and came back to it again, a little calmer than before. '

export interface Typed {
  /** Key event → the text is in the editor's state and in the page. */
  readonly commit: number[]
  /** Key event → that is painted. */
  readonly paint: number[]
}

type Place = { x: number; y: number }

/** Types as a quick writer does, with a new paragraph and a correction now and then. */
async function type(page: Page): Promise<Typed> {
  for (let at = 0; at < KEYS; at += 1) {
    if (at % 80 === 79) await page.press(ENTER)
    else if (at % 30 === 29) await page.press(BACKSPACE)
    else await page.press(letter(TYPED[at % TYPED.length] ?? ' '))
    await pause(BETWEEN_MS)
  }
  await pause(200)
  const typed = await page.run(() => (globalThis as unknown as { benchTyped: Typed }).benchTyped)
  if (typed.commit.length < KEYS) throw new Error(`${KEYS - typed.commit.length} keys did not arrive`)
  return typed
}

/** Opens today's long draft, puts the caret in the middle of its longest section and types there. */
export async function typeInWrite(page: Page): Promise<Typed> {
  await page.run(() => performance.clearMarks())
  await page.click('Today', byName, 'nav[aria-label="Main"] a', 'Today')
  await page.click('Go on writing', byName, 'main button', 'Go on writing', 0)
  await painted(page, 'write')
  await page.click('the longest section', (): Place | null => {
    const longest = [...document.querySelectorAll<HTMLElement>('[contenteditable=true]')].toSorted(
      (a, b) => (b.textContent?.length ?? 0) - (a.textContent?.length ?? 0),
    )[0]
    const lines = longest?.children ?? []
    const middle = lines[Math.floor(lines.length / 2)]
    if (longest === undefined || middle === undefined || (longest.textContent?.length ?? 0) < 10_000)
      return null
    middle.scrollIntoView({ block: 'center' })
    const { x, y, width, height } = middle.getBoundingClientRect()
    return { x: x + width / 2, y: y + height / 2 }
  })
  await page.run(() => {
    type Editor = {
      registerUpdateListener(
        listen: (update: { dirtyLeaves: Set<string>; dirtyElements: Map<string, boolean> }) => void,
      ): void
    }
    const root = document.activeElement as (HTMLElement & { __lexicalEditor?: Editor }) | null
    if (root?.__lexicalEditor === undefined) throw new Error('the caret is not in an editor')
    const typed: Typed = { commit: [], paint: [] }
    Object.assign(globalThis, { benchTyped: typed })
    let pressed: number | null = null
    addEventListener('keydown', (event) => (pressed = event.timeStamp), true)
    root.__lexicalEditor.registerUpdateListener(({ dirtyLeaves, dirtyElements }) => {
      // A caret that moved is no commit of text.
      if (pressed === null || dirtyLeaves.size + dirtyElements.size === 0) return
      const from = pressed
      pressed = null
      typed.commit.push(performance.now() - from)
      requestAnimationFrame(() => requestAnimationFrame(() => typed.paint.push(performance.now() - from)))
    })
  })
  return type(page)
}

/** The floor: the same words in a bare editable element, to its input event. */
export async function typeInBare(paragraphs: readonly string[]): Promise<Typed> {
  const started = start(BARE, ['--page=editor.html'])
  try {
    const page = await Page.at(started.devtools, 'file:')
    await painted(page, 'bare')
    await page.run((lines) => {
      const text = document.querySelector('#text')
      if (text === null) throw new Error('there is no editor')
      text.replaceChildren(
        ...lines.map((line) => {
          const paragraph = document.createElement('p')
          paragraph.textContent = line
          return paragraph
        }),
      )
      const typed: Typed = { commit: [], paint: [] }
      Object.assign(globalThis, { benchTyped: typed })
      let pressed = 0
      text.addEventListener('keydown', (event) => (pressed = event.timeStamp), true)
      text.addEventListener('input', () => {
        const from = pressed
        typed.commit.push(performance.now() - from)
        requestAnimationFrame(() => requestAnimationFrame(() => typed.paint.push(performance.now() - from)))
      })
    }, paragraphs)
    await page.click('the middle', (): Place | null => {
      const lines = document.querySelectorAll('#text > p')
      const middle = lines[Math.floor(lines.length / 2)]
      if (middle === undefined) return null
      middle.scrollIntoView({ block: 'center' })
      const { x, y, width, height } = middle.getBoundingClientRect()
      return { x: x + width / 2, y: y + height / 2 }
    })
    return await type(page)
  } finally {
    await started.stop()
  }
}
