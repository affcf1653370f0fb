import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto'
import type { HeldNote } from '../shared/contract/app.ts'

/**
 * Words that could not be committed (a full disk, a lost thread) when everything locked. They stay in memory,
 * encrypted under a key that only unlocking gives back: losing them would be worse, showing them is impossible.
 * They end with the process; whoever quits is asked first.
 */
export function createHeldBack() {
  const salt = randomBytes(32)
  let key: Buffer | null = null
  let box: { nonce: Buffer; tag: Buffer; words: Buffer } | null = null

  return {
    /** The vault is being opened with this key; it is not kept, only one derived from it. */
    open(recordKey: Uint8Array): void {
      key = Buffer.from(hkdfSync('sha256', recordKey, salt, 'bracket/v1/held-back', 32))
    },

    /** Before the vault closes. Nothing given keeps nothing: what was kept earlier was taken at unlocking. */
    keep(notes: readonly HeldNote[]): void {
      if (notes.length === 0 || key === null) return
      const nonce = randomBytes(12)
      const cipher = createCipheriv('aes-256-gcm', key, nonce)
      const words = Buffer.concat([cipher.update(JSON.stringify(notes), 'utf8'), cipher.final()])
      box = { nonce, tag: cipher.getAuthTag(), words }
    },

    close(): void {
      key?.fill(0)
      key = null
    },

    /** What was kept, once. Another vault's key opens nothing: then it stays for its own. */
    take(): HeldNote[] {
      if (box === null || key === null) return []
      const decipher = createDecipheriv('aes-256-gcm', key, box.nonce).setAuthTag(box.tag)
      try {
        const words = Buffer.concat([decipher.update(box.words), decipher.final()]).toString('utf8')
        box = null
        return JSON.parse(words) as HeldNote[]
      } catch {
        return []
      }
    },

    /** Words wait for the key that they were kept under. */
    holding: (): boolean => box !== null,

    forget(): void {
      box = null
    },
  }
}

export type HeldBack = ReturnType<typeof createHeldBack>
