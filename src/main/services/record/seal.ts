import { createHash } from 'node:crypto'
import type { Addendum } from '../../../shared/contract/notes.ts'
import type { NoteRow } from '../../store/record/queries/notes.ts'
import type { SealRow } from '../../store/record/queries/seals.ts'

const sha256 = (text: string): string => createHash('sha256').update(text, 'utf8').digest('hex')

/** A list of values as JSON: unambiguous, because every field has its place. The first names the version. */
const canonical = (fields: readonly (string | number | null)[]): string => JSON.stringify(fields)

/** What a signature covers: the words, how they looked, and every structured field that goes with them. */
export function noteContentHash(
  note: Pick<
    NoteRow,
    | 'id'
    | 'clientId'
    | 'sessionId'
    | 'template'
    | 'actualStart'
    | 'actualEnd'
    | 'summary'
    | 'author'
    | 'structured'
    | 'createdAt'
    | 'sealedAt'
    | 'late'
  >,
  body: { stored: string; plain: string },
): string {
  return sha256(
    canonical([
      'bracket/note/v1',
      note.id,
      note.clientId,
      note.sessionId,
      note.template,
      note.actualStart,
      note.actualEnd,
      note.summary,
      note.author,
      note.structured,
      note.createdAt,
      note.sealedAt,
      note.late,
      sha256(body.stored),
      sha256(body.plain),
    ]),
  )
}

export function addendumContentHash(noteId: string, a: Addendum): string {
  return sha256(canonical(['bracket/addendum/v1', a.id, noteId, a.author, a.createdAt, a.text]))
}

/** One link of a client's chain. `previous` is the hash of the link before, or empty for the first. */
export function linkHash(link: Omit<SealRow, 'hash'>): string {
  return sha256(
    canonical([
      'bracket/seal/v1',
      link.clientId,
      link.sequence,
      link.kind,
      link.subjectId,
      link.sealedAt,
      link.contentHash,
      link.previous,
    ]),
  )
}

/** The link that follows `last`. */
export function nextLink(
  last: SealRow | undefined,
  subject: Pick<SealRow, 'clientId' | 'kind' | 'subjectId' | 'sealedAt' | 'contentHash'>,
): SealRow {
  const link = { ...subject, sequence: (last?.sequence ?? 0) + 1, previous: last?.hash ?? '' }
  return { ...link, hash: linkHash(link) }
}
