import { rmSync } from 'node:fs'
import { proseWriter, SECTIONS } from '../caseload/prose.ts'
import { byName, copyOfProfile, enter, painted } from '../driving/application.ts'
import { BARE, start } from '../driving/electron.ts'
import { type Bracket, letter, Page, pause } from '../driving/page.ts'
import { medianAtMost, p95AtMost, sample, type Figure } from '../figure.ts'
import { soapNote } from '../../support/words.ts'

const TIMES = 15
const LONG = [2500, 2500, 2500, 2500] as const
const USUAL = [750, 750, 750, 750] as const
const LOOKED_FOR = 'with before then'

/**
 * A note of 10,000 words, opened from Today and looked through; and one of 3,000 words put into another format.
 * A vault of its own: nothing else is on Today.
 */
export async function openingFigures(template: string): Promise<Figure[]> {
  const profile = await copyOfProfile(template)
  const started = start('.', [`--profile=${profile}`])
  try {
    const door = await Page.at(started.devtools, 'app://unlock')
    const { page } = await enter(started, door)
    const words = proseWriter(11)
    const noteId = await writeNote(page, null, words.note(LONG))
    const opened = await opening(page)
    const found = await finding(page)
    await toToday(page)
    await writeNote(page, noteId, words.note(USUAL))
    const changed = await changing(page)
    const lines = SECTIONS.flatMap((_, at) => proseWriter(at).paragraphs(LONG[at] ?? 0))
    const bare = { name: 'the words alone in a bare window', sample: sample(await bareOpening(lines)) }
    const figure = (name: string, values: readonly number[], more: Partial<Figure>): Figure => ({
      name,
      unit: 'ms',
      figure: sample(values),
      ...more,
    })
    return [
      figure('Note opened, 10,000 words, click → paint', opened, {
        floor: bare,
        target: medianAtMost(150, 'ms'),
      }),
      figure('Find in note, 10,000 words, key → painted', found, { target: p95AtMost(50, 'ms') }),
      figure('Format changed, 3,000 words, chosen → painted', changed, { target: medianAtMost(50, 'ms') }),
    ]
  } finally {
    await started.stop()
    rmSync(profile, { recursive: true, force: true })
  }
}

/** Saves these sections as today's draft; makes its session when there is none. */
const writeNote = (
  page: Page,
  noteId: string | null,
  sections: Parameters<typeof soapNote>[0],
): Promise<string> =>
  page.run(
    async (id, words) => {
      const api = (globalThis as unknown as Bracket).bracket
      const ask = async (domain: string, verb: string, input: object) => {
        const answer = await api[domain]?.[verb]?.(input)
        if (answer?.ok !== true) throw new Error(`${domain}.${verb}: ${answer?.code}`)
        return answer.value
      }
      type Made = { id: string; revision: number }
      let made: Made
      if (id === null) {
        const about = { name: 'Ten Thousand', pronouns: '', birthDate: null, referralReason: '' }
        const { id: clientId } = (await ask('clients', 'create', about)) as Made
        const endsAt = Date.now() - 600_000
        const span = { startsAt: endsAt - 3_000_000, endsAt, zone: 'UTC' }
        const { id: sessionId } = (await ask('sessions', 'create', {
          clientId,
          kind: 'individual',
          ...span,
        })) as Made
        made = (await ask('notes', 'open', { sessionId })) as Made
      } else made = (await ask('notes', 'read', { noteId: id })) as Made
      await ask('notes', 'save', { noteId: made.id, revision: made.revision, ...words })
      return made.id
    },
    noteId,
    soapNote(sections),
  )

async function toToday(page: Page): Promise<void> {
  await page.run(() => performance.clearMarks())
  await page.click('Today', byName, 'nav[aria-label="Main"] a', 'Today')
  await painted(page, 'today')
}

async function toNote(page: Page): Promise<number> {
  await page.run(() => {
    performance.clearMarks()
    addEventListener('pointerup', () => performance.mark('pressed'), { capture: true, once: true })
  })
  await page.click('Write note', byName, 'main button', 'Write note', 0)
  return between(page, 'pressed', 'painted:write')
}

const between = (page: Page, from: string, to: string): Promise<number> =>
  page.until(
    to,
    (began, ended) => {
      const [first] = performance.getEntriesByName(began)
      const last = performance.getEntriesByName(ended).at(-1)
      return first === undefined || last === undefined || last.startTime < first.startTime
        ? null
        : last.startTime - first.startTime
    },
    from,
    to,
  )

async function opening(page: Page): Promise<number[]> {
  const took: number[] = []
  for (let time = 0; time < TIMES; time += 1) {
    await toToday(page)
    await pause(400)
    took.push(await toNote(page))
    await pause(400)
  }
  return took
}

/** From the key in the field to the frame in which what it found is painted. */
async function finding(page: Page): Promise<number[]> {
  await page.press({ key: 'f', code: 'KeyF', keyCode: 70, ctrl: true })
  await page.until('the find field', () => document.activeElement instanceof HTMLInputElement)
  await page.run(() => {
    const took: number[] = []
    Object.assign(globalThis, { benchFound: took })
    addEventListener(
      'keydown',
      ({ timeStamp }) =>
        requestAnimationFrame(() => requestAnimationFrame(() => took.push(performance.now() - timeStamp))),
      true,
    )
  })
  for (const character of LOOKED_FOR) {
    await page.press(letter(character))
    await pause(120)
  }
  const took = await page.run(() => (globalThis as unknown as { benchFound: number[] }).benchFound)
  await page.press({ key: 'Escape', code: 'Escape', keyCode: 27 })
  return took
}

/** There and back again, from the choice in the menu: saving what stands there is part of it. */
async function changing(page: Page): Promise<number[]> {
  await toNote(page)
  const took: number[] = []
  for (let time = 0; time < TIMES; time += 1) {
    const [from, to] = time % 2 === 0 ? ['SOAP', 'DAP'] : ['DAP', 'SOAP']
    await pause(1200)
    await page.click('the format', byName, 'main button', `Format: ${from}`)
    await page.until('the menu', () => document.querySelector('[role=menuitem]') !== null)
    await pause(250)
    await page.run(() => {
      performance.clearMarks()
      addEventListener('pointerup', () => performance.mark('pressed'), { capture: true, once: true })
    })
    await page.click(to ?? '', byName, '[role=menuitem]', to ?? '')
    took.push(await between(page, 'pressed', 'painted:format'))
  }
  return took
}

/** The floor: the same words, put into a bare window at a click. */
async function bareOpening(lines: readonly string[]): Promise<number[]> {
  const started = start(BARE, ['--page=editor.html'])
  try {
    const page = await Page.at(started.devtools, 'file:')
    await painted(page, 'bare')
    const took: number[] = []
    for (let time = 0; time < TIMES; time += 1) {
      await page.run((texts) => {
        performance.clearMarks()
        document.querySelector('#text')?.replaceChildren()
        const show = () => {
          performance.mark('pressed')
          document.querySelector('#text')?.replaceChildren(
            ...texts.map((text) => {
              const line = document.createElement('p')
              line.textContent = text
              return line
            }),
          )
          requestAnimationFrame(() => requestAnimationFrame(() => performance.mark('painted:words')))
        }
        addEventListener('pointerup', show, { capture: true, once: true })
      }, lines)
      await pause(200)
      await page.click('the page', () => ({ x: 200, y: 200 }))
      took.push(await between(page, 'pressed', 'painted:words'))
    }
    return took
  } finally {
    await started.stop()
  }
}
