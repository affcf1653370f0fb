import { backupView } from '../../shared/contract/backup.ts'
import { z } from '../../shared/contract/schema.ts'
import { opensWithSchema } from './opensWith.ts'

/** Where the record keeps it. */
export const STANDING = 'backup'

const standing = z.strictObject({
  /** The chosen folder's path. It stays in main and in the encrypted record. */
  folder: z.string().nullable(),
  ...backupView.pick({ last: true, trouble: true, drill: true, kept: true }).shape,
  /** What `last` opens with; null: made before this was kept. */
  opens: opensWithSchema.nullable().default(null),
})

/** How backups stand: where they go, how the newest and the last drill fared. */
export type Standing = z.infer<typeof standing>

export const nothingYet: Standing = {
  folder: null,
  last: null,
  trouble: null,
  drill: null,
  kept: 0,
  opens: null,
}

/** What was kept, or nothing yet where that cannot be read. */
export function standingIn(stored: string | undefined): Standing {
  if (stored === undefined) return nothingYet
  try {
    const parsed = standing.safeParse(JSON.parse(stored))
    return parsed.success ? parsed.data : nothingYet
  } catch {
    return nothingYet
  }
}
