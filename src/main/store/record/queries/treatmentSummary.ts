import { z } from '../../../../shared/contract/schema.ts'
import { sessionKind } from '../../../../shared/contract/sessions.ts'
import { type NoteDocument, readDocument } from '../../../../shared/document/document.ts'
import type { ReadHandle } from '../../Store.ts'

const found = z.strictObject({
  at: z.int(),
  kind: sessionKind,
  summary: z.string(),
  structured: z.string(),
  document: z.string(),
})
/** Of what was sealed with a note (signing.ts), the goals that it looked at. */
const sealedGoals = z.object({ goals: z.array(z.object({ text: z.string(), trend: z.string() })) })

export interface SignedWords {
  readonly at: number
  readonly kind: z.infer<typeof sessionKind>
  readonly summary: string
  readonly goals: readonly { readonly text: string; readonly trend: string }[]
  readonly document: NoteDocument
}

/** Every sealed note of a client, oldest first, as it was sealed. One that cannot be read any more is left out. */
export async function signedOf(h: ReadHandle, clientId: string): Promise<SignedWords[]> {
  const rows = await h.all(
    `SELECT n.actual_start AS at, s.kind, n.summary, n.structured, b.document
     FROM notes n JOIN sessions s ON s.id = n.session_id JOIN bodies b ON b.row = n.row
     WHERE n.client_id = :clientId AND n.state = 'sealed' AND n.actual_start IS NOT NULL
     ORDER BY n.actual_start, n.row DESC`,
    { clientId },
  )
  return rows.flatMap((row) => {
    const { structured, document, ...rest } = found.parse(row)
    const words = attempt(() => readDocument(document))
    if (words === undefined) return []
    const goals = attempt(() => sealedGoals.parse(JSON.parse(structured)).goals) ?? []
    return [{ ...rest, goals, document: words }]
  })
}

function attempt<T>(read: () => T): T | undefined {
  try {
    return read()
  } catch {
    return undefined
  }
}
