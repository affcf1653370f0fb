import { rmSync } from 'node:fs'
import { NOW } from '../caseload/calendar.ts'
import { LONG_NOTE } from '../caseload/open.ts'
import { proseWriter } from '../caseload/prose.ts'
import { copyOfProfile, enter, painted } from '../driving/application.ts'
import { epoch, start, type Started } from '../driving/electron.ts'
import { memoryOf } from '../driving/memory.ts'
import { type Chord, Page, pause } from '../driving/page.ts'
import { p95AtMost, sample, type Figure } from '../figure.ts'
import { bareClicks, clientPages, FIRST_DAY, OTHER_DAYS, reviews, searches } from './clicking.ts'
import { saveFromPage, signFromPage } from './saving.ts'
import type { StoreMeasured } from './store.ts'
import { typeInBare, typeInWrite } from './typing.ts'

const LOCK: Chord = { key: 'L', code: 'KeyL', keyCode: 76, ctrl: true, shift: true }
const STARTS = 3
/** The verifier begins 1.5 s after the vault was opened. */
const VERIFIER_LATER_MS = 1500
const VERIFIER_PATIENCE_MS = 240_000

/** Everything that is measured in the window of the thirty-year caseload. */
export async function caseloadFigures(
  caseload: string,
  store: StoreMeasured,
  say: (line: string) => void,
): Promise<Figure[]> {
  const floor = await bareClicks()
  const bareTyping = await typeInBare(
    proseWriter(4).paragraphs(LONG_NOTE.reduce((sum, words) => sum + words, 0)),
  )
  const opened: number[] = []
  const profile = copyOfProfile(caseload)
  try {
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
      say('reviews, while the seals are still being checked …')
      await pause(VERIFIER_LATER_MS)
      const early = await reviews(page, FIRST_DAY)
      const stillRunning = !(await verified(page))
      say('waiting until they are …')
      const verify = await verifying(page, openedAt + VERIFIER_LATER_MS)
      const memory = memoryOf(started.pid)
      say('reviews, clients, search …')
      const review = await reviews(page, OTHER_DAYS)
      const { list, client } = await clientPages(page)
      const search = await searches(page)
      say('typing, saving …')
      const typed = await typeInWrite(page)
      const lock = await lockAndReturn(started, page)
      const save = await saveFromPage(lock.page)
      const sign = await signFromPage(lock.page)

      const line = (name: string, values: readonly number[], more: Partial<Figure> = {}): Figure => ({
        name,
        unit: 'ms',
        figure: sample(values),
        ...more,
      })
      const clickFloor = { name: 'click in a bare window', sample: sample(floor.click) }
      const keyFloor = { name: 'key in a bare window', sample: sample(floor.key) }
      const typingFloor = (values: readonly number[]) => ({
        name: 'bare contenteditable',
        sample: sample(values),
      })
      const saveFloor = { name: 'committed by the bare driver', sample: sample(store.driverSave) }
      return [
        line('Review, click → paint', review, { floor: clickFloor, target: p95AtMost(50, 'ms') }),
        line('Client page, click → paint', client, { floor: clickFloor, target: p95AtMost(80, 'ms') }),
        line('Search, key → first results', search, { floor: keyFloor, target: p95AtMost(50, 'ms') }),
        line('Autosave committed, 300 words', save.usual, { floor: saveFloor, target: p95AtMost(5, 'ms') }),
        line('Key → Lexical’s commit, 3,000 words', typed.commit, {
          floor: typingFloor(bareTyping.commit),
          target: p95AtMost(8, 'ms'),
        }),
        line('Key → paint, 3,000 words', typed.paint, { floor: typingFloor(bareTyping.paint) }),
        line('Autosave committed, 3,000 words', save.long, { floor: saveFloor }),
        line('Clients, click → paint', list, { floor: clickFloor }),
        ...(stillRunning ? [line('Review while seals are being checked', early, { floor: clickFloor })] : []),
        line('Unlock without derivation → Today painted, thirty years', opened),
        line('Lock → door painted, 3,000 words open', [lock.door]),
        line('Lock → files closed, 3,000 words open', [lock.closed]),
        line('Unlock again without derivation → Write painted', [lock.again]),
        line('Sign, until it is answered', sign),
        { name: 'Seals checked by the application', unit: 's', figure: sample([verify / 1000]) },
        { name: 'Memory (PSS) after the check, thirty years', unit: 'MB', figure: sample([memory]) },
      ]
    } finally {
      await started.stop()
    }
  } finally {
    rmSync(profile, { recursive: true, force: true })
  }
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
  // The page is taken away when both files are closed; another is made behind the door only after that.
  const old = page.targetId
  for (const patience = Date.now() + 20_000; ;) {
    const there = (await started.devtools.pages()).some((one) => one.targetId === old)
    if (!there) break
    if (Date.now() > patience) throw new Error('the page was never taken away')
    await pause(3)
  }
  const closedAt = epoch()
  await pause(1500)
  const entered = await enter(started, door, 'write')
  return {
    page: entered.page,
    door: doorAt - pressedAt,
    closed: closedAt - pressedAt,
    again: entered.withoutDerivation,
  }
}
