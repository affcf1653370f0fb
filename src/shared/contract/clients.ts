import { appChannel } from './channel.ts'
import { z } from './schema.ts'
import { date, id, instant, line, LINE_MAX, NAME_MAX, nothing, optionalLine, prose } from './values.ts'
import { sectionKey } from '../document/document.ts'
import { noteKind } from './formats.ts'
import { goal } from './goals.ts'
import { loop } from './loops.ts'
import { noteLine, sessionView } from './sessions.ts'

export const flag = z.strictObject({ id, text: z.string(), createdAt: instant })
export type Flag = z.infer<typeof flag>

export const client = z.strictObject({
  id,
  name: z.string(),
  pronouns: z.string(),
  birthDate: date.nullable(),
  referralReason: z.string(),
  createdAt: instant,
})
export type Client = z.infer<typeof client>

export const clientRow = z.strictObject({
  id,
  name: z.string(),
  pronouns: z.string(),
  flags: z.int(),
  nextSessionAt: instant.nullable(),
  lastSessionAt: instant.nullable(),
  /** Sessions that are over and have no signed note. */
  unwritten: z.int(),
})
export type ClientRow = z.infer<typeof clientRow>

/** One of several clients of one name, and what tells them apart. */
export const namesake = z.strictObject({ id, birthDate: date.nullable(), createdAt: instant })
export type Namesake = z.infer<typeof namesake>

export const clientOverview = z.strictObject({
  client,
  flags: z.array(flag),
  goals: z.array(goal),
  loops: z.array(loop),
  nextSession: sessionView.nullable(),
  /** Newest first; `more` says whether older ones exist (see clients.notes). */
  notes: z.array(noteLine),
  more: z.boolean(),
  counts: z.strictObject({ notes: z.int(), sessions: z.int() }),
})
export type ClientOverview = z.infer<typeof clientOverview>

/** Notes of one kind of session, or in which something stands under one heading, or both. */
export const noteFilter = z.strictObject({ kind: noteKind.nullable(), heading: sectionKey.nullable() })
export type NoteFilter = z.infer<typeof noteFilter>

export const heading = z.strictObject({ key: sectionKey, label: z.string(), notes: z.int() })
export type Heading = z.infer<typeof heading>

const details = {
  name: line(NAME_MAX),
  pronouns: optionalLine(40),
  birthDate: date.nullable(),
  referralReason: prose(4000),
}

export const clients = {
  /** Every client, by name. */
  list: appChannel(nothing, z.strictObject({ clients: z.array(clientRow) })),
  /** Clients whose name somebody else has as well; usually nobody. */
  namesakes: appChannel(nothing, z.strictObject({ namesakes: z.array(namesake) })),
  create: appChannel(z.strictObject(details), z.strictObject({ id }), { limit: 32_768 }),
  update: appChannel(z.strictObject({ id, ...details }), nothing, { limit: 32_768 }),
  get: appChannel(z.strictObject({ id }), clientOverview),
  /**
   * Lines of the list of notes, older than `before` (a `noteLine.order`; null: from the newest on), as far as
   * `only` lets them through.
   */
  notes: appChannel(
    z.strictObject({
      clientId: id,
      before: z.int().nullable(),
      limit: z.int().min(1).max(200),
      only: noteFilter.nullable(),
    }),
    z.strictObject({ notes: z.array(noteLine), more: z.boolean() }),
  ),
  /** The headings under which something is written about this client, the most frequent first. */
  headings: appChannel(z.strictObject({ clientId: id }), z.strictObject({ headings: z.array(heading) })),
  /** A safety flag: shown first in every review until it is ended. */
  addFlag: appChannel(z.strictObject({ clientId: id, text: line(LINE_MAX) }), z.strictObject({ id })),
  endFlag: appChannel(z.strictObject({ id }), nothing),
}
