import { NOW } from '../caseload/calendar.ts'
import { LONG_NOTE, USUAL_NOTE } from '../caseload/open.ts'
import { proseWriter } from '../caseload/prose.ts'
import type { Bracket, Page } from '../driving/page.ts'
import { soapNote } from '../../support/words.ts'

const SAVES = 200
const LONG_SAVES = 60
const SIGNATURES = 12

/** The session of today that is over and has nothing written, by its place. */
const NOTHING_WRITTEN = 2

async function saves(page: Page, words: readonly number[], count: number): Promise<number[]> {
  const prose = proseWriter(5)
  return page.run(
    async (now, place, versions, repeats) => {
      const api = (globalThis as unknown as Bracket).bracket
      const ask = async (domain: string, verb: string, input: object) => {
        const answer = await api[domain]?.[verb]?.(input)
        if (answer?.ok !== true) throw new Error(`${domain}.${verb}: ${answer?.code}`)
        return answer.value
      }
      const day = (await ask('sessions', 'day', { from: now - 43_200_000, to: now })) as {
        sessions: { id: string }[]
      }
      const note = (await ask('notes', 'open', { sessionId: day.sessions[place]?.id })) as {
        id: string
        revision: number
      }
      const took: number[] = []
      for (let time = 0; time < repeats; time += 1) {
        const version = versions[time % versions.length]
        const began = performance.now()
        const saved = (await ask('notes', 'save', {
          noteId: note.id,
          revision: note.revision,
          ...version,
        })) as {
          revision: number
        }
        took.push(performance.now() - began)
        note.revision = saved.revision
        await new Promise((resolve) => setTimeout(resolve, 5))
      }
      return took
    },
    NOW,
    NOTHING_WRITTEN,
    Array.from({ length: 10 }, () => soapNote(prose.note(words))),
    count,
  )
}

/** From the page's call to its answer after COMMIT: what an autosave costs. */
export async function saveFromPage(page: Page): Promise<{ usual: number[]; long: number[] }> {
  return { long: await saves(page, LONG_NOTE, LONG_SAVES), usual: await saves(page, USUAL_NOTE, SAVES) }
}

/** Signs and takes it back, again and again: the last time it stays signed. */
export async function signFromPage(page: Page): Promise<number[]> {
  return page.run(
    async (now, place, repeats) => {
      const api = (globalThis as unknown as Bracket).bracket
      const ask = async (domain: string, verb: string, input: object) => {
        const answer = await api[domain]?.[verb]?.(input)
        if (answer?.ok !== true) throw new Error(`${domain}.${verb}: ${answer?.code}`)
        return answer.value
      }
      type Session = { id: string; startsAt: number; endsAt: number }
      const day = (await ask('sessions', 'day', { from: now - 43_200_000, to: now })) as {
        sessions: Session[]
      }
      const session = day.sessions[place]
      if (session === undefined) throw new Error('there is no session')
      const note = (await ask('notes', 'open', { sessionId: session.id })) as { id: string; revision: number }
      const took: number[] = []
      for (let time = 0; time < repeats; time += 1) {
        const began = performance.now()
        await ask('notes', 'sign', {
          noteId: note.id,
          revision: note.revision,
          actualStart: session.startsAt,
          actualEnd: session.endsAt,
          summary: 'Signed by the bench',
        })
        took.push(performance.now() - began)
        const undone = (await ask('notes', 'undoSign', { noteId: note.id })) as { revision: number }
        note.revision = undone.revision
        await new Promise((resolve) => setTimeout(resolve, 20))
      }
      return took
    },
    NOW,
    NOTHING_WRITTEN,
    SIGNATURES,
  )
}
