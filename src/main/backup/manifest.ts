import { randomUUID } from 'node:crypto'
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
/** Without the vault's part: from before names had one. */
const NAME = /^bracket-\d{4}-\d{2}-\d{2}-\d{4}(?:-[0-9a-f]{8})?(?:-\d{1,3})?\.bracketbackup$/u

export const isBackupName = (name: string): boolean => NAME.test(name)

/**
 * `bracket-2025-11-22-1602-01234567.bracketbackup`: local time and the beginning of the vault's id, which is random
 * and names nobody. Two vaults in one folder, or two computers, do not take each other's names; the `nth` (from 1) of
 * a minute gets its number.
 */
export function backupName(at: number, vaultId: string, nth: number): string {
  const time = new Date(at)
  const two = (n: number): string => String(n).padStart(2, '0')
  const day = `${String(time.getFullYear()).padStart(4, '0')}-${two(time.getMonth() + 1)}-${two(time.getDate())}`
  const stem = `bracket-${day}-${two(time.getHours())}${two(time.getMinutes())}-${vaultId.slice(0, 8)}`
  return `${stem}${nth === 1 ? '' : `-${nth}`}${EXTENSION}`
}

/**
 * The name under which a backup is being written, another each time: tidying up after one must not take the next one's
 * away. One that stays behind is swept by the next of its vault.
 */
export const partialName = (vaultId: string): string =>
  `.${vaultId.slice(0, 8)}-bracket-${randomUUID().slice(0, 8)}${EXTENSION}.part`
export const isPartialOf = (vaultId: string, name: string): boolean =>
  name.startsWith(`.${vaultId.slice(0, 8)}-bracket-`) && name.endsWith(`${EXTENSION}.part`)
