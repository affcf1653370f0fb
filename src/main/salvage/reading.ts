import type { SalvagedNote, SalvageFinding } from '../../shared/contract/damage.ts'
import { noteContentHash, addendumContentHash } from '../services/record/seal.ts'
import type { Row } from '../store/driver/SqlDriver.ts'
import { noteRow, type NoteRow } from '../store/record/queries/notes.ts'
import type { Reader } from './Reader.ts'

/** Tables whose rows are numbered without gaps, so that the numbers between two that are known may be tried. */
const MOST_UNSEEN = 20_000

interface Body {
  readonly stored: string
  readonly plain: string
}

export interface Salvaged {
  readonly finding: SalvageFinding
  /** By the places of `finding.list`. */
  readonly notes: readonly (readonly SalvagedNote[])[]
}

const NOTE = `row, id, session_id AS sessionId, client_id AS clientId, template, state, revision, blank,
  created_at AS createdAt, updated_at AS updatedAt, actual_start AS actualStart, actual_end AS actualEnd, summary,
  author, structured, sealing_until AS sealingUntil, sealed_at AS sealedAt, late`

const numbered = (table: string): string => `(SELECT rowid AS row, * FROM ${table})`

/** Reads whatever can be read of a record. What is found is checked against its seals; nothing is repaired. */
export async function readAll(reader: Reader, onProgress: (fraction: number) => void): Promise<Salvaged> {
  onProgress(0)
  const clientIds = new Set<string>()
  const clientRows = await knownRows(reader, 'clients', 'rowid', (id) => void clientIds.add(id))
  const clients = new Map<string, { row: number; name: string }>()
  await reader.table(
    'row, id, name',
    numbered('clients'),
    (row) => {
      clientIds.add(String(row['id']))
      clients.set(String(row['id']), { row: Number(row['row']), name: String(row['name']) })
    },
    dense(clientRows),
  )
  onProgress(0.1)

  const sessionRows = await knownRows(reader, 'sessions')
  const sessions = new Map<string, { row: number; startsAt: number }>()
  await reader.table(
    'row, id, starts_at AS startsAt',
    numbered('sessions'),
    (row) => {
      sessions.set(String(row['id']), { row: Number(row['row']), startsAt: Number(row['startsAt']) })
    },
    dense(sessionRows),
  )
  onProgress(0.25)

  const noteRows = await knownRows(reader, 'notes', 'row')
  for (const clientId of clientIds) {
    const own = await reader.rows(
      'SELECT row FROM notes INDEXED BY notes_of_client WHERE client_id = :clientId',
      { clientId },
    )
    if (own === null) reader.unsure = true
    for (const row of own ?? []) noteRows.add(Number(row['row']))
  }
  const notes = new Map<number, NoteRow>()
  const among = (known: ReadonlySet<number>) => (after: number, before: number) =>
    [...known].filter((row) => row > after && row < before).sort((a, b) => a - b)
  const takeNote = (row: Row): void => {
    const parsed = noteRow.safeParse(row)
    if (!parsed.success) return
    notes.set(parsed.data.row, parsed.data)
    noteRows.add(parsed.data.row)
  }
  await reader.table(NOTE, 'notes', takeNote, among(noteRows))
  onProgress(0.45)

  const bodies = new Map<number, Body>()
  await reader.table(
    'row, document, plain',
    'bodies',
    (row) => {
      bodies.set(Number(row['row']), { stored: String(row['document']), plain: String(row['plain']) })
      noteRows.add(Number(row['row']))
    },
    among(noteRows),
  )
  onProgress(0.75)

  const seals = new Map<string, string>()
  await reader.index(
    (direction, compared) =>
      `SELECT subject_id AS at, content_hash AS hash FROM seals WHERE subject_id ${compared} :at
       ORDER BY subject_id ${direction} LIMIT :most`,
    (row) => void seals.set(String(row['at']), String(row['hash'])),
  )
  const addenda = await readAddenda(reader)
  onProgress(0.95)

  const groups = new Map<string | null, SalvagedNote[]>()
  let lost = 0
  for (const row of noteRows) {
    const [note, body] = [notes.get(row), bodies.get(row)]
    if (note?.blank === 1 && (body === undefined || body.plain === '')) continue
    if (body === undefined) {
      lost += 1
      continue
    }
    if (note === undefined && body.plain === '') continue
    const owner = note !== undefined && clients.has(note.clientId) ? note.clientId : null
    const found = groups.get(owner) ?? []
    groups.set(owner, found)
    found.push({
      at: note?.actualStart ?? sessions.get(note?.sessionId ?? '')?.startsAt ?? startOf(row),
      state: note?.state ?? 'unknown',
      seal: note === undefined ? 'unchecked' : sealOf(note, body, seals),
      summary: note?.summary ?? '',
      author: note?.author ?? '',
      text: body.plain,
      addenda: note === undefined ? [] : (addenda.get(note.id) ?? []).filter((one) => one.sound(seals)),
    })
  }

  const named = [...clients]
    .map(([id, { name }]) => ({ id, name }))
    .sort((a, b) => a.name.localeCompare(b.name))
  const nameless = groups.get(null)
  const lists = [
    ...named.map(({ id, name }) => ({ name, notes: groups.get(id) ?? [] })),
    ...(nameless === undefined ? [] : [{ name: null, notes: nameless }]),
  ]
  for (const { notes: own } of lists) own.sort((a, b) => (b.at ?? 0) - (a.at ?? 0))
  const readable = lists.reduce((sum, one) => sum + one.notes.length, 0)
  onProgress(1)
  return {
    finding: {
      clients: amount(clients, clientRows),
      sessions: amount(sessions, sessionRows),
      notes: { readable, lost },
      uncounted: reader.unsure,
      list: lists.map((one, place) => ({ place, name: one.name, notes: one.notes.length })),
    },
    notes: lists.map((one) =>
      one.notes.map((note) => ({
        ...note,
        addenda: note.addenda.map(({ at, author, text }) => ({ at, author, text })),
      })),
    ),
  }
}

