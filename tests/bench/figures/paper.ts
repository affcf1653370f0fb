import { readFileSync, rmSync } from 'node:fs'
import path from 'node:path'
import { copyOfProfile, enter } from '../driving/application.ts'
import { BARE, scratch, start, type Started } from '../driving/electron.ts'
import { type Bracket, Page, pause } from '../driving/page.ts'
import { medianAtMost, sample, type Figure } from '../figure.ts'
import { soapNote } from '../../support/words.ts'

const TIMES = 9
const PAGES = 20
const SENTENCE = 'He counted the steps to the door and back again, and said that it was easier than before. '
const TWENTY_PAGES = soapNote(
  ['subjective', 'objective', 'assessment', 'plan'].map((key) => ({
    key,
    text: `${SENTENCE.repeat(6)}\n\n`.repeat(34),
    lexical: null,
  })),
)

/** A signed note of twenty pages, saved as a PDF: from the page's call to the file in its place, fsynced. */
export async function paperFigures(template: string): Promise<Figure[]> {
  const profile = await copyOfProfile(template)
  const folder = scratch('paper')
  const pdf = path.join(folder, 'note.pdf')
  const started = start('.', [`--profile=${profile}`], { BRACKET_BENCH_PDF: pdf })
  try {
    const door = await Page.at(started.devtools, 'app://unlock')
    const { page } = await enter(started, door)
    const took = await saves(page)
    const pages = readFileSync(pdf, 'latin1').match(/\/Type \/Page\b/gu)?.length ?? 0
    if (pages < PAGES) throw new Error(`the note had ${pages} pages`)
    return [
      {
        name: `Note of ${pages} pages → PDF in its place`,
        unit: 'ms',
        figure: sample(took),
        floor: { name: 'empty page, printToPDF', sample: sample(await emptyPages()) },
        target: medianAtMost(2000, 'ms'),
      },
    ]
  } finally {
    await started.stop()
    for (const directory of [profile, folder]) rmSync(directory, { recursive: true, force: true })
  }
}

const saves = (page: Page): Promise<number[]> =>
  page.run(
    async (words, times) => {
      const api = (globalThis as unknown as Bracket).bracket
      const ask = async (domain: string, verb: string, input: object) => {
        const answer = await api[domain]?.[verb]?.(input)
        if (answer?.ok !== true) throw new Error(`${domain}.${verb}: ${answer?.code}`)
        return answer.value
      }
      type Made = { id: string; revision: number }
      const about = { name: 'Twenty Pages', pronouns: '', birthDate: null, referralReason: '' }
      const { id: clientId } = (await ask('clients', 'create', about)) as Made
      const endsAt = Date.now() - 600_000
      const span = { startsAt: endsAt - 3_000_000, endsAt, zone: 'UTC' }
      const { id: sessionId } = (await ask('sessions', 'create', {
        clientId,
        kind: 'individual',
        ...span,
      })) as Made
      const note = (await ask('notes', 'open', { sessionId })) as Made
      await ask('notes', 'save', { noteId: note.id, revision: note.revision, ...words })
      const signing = { noteId: note.id, revision: note.revision + 1, summary: 'Twenty pages' }
      await ask('notes', 'sign', { ...signing, actualStart: span.startsAt, actualEnd: endsAt })
      const order = { subject: { kind: 'note', noteId: note.id }, size: 'letter', setDown: false }
      // Ten seconds in which signing can be undone; before that nothing goes on paper.
      for (let waited = 0; ; waited += 1) {
        const answer = await api['paper']?.['save']?.({ ...order, nameInFile: false })
        if (answer?.ok === true) break
        if (answer?.code !== 'ONLY_SIGNED' || waited === 60) throw new Error(`paper.save: ${answer?.code}`)
        await new Promise((resolve) => setTimeout(resolve, 500))
      }
      const took: number[] = []
      for (let time = 0; time < times; time += 1) {
        const began = performance.now()
        await ask('paper', 'save', { ...order, nameInFile: false })
        took.push(performance.now() - began)
        await new Promise((resolve) => setTimeout(resolve, 50))
      }
      return took
    },
    TWENTY_PAGES,
    TIMES,
  )

/** None, too, while main has not begun to write its marks down. */
function printed(started: Started): number {
  try {
    return started.marks('pdf:made').length
  } catch {
    return 0
  }
}

/** A hidden window with an empty page, loaded and printed to a PDF in memory. */
async function emptyPages(): Promise<number[]> {
  const started = start(BARE, [`--pdf=${TIMES}`])
  try {
    for (let waited = 0; printed(started) < TIMES; waited += 1) {
      if (waited > 200) throw new Error('no empty page was printed')
      await pause(50)
    }
    const [asked, made] = [started.marks('pdf:asked'), started.marks('pdf:made')]
    return made.map((at, n) => at - (asked[n] ?? Number.NaN))
  } finally {
    await started.stop()
  }
}
