import { createHash } from 'node:crypto'
import type { BackupView } from '../../shared/contract/backup.ts'
import { z } from '../../shared/contract/schema.ts'

/*
 * A backup opens with what opened these notes when it was made. Whether that is still so is told by its vault.json:
 * whatever is wrapped anew gets other bytes, whoever wraps it, at the door or inside, before a crash or after.
 */

const hash = z.string().regex(/^[0-9a-f]{64}$/u)
/** SHA-256 of the wrapped keys; nothing can be opened or tried with it. */
export const opensWithSchema = z.strictObject({ sheets: hash, passphrase: hash, backupPassphrase: hash })
export type OpensWith = z.infer<typeof opensWithSchema>

const slot = z.looseObject({ box: z.string() })
const slots = z.looseObject({ passphrase: slot, recovery: slot, backup: slot.optional() })
const vaultFile = z.looseObject({ slots: z.looseObject({ record: slots, private: slots }) })

/** Of a vault.json as it goes into a backup. Null for what is none. */
export function opensWith(bytes: Buffer): OpensWith | null {
  try {
    const { record, private: other } = vaultFile.parse(JSON.parse(bytes.toString('utf8'))).slots
    const of = (...boxes: (string | undefined)[]): string =>
      createHash('sha256')
        .update(JSON.stringify(boxes.map((box) => box ?? null)))
        .digest('hex')
    return {
      sheets: of(record.recovery.box, other.recovery.box),
      passphrase: of(record.passphrase.box, other.passphrase.box),
      backupPassphrase: of(record.backup?.box, other.backup?.box),
    }
  } catch {
    return null
  }
}

/** What was made anew since; of several, what matters most to somebody who has to open the backup. */
export function behindBy(then: OpensWith, now: OpensWith): BackupView['behind'] {
  if (then.sheets !== now.sheets) return 'sheets'
  if (then.passphrase !== now.passphrase) return 'passphrase'
  return then.backupPassphrase === now.backupPassphrase ? null : 'backup-passphrase'
}
