import { z } from '../../contract/schema.ts'
import { isPrivateKey } from '../privateDocument.ts'
import { type Format, format } from './format.ts'

/**
 * A format as a file, for a colleague or another computer. It holds what a format is made of and nothing else: no
 * client, no note, not who made it and no key of this vault.
 */
const KIND = 'bracket-format'
const VERSION = 1
export const FORMAT_FILE_MAX = 200 * 1024

const file = z.strictObject({
  kind: z.literal(KIND),
  version: z.literal(VERSION),
  format: format.omit({ key: true }),
})

export const writeFormatFile = ({ key: _, ...kept }: Format): string =>
  `${JSON.stringify({ kind: KIND, version: VERSION, format: kept }, null, 2)}\n`

/** What a file says; `NOT_ONE` where it is something else, `NEWER` where a later Bracket wrote it. */
export function readFormatFile(text: string): Omit<Format, 'key'> | 'NOT_ONE' | 'NEWER' | 'DAMAGED' {
  let value: unknown
  try {
    value = JSON.parse(text.replace(/^\ufeff/u, ''))
  } catch {
    return 'NOT_ONE'
  }
  const head = z.object({ kind: z.literal(KIND), version: z.int().min(1) }).safeParse(value)
  if (!head.success) return 'NOT_ONE'
  if (head.data.version > VERSION) return 'NEWER'
  const read = file.safeParse(value)
  // A section of the record must never be taken for one of a private note; Bracket makes no such file.
  if (!read.success || read.data.format.sections.some(({ key }) => isPrivateKey(key))) return 'DAMAGED'
  return read.data.format
}
