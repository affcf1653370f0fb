import { counts } from '../../shared/contract/backup.ts'
import { z } from '../../shared/contract/schema.ts'
import { BACKUP_FORMAT, PART_NAMES } from './format.ts'

const part = z.strictObject({
  name: z.enum(PART_NAMES),
  /** Bytes. */
  size: z.int().min(1),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
})
export type Part = z.infer<typeof part>

export const manifest = z.strictObject({
  format: z.literal(BACKUP_FORMAT),
  application: z.literal('Bracket'),
  version: z.string().max(40),
  vaultId: z.string().regex(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/),
  createdAt: z.iso.datetime(),
  setting: z.enum(['practice', 'school']),
  /** Of the record: as it is. Of the private room: at most this, for its file may have stayed closed. */
  schema: z.strictObject({ record: z.int().min(1), private: z.int().min(1) }),
  counts,
  parts: z
    .array(part)
    .min(3)
    .refine((parts) => new Set(parts.map((one) => one.name)).size === parts.length)
    .refine((parts) =>
      ['vault.json', 'record.db', 'private.db'].every((n) => parts.some((one) => one.name === n)),
    ),
})
/** What a backup says of itself. No clinical content, no name of anybody. */
export type Manifest = z.infer<typeof manifest>

const EXTENSION = '.bracketbackup'
const NAME = /^bracket-\d{4}-\d{2}-\d{2}-\d{4}(?:-\d{1,2})?\.bracketbackup$/u

export const isBackupName = (name: string): boolean => NAME.test(name)

/** `bracket-2025-11-22-1602.bracketbackup` in local time; the second one of a minute gets "-2". */
export function backupName(at: number, taken: (name: string) => boolean): string {
  const time = new Date(at)
  const two = (n: number): string => String(n).padStart(2, '0')
  const day = `${String(time.getFullYear()).padStart(4, '0')}-${two(time.getMonth() + 1)}-${two(time.getDate())}`
  const stem = `bracket-${day}-${two(time.getHours())}${two(time.getMinutes())}`
  for (let nth = 1; ; nth += 1) {
    const name = `${stem}${nth === 1 ? '' : `-${nth}`}${EXTENSION}`
    if (!taken(name)) return name
  }
}

/** The name under which a backup is being written; one that stays behind is swept by the next of its vault. */
export const partialName = (vaultId: string, name: string): string => `.${vaultId.slice(0, 8)}-${name}.part`
export const isPartialOf = (vaultId: string, name: string): boolean =>
  name.startsWith(`.${vaultId.slice(0, 8)}-bracket-`) && name.endsWith(`${EXTENSION}.part`)
