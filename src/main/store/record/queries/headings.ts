import { z } from '../../../../shared/contract/schema.ts'
import { heading, type Heading, type NoteFilter } from '../../../../shared/contract/clients.ts'
import type { NoteLine } from '../../../../shared/contract/sessions.ts'
import { keyAsHeading } from '../../../../shared/document/document.ts'
import type { ReadHandle } from '../../Store.ts'
import { LINE_OF_NOTE, lineRow } from './notes.ts'

/** As `noteLines`, but only the notes that `only` lets through. Looks into the documents: not for the first screen. */
export async function filteredLines(
  h: ReadHandle,
  clientId: string,
  only: NoteFilter,
  before: number,
  limit: number,
): Promise<NoteLine[]> {
  const rows = await h.all(
    `${LINE_OF_NOTE}
     WHERE n.client_id = :clientId AND n.row > :before AND n.blank = 0
       AND (:kind IS NULL OR :kind = CASE WHEN s.group_id IS NULL THEN s.kind ELSE 'group' END)
       AND (:heading IS NULL OR EXISTS (
         SELECT 1 FROM bodies b, json_each(b.document, '$.sections') part
         WHERE b.row = n.row AND part.value ->> 'key' = :heading AND trim(part.value ->> 'text') <> ''))
     ORDER BY n.row LIMIT :limit`,
    { clientId, kind: only.kind, heading: only.heading, before, limit },
  )
  return rows.map(lineRow)
}

// With one bare min(), SQLite takes the other columns from the row that has it: the newest note.
const found = z.object({ key: z.string(), label: z.string().nullable(), notes: z.int() })

/** The headings under which something is written about a client; called what the newest such note calls them. */
export async function headingsOf(h: ReadHandle, clientId: string): Promise<Heading[]> {
  const rows = await h.all(
    `SELECT part.value ->> 'key' AS key, count(*) AS notes, min(n.row) AS newest,
       (SELECT name.value ->> 'label' FROM json_each(b.document, '$.format.sections') name
        WHERE name.value ->> 'key' = part.value ->> 'key') AS label
     FROM notes n JOIN bodies b ON b.row = n.row, json_each(b.document, '$.sections') part
     WHERE n.client_id = :clientId AND n.blank = 0 AND trim(part.value ->> 'text') <> ''
     GROUP BY part.value ->> 'key' ORDER BY count(*) DESC, key`,
    { clientId },
  )
  return rows.map((row) => {
    const { key, label, notes } = found.parse(row)
    return heading.parse({ key, label: label ?? keyAsHeading(key), notes })
  })
}
