import { newId } from '../../../src/main/services/record/ids.ts'
import type { Store, WriteHandle } from '../../../src/main/store/Store.ts'
import { calendar, NOTES, type Slot, ZONE } from './calendar.ts'
import { signedNotes, type SignedRows } from './notes.ts'
import { addPeople, type Person } from './people.ts'
import { proseWriter } from './prose.ts'

const CHUNK = 500

const SESSION = `INSERT INTO sessions (id, client_id, kind, starts_at, ends_at, zone, status, line, written, created_at)
  VALUES (:id, :clientId, 'individual', :startsAt, :endsAt, :zone, 'scheduled', '', :written, :at)`

/**
 * Fills an empty record with thirty years: straight into the tables and in large transactions, but with the
 * schema, the triggers, the seals and the index of words that the application itself has.
 */
export async function generate(store: Store, said: (notes: number) => void): Promise<void> {
  const { past, today, ahead } = calendar()
  const prose = proseWriter(1)
  const people = await store.write((h) => addPeople(h, prose, past[0]?.startsAt ?? 0))
  const rowsOf = signedNotes(past, people, prose)
  let writing: Promise<void> = Promise.resolve()
  for (let from = 0; from < NOTES; from += CHUNK) {
    // The next chunk is made while the thread of the store still writes this one.
    const rows = rowsOf(from, Math.min(NOTES, from + CHUNK))
    await writing
    writing = store.write((h) => write(h, rows))
    if (from % 10_000 === 0 && from > 0) said(from)
  }
  await writing
  await store.write((h) => h.runMany(SESSION, upcoming([...today, ...ahead], people)))
}

async function write(h: WriteHandle, rows: SignedRows): Promise<void> {
  await h.runMany(SESSION, rows.sessions)
  // Drafts first: the triggers let nothing be added to a note that is sealed.
  await h.runMany(
    `INSERT INTO notes (row, id, session_id, client_id, template, state, revision, blank, created_at, updated_at,
       actual_start, actual_end, summary, author, structured, sealed_at, late)
     VALUES (:row, :id, :sessionId, :clientId, :template, 'draft', 5, 0, :createdAt, :createdAt,
       :actualStart, :actualEnd, :summary, :author, :structured, :sealedAt, :late)`,
    rows.notes,
  )
  await h.runMany(`INSERT INTO bodies (row, document, plain) VALUES (:row, :document, :plain)`, rows.bodies)
  // Lowest row first: FTS5 writes out what it has gathered whenever a row is lower than the one before.
  await h.runMany(`INSERT INTO note_index (rowid, plain) VALUES (:row, :plain)`, rows.words.toReversed())
  await h.runMany(
    `INSERT INTO goal_links (note_id, goal_id, trend, at) VALUES (:noteId, :goalId, :trend, :at)`,
    rows.goalLinks,
  )
  await h.runMany(
    `INSERT INTO loops (id, client_id, session_id, kind, text, created_at, closed_at, closed_how, outcome)
     VALUES (:id, :clientId, :sessionId, :kind, :text, :at, :closedAt, :closedHow, '')`,
    rows.loops,
  )
  await h.run(`UPDATE notes SET state = 'sealed' WHERE state = 'draft'`)
  await h.runMany(
    `INSERT INTO addenda (id, note_id, text, author, created_at) VALUES (:id, :noteId, :text, :author, :createdAt)`,
    rows.addenda,
  )
  await h.runMany(
    `INSERT INTO seals (client_id, sequence, kind, subject_id, sealed_at, content_hash, previous, hash)
     VALUES (:clientId, :sequence, :kind, :subjectId, :sealedAt, :contentHash, :previous, :hash)`,
    rows.seals,
  )
}

const upcoming = (slots: readonly Slot[], people: readonly Person[]) =>
  slots.map(({ startsAt, endsAt, client }) => ({
    id: newId(startsAt),
    clientId: people[client]?.id ?? '',
    startsAt,
    endsAt,
    zone: ZONE,
    written: 0,
    at: startsAt - 1000,
  }))
