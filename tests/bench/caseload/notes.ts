import type { SqlParams } from '../../../src/main/store/Store.ts'
import { newId } from '../../../src/main/services/record/ids.ts'
import { addendumContentHash, nextLink, noteContentHash } from '../../../src/main/services/record/seal.ts'
import { firstRowAt } from '../../../src/main/store/record/queries/notes.ts'
import type { SealRow } from '../../../src/main/store/record/queries/seals.ts'
import { DOCUMENT_VERSION, plainText } from '../../../src/shared/document/document.ts'
import { soap } from '../../../src/shared/document/formats/builtIn.ts'
import { CLIENTS, type Slot, ZONE } from './calendar.ts'
import { whole } from './chance.ts'
import type { Person } from './people.ts'
import type { Prose } from './prose.ts'
import { soapNote } from '../../support/words.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const TRENDS = ['better', 'same', 'worse'] as const

/** The rows of some sessions that are over and signed, table by table. */
export interface SignedRows {
  readonly sessions: SqlParams[]
  readonly notes: SqlParams[]
  readonly bodies: SqlParams[]
  readonly words: SqlParams[]
  readonly seals: SqlParams[]
  readonly goalLinks: SqlParams[]
  readonly loops: SqlParams[]
  readonly addenda: SqlParams[]
}

/**
 * Makes signed notes one after another, each sealed into its client's chain as the application would, so that
 * the verifier finds the record intact.
 */
export function signedNotes(past: readonly Slot[], people: readonly Person[], prose: Prose) {
  const { random } = prose
  const last = new Map<string, SealRow>()
  const seal = (subject: Parameters<typeof nextLink>[1]): SqlParams => {
    const link = nextLink(last.get(subject.clientId), subject)
    last.set(subject.clientId, link)
    return { ...link }
  }

  function add(into: SignedRows, at: number): void {
    const slot = past[at]
    const person = slot === undefined ? undefined : people[slot.client]
    if (slot === undefined || person === undefined) throw new Error('no such session')
    const { startsAt, endsAt } = slot
    // Everybody is seen in turn, so the same client's next session is so many places further on.
    const next = past[at + CLIENTS]
    const [sessionId, id, clientId] = [newId(startsAt), newId(startsAt), person.id]
    into.sessions.push({
      id: sessionId,
      clientId,
      startsAt,
      endsAt,
      zone: ZONE,
      written: 1,
      at: startsAt - 30 * 24 * HOUR,
    })

    const words = whole(random, 200, 400)
    const sections = prose.note([0.4, 0.2, 0.25, 0.15].map((share) => words * share))
    const document = JSON.stringify({ version: DOCUMENT_VERSION, ...soapNote(sections) })
    const plain = plainText(soapNote(sections))

    const sealedAt = endsAt + whole(random, 3, 180) * MINUTE
    const [one, two] = [person.goals[at % 3], person.goals[(at + 1) % 3]]
    const links = [one, ...(at % 2 === 0 ? [two] : [])]
      .filter((goal) => goal !== undefined)
      // In the order in which the application signs them.
      .toSorted((a, b) => (a.id < b.id ? -1 : 1))
    const trend = TRENDS[at % 3] ?? 'same'
    const setDown = (['homework', 'plan', 'self', 'thread'] as const)
      .filter((kind) => kind === 'homework' || kind === 'plan' || at % (kind === 'self' ? 3 : 7) === 0)
      .map((kind) => ({ kind, text: prose.sentence() }))
    const structured = JSON.stringify({
      session: { kind: 'individual', startsAt, endsAt, zone: ZONE },
      setDown,
      reviewed: [],
      goals: links.map((goal) => ({ text: goal.text, trend })),
    })
    const note = {
      id,
      clientId,
      sessionId,
      template: soap.key,
      actualStart: startsAt,
      actualEnd: endsAt,
      summary: prose.sentence(),
      author: '',
      structured,
      createdAt: endsAt,
      sealedAt,
      late: 0,
    }
    const row = firstRowAt(startsAt)
    into.notes.push({ row, ...note })
    into.bodies.push({ row, document, plain })
    into.words.push({ row, plain })
    for (const goal of links) into.goalLinks.push({ noteId: id, goalId: goal.id, trend, at: startsAt })
    for (const { kind, text } of setDown) {
      const closedAt = next === undefined ? null : next.endsAt
      const closedHow = closedAt === null ? null : 'done'
      into.loops.push({ id: newId(endsAt), clientId, sessionId, kind, text, at: endsAt, closedAt, closedHow })
    }
    const contentHash = noteContentHash(note, { stored: document, plain })
    into.seals.push(seal({ clientId, kind: 'note', subjectId: id, sealedAt, contentHash }))
    if (at % 100 === 0) {
      const createdAt = sealedAt + 48 * HOUR
      const addendum = { id: newId(createdAt), text: prose.sentence(), author: '', createdAt }
      into.addenda.push({ ...addendum, noteId: id })
      const hash = addendumContentHash(id, addendum)
      into.seals.push(
        seal({ clientId, kind: 'addendum', subjectId: addendum.id, sealedAt: createdAt, contentHash: hash }),
      )
    }
  }

  return (from: number, to: number): SignedRows => {
    const rows: SignedRows = {
      sessions: [],
      notes: [],
      bodies: [],
      words: [],
      seals: [],
      goalLinks: [],
      loops: [],
      addenda: [],
    }
    for (let at = from; at < to; at += 1) add(rows, at)
    return rows
  }
}
