import { existsSync } from 'node:fs'
import type { Topic } from '../../src/shared/contract/events.ts'
import type { NoteView } from '../../src/shared/contract/notes.ts'
import { openRecord, type OpenRecord } from '../../src/main/services/record/openRecord.ts'
import type { SqlDriver } from '../../src/main/store/driver/SqlDriver.ts'
import { openDatabase } from '../../src/main/store/open.ts'
import { recordMigrations } from '../../src/main/store/record/migrations/index.ts'
import type { WitnessItem } from '../../src/main/vault/witness.ts'
import type { Row, Store } from '../../src/main/store/Store.ts'
import { driver, openStore, randomKey, temporaryDatabase } from './storeFiles.ts'
import { soapNote } from './words.ts'

export const MINUTE = 60_000
export const HOUR = 60 * MINUTE
export const DAY = 24 * HOUR
export const ZONE = 'America/Chicago'
/** Where the moved clock of every test begins. */
export const MORNING = Date.UTC(2025, 5, 2, 14)

/** A real record.db under a clock that stands where it is put. Opened as often as a test likes, once at a time. */
export class RecordFile {
  readonly path = temporaryDatabase()
  readonly key = randomKey()
  readonly topics: Topic[] = []
  now = MORNING
  recoveryConfirmed = true
  /** As a vault with a keychain has one. */
  witness: WitnessItem | null = null
  /** How large the file may become, in pages of 4 KiB; a disk that fills up. */
  maxPageCount: number | undefined
  #store: Store | undefined

  /** Makes the file the first time, opens it after that. */
  async open(zone = ZONE): Promise<OpenRecord> {
    this.#store = await openStore({
      path: this.path,
      key: this.key,
      mode: existsSync(this.path) ? 'open' : 'create',
      migrations: recordMigrations,
      ...(this.maxPageCount === undefined ? {} : { maxPageCount: this.maxPageCount }),
    })
    return openRecord(
      {
        store: this.#store,
        clock: { now: () => this.now },
        changed: (...topics) => void this.topics.push(...topics),
      },
      {
        setting: 'practice',
        zone,
        recoveryConfirmed: () => this.recoveryConfirmed,
        witness: this.witness,
      },
    )
  }

  get store(): Store {
    if (this.#store === undefined) throw new Error('not opened')
    return this.#store
  }

  /** What a crash leaves: committed units and nothing of what closing does. */
  async crash(): Promise<void> {
    await this.store.close()
  }

  /** With the key in hand and Bracket closed: any SQL at all, in the given surroundings. */
  async force<T>(work: (sql: SqlDriver) => Promise<T>): Promise<T> {
    const database = await openDatabase({
      path: this.path,
      key: this.key,
      mode: 'open',
      driver,
      memorySecurity: false,
    })
    try {
      return await work(database.sql)
    } finally {
      await database.close()
    }
  }

  /** Every row of every table, virtual ones' shadow tables too. */
  async everything(): Promise<Record<string, Row[]>> {
    return this.store.read(async (h) => {
      const tables = await h.all<{ name: string }>(
        `SELECT name FROM sqlite_schema WHERE type = 'table' AND name <> 'note_index' ORDER BY name`,
      )
      const found: Record<string, Row[]> = {}
      for (const { name } of tables) found[name] = await h.all(`SELECT * FROM "${name}"`)
      return found
    })
  }
}

export async function addClient(record: OpenRecord, name = 'Ana'): Promise<string> {
  return record.clients.create({ name, pronouns: '', birthDate: null, referralReason: '' })
}

export async function addSession(record: OpenRecord, clientId: string, startsAt: number): Promise<string> {
  return record.sessions.create(clientId, 'individual', {
    startsAt,
    endsAt: startsAt + 50 * MINUTE,
    zone: ZONE,
  })
}

/** A note in SOAP; a Lexical state stands in for the real one. */
export function soap(text: string, plan = ''): ReturnType<typeof soapNote> {
  return soapNote([
    { key: 'subjective', text, lexical: JSON.stringify({ root: text }) },
    { key: 'objective', text: '', lexical: null },
    { key: 'assessment', text: '', lexical: null },
    { key: 'plan', text: plan, lexical: null },
  ])
}

/** Opens the session's note and saves it; gives the note as it then stands. */
export async function write(
  record: OpenRecord,
  sessionId: string,
  text: string,
  plan = '',
): Promise<NoteView> {
  const draft = await record.notes.open(sessionId)
  await record.notes.save(draft.id, draft.revision, soap(text, plan))
  return record.notes.read(draft.id)
}

export async function sign(record: OpenRecord, note: NoteView, summary = 'A line'): Promise<number> {
  const { startsAt, endsAt } = note.session
  return record.signing.sign({
    noteId: note.id,
    revision: note.revision,
    actualStart: startsAt,
    actualEnd: endsAt,
    summary,
  })
}

/** A whole session: written, signed and sealed. Gives the note's id. */
export async function sealed(
  file: RecordFile,
  record: OpenRecord,
  clientId: string,
  text: string,
  startsAt = file.now - HOUR,
): Promise<NoteView> {
  const note = await write(record, await addSession(record, clientId, startsAt), text)
  await sign(record, note, `Summary of ${text}`.slice(0, 200))
  await record.signing.completeAll()
  return record.notes.read(note.id)
}

/**
 * Is the text, or its end (FTS5 writes a word's beginning only once among neighbours), anywhere in these rows?
 * Letters in either case.
 */
export function holds(rows: Record<string, readonly Row[]>, text: string): boolean {
  const wanted = Buffer.from(text.toLowerCase(), 'utf8')
  return Object.values(rows).some((table) =>
    table.some((row) =>
      Object.values(row).some((value) => {
        if (typeof value === 'string') return value.toLowerCase().includes(text.toLowerCase())
        return value instanceof Uint8Array && Buffer.from(value).includes(wanted)
      }),
    ),
  )
}

const segmenter = new Intl.Segmenter('und', { granularity: 'grapheme' })

/** The first `count` letters as a person sees them, marks included. */
export function beginning(word: string, count: number): string {
  return Array.from(segmenter.segment(word), (s) => s.segment)
    .slice(0, count)
    .join('')
}
