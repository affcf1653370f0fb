import { rmSync } from 'node:fs'
import { NOW } from '../caseload/calendar.ts'
import { LONG_NOTE } from '../caseload/open.ts'
import { proseWriter } from '../caseload/prose.ts'
import { copyOfProfile, enter, painted } from '../driving/application.ts'
import { epoch, start, type Started } from '../driving/electron.ts'
import { memoryOf } from '../driving/memory.ts'
import { type Chord, Page, PATIENCE_MS, pause } from '../driving/page.ts'
import { medianAtMost, p95AtMost, sample, type Figure } from '../figure.ts'
import {
  bareClicks,
  clientPages,
  FIRST_DAY,
  OTHER_DAYS,
  reviews,
  searches,
  WEEK_SESSIONS,
  weeks,
} from './clicking.ts'
import { saveFromPage, signFromPage } from './saving.ts'
import type { StoreMeasured } from './store.ts'
import { typeInBare, typeInWrite } from './typing.ts'

const LOCK: Chord = { key: 'L', code: 'KeyL', keyCode: 76, ctrl: true, shift: true }
const STARTS = 3
/** The verifier begins 1.5 s after the vault was opened. */
const VERIFIER_LATER_MS = 1500
const VERIFIER_PATIENCE_MS = 240_000

type Add = (...figures: Figure[]) => void

/**
 * Everything that is measured in the window of the thirty-year caseload. Figures are handed over one by one:
 * what was measured before something goes wrong is not lost.
 */
export async function caseloadFigures(
  caseload: string,
  store: StoreMeasured,
  add: Add,
  say: (line: string) => void,
): Promise<void> {
  const profile = await copyOfProfile(caseload)
  try {
    const opened: number[] = []
    for (let time = 1; time < STARTS; time += 1) {
      const started = startCaseload(profile)
      try {
        opened.push((await enterCaseload(started)).withoutDerivation)
      } finally {
        await started.stop()
      }
    }
    const started = startCaseload(profile)
    try {
      const { page, withoutDerivation } = await enterCaseload(started)
      const openedAt = epoch()
      opened.push(withoutDerivation)
      add(line('Unlock without derivation → Today painted, thirty years', opened))
      await looking(started, page, openedAt, add, say)
      await writing(started, page, store, add, say)
    } finally {
      await started.stop()
    }
  } finally {
    rmSync(profile, { recursive: true, force: true })
  }
}

const line = (name: string, values: readonly number[], more: Partial<Figure> = {}): Figure => ({
  name,
  unit: 'ms',
  figure: sample(values),
  ...more,
})

async function looking(
  started: Started,
  page: Page,
  openedAt: number,
  add: Add,
  say: (line: string) => void,
): Promise<void> {
  const bare = await bareClicks()
  const click = { name: 'click in a bare window', sample: sample(bare.click) }
  const key = { name: 'key in a bare window', sample: sample(bare.key) }
  say('reviews, while the seals are still being checked …')
  const early = await reviews(page, FIRST_DAY)
  if (!(await verified(page))) add(line('Review while seals are being checked', early, { floor: click }))
  say('waiting until they are …')
  const verify = await verifying(page, openedAt + VERIFIER_LATER_MS)
  add(
    { name: 'Seals checked by the application', unit: 's', figure: sample([verify / 1000]) },
    {
      name: 'Memory (PSS) after the check, thirty years',
      unit: 'MB',
      figure: sample([memoryOf(started.pid)]),
    },
  )
  say('reviews, clients, search …')
  const review = await reviews(page, OTHER_DAYS)
  add(line('Review, click → paint', review, { floor: click, target: p95AtMost(50, 'ms') }))
  const { list, client } = await clientPages(page)
  add(
    line('Client page, click → paint', client, { floor: click, target: p95AtMost(80, 'ms') }),
    line('List of clients, click → paint', list, { floor: click }),
  )
  say('weeks …')
  const week = await weeks(page)
  add(
    line(`Week turned, ${WEEK_SESSIONS} sessions, click → paint`, week.turn, {
      floor: click,
      target: p95AtMost(100, 'ms'),
    }),
    line('Week opened, click → paint', week.open, { floor: click }),
  )
  const search = await searches(page)
  add(line('Search, key → first results', search, { floor: key, target: p95AtMost(50, 'ms') }))
}

