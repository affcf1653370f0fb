import { createDecipheriv } from 'node:crypto'
import { readFileSync } from 'node:fs'

const PAGE = 4096
const RESERVED = 80

/**
 * Every page of a SQLCipher 4 file decrypted, whether SQLite still uses it or not: free pages, index rows and
 * forgotten cells included. Of a write-ahead log, likewise every frame.
 */
export function decrypted(file: string, key: Uint8Array): Buffer {
  const bytes = readFileSync(file)
  const log = file.endsWith('-wal')
  const [head, stride] = log ? [32 + 24, PAGE + 24] : [0, PAGE]
  const pages: Buffer[] = []
  for (let at = head; at + PAGE <= bytes.length; at += stride) {
    const page = bytes.subarray(at, at + PAGE)
    // The first page begins with the salt, in the clear; in a log any frame may be the first page.
    const first = log ? bytes.readUInt32BE(at - 24) === 1 : at === 0
    const decipher = createDecipheriv(
      'aes-256-cbc',
      key,
      page.subarray(PAGE - RESERVED, PAGE - RESERVED + 16),
    )
    decipher.setAutoPadding(false)
    pages.push(decipher.update(page.subarray(first ? 16 : 0, PAGE - RESERVED)))
  }
  return Buffer.concat(pages)
}