/** A note's number is made of its session's start; see the migrations. */
const startOf = (row: number): number => Math.floor(Math.abs(row) / 1000)

/** Numbers of a table's rows, out of the index over its ids. */
async function knownRows(
  reader: Reader,
  table: string,
  row = 'rowid',
  onId: (id: string) => void = () => undefined,
): Promise<Set<number>> {
  const found = new Set<number>()
  await reader.index(
    (direction, compared) =>
      `SELECT ${row} AS row, id AS at FROM ${table} INDEXED BY sqlite_autoindex_${table}_1
       WHERE id ${compared} :at ORDER BY id ${direction} LIMIT :most`,
    (one) => {
      found.add(Number(one['row']))
      onId(String(one['at']))
    },
  )
  return found
}

const dense =
  (known: ReadonlySet<number>) =>
  (after: number, before: number): number[] => {
    const top = Math.min(before, Math.max(0, ...known) + 1, Math.max(0, after) + MOST_UNSEEN)
    const between = Array.from(
      { length: Math.max(0, top - Math.max(0, after) - 1) },
      (_, n) => Math.max(0, after) + 1 + n,
    )
    return [...new Set([...between, ...[...known].filter((row) => row > after && row < before)])].sort(
      (a, b) => a - b,
    )
  }

function amount(
  read: ReadonlyMap<string, { row: number }>,
  known: ReadonlySet<number>,
): SalvageFinding['clients'] {
  const rows = new Set([...read.values()].map(({ row }) => row))
  return { readable: rows.size, lost: [...known].filter((row) => !rows.has(row)).length }
}

function sealOf(note: NoteRow, body: Body, seals: ReadonlyMap<string, string>): SalvagedNote['seal'] {
  if (note.state !== 'sealed') return 'none'
  const hash = seals.get(note.id)
  if (hash === undefined) return 'unchecked'
  return noteContentHash(note, body) === hash ? 'holds' : 'differs'
}

interface Addendum {
  readonly at: number
  readonly author: string
  readonly text: string
  /** False only where its seal can be read and says otherwise. */
  readonly sound: (seals: ReadonlyMap<string, string>) => boolean
}

async function readAddenda(reader: Reader): Promise<Map<string, Addendum[]>> {
  const known = await knownRows(reader, 'addenda')
  const found = new Map<string, Addendum[]>()
  const take = (row: Row): void => {
    const noteId = String(row['noteId'])
    const one = {
      id: String(row['id']),
      text: String(row['text']),
      author: String(row['author']),
      createdAt: Number(row['createdAt']),
    }
    const sound = (seals: ReadonlyMap<string, string>): boolean =>
      [undefined, addendumContentHash(noteId, one)].includes(seals.get(one.id))
    const list = found.get(noteId) ?? []
    found.set(noteId, [...list, { at: one.createdAt, author: one.author, text: one.text, sound }])
  }
  const columns = 'row, id, note_id AS noteId, text, author, created_at AS createdAt'
  await reader.table(columns, numbered('addenda'), take, dense(known))
  return found
}