async function writing(
  started: Started,
  page: Page,
  store: StoreMeasured,
  add: Add,
  say: (line: string) => void,
): Promise<void> {
  say('typing, saving, signing, locking …')
  const words = LONG_NOTE.reduce((sum, section) => sum + section, 0)
  const bare = await typeInBare(proseWriter(4).paragraphs(words))
  const floor = (values: readonly number[]) => ({ name: 'bare contenteditable', sample: sample(values) })
  const typed = await typeInWrite(page)
  add(
    line('Key → Lexical’s commit, 3,000 words', typed.commit, {
      floor: floor(bare.commit),
      target: p95AtMost(8, 'ms'),
    }),
    line('Key → paint, 3,000 words', typed.paint, { floor: floor(bare.paint) }),
  )
  const driver = { name: 'committed by the bare driver', sample: sample(store.driverSave) }
  const save = await saveFromPage(page)
  add(
    line('Autosave committed, 300 words', save.usual, { floor: driver, target: p95AtMost(5, 'ms') }),
    line('Autosave committed, 3,000 words', save.long, { floor: driver }),
  )
  add(line('Sign, until it is answered', await signFromPage(page)))
  const lock = await lockAndReturn(started, page)
  add(
    line('Lock → door painted, 3,000 words open', [lock.door]),
    line('Lock → page taken away, 3,000 words open', [lock.gone], { target: medianAtMost(200, 'ms') }),
    line('Lock, begun → files closed, keys gone', [lock.closed], { target: medianAtMost(200, 'ms') }),
    line('Unlock again without derivation → Write painted', [lock.again]),
  )
}

const startCaseload = (profile: string): Started =>
  start('.', [`--profile=${profile}`, `--now=${new Date(NOW).toISOString()}`])

async function enterCaseload(started: Started) {
  const door = await Page.at(started.devtools, 'app://unlock')
  await painted(door, 'unlock')
  await pause(1000)
  return enter(started, door)
}

type State = 'running' | 'intact' | 'changed'

const state = (page: Page): Promise<State> =>
  page.run(async () => {
    type Answer = { value: { state: State } }
    type Api = { bracket: { app: { verification: (input: object) => Promise<Answer> } } }
    return (await (globalThis as unknown as Api).bracket.app.verification({})).value.state
  })

const verified = async (page: Page): Promise<boolean> => (await state(page)) !== 'running'

/** How long the check took that began at `since`, in milliseconds. */
async function verifying(page: Page, since: number): Promise<number> {
  const deadline = Date.now() + VERIFIER_PATIENCE_MS
  while (!(await verified(page))) {
    if (Date.now() > deadline) throw new Error('the seals were never all checked')
    await pause(100)
  }
  if ((await state(page)) !== 'intact') throw new Error('the application found the caseload changed')
  return epoch() - since
}

/** Locks by the key, with words typed a moment ago, and comes back to where that was. */
async function lockAndReturn(started: Started, page: Page) {
  await page.press({ key: 'x', code: 'KeyX', keyCode: 88, text: 'x' })
  const pressedAt = epoch()
  void page.press(LOCK).catch(() => undefined)
  const door = await Page.at(started.devtools, 'app://unlock')
  const doorAt = await painted(door, 'unlock')
  // Another page is made behind the door, so it is known by its id.
  const old = page.targetId
  const patience = Date.now() + PATIENCE_MS
  while ((await started.devtools.pages()).some((one) => one.targetId === old)) {
    if (Date.now() > patience) throw new Error('the page was never taken away')
    await pause(3)
  }
  const goneAt = epoch()
  await pause(1500)
  const [began, over] = [started.marks('lock:began').at(-1), started.marks('lock:over').at(-1)]
  if (began === undefined || over === undefined) throw new Error('main set no marks around the lock')
  const entered = await enter(started, door, 'write')
  return {
    door: doorAt - pressedAt,
    gone: goneAt - pressedAt,
    closed: over - began,
    again: entered.withoutDerivation,
  }
}
