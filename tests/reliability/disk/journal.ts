import { readFileSync } from 'node:fs'

const OPS = ['create', 'write', 'truncate', 'sync', 'rename', 'unlink', 'mkdir', 'rmdir', 'said'] as const
const HEAD = 24

/** One thing that a child did to its files, or said on its standard output, in the order in which it was done. */
export interface Act {
  readonly op: (typeof OPS)[number]
  /** Absolute; of `rename` the old one. */
  readonly path: string
  /** Of `write` where; of `truncate` the new size. */
  readonly offset: number
  /** Of `write` and `said` the bytes, of `rename` the new path. */
  readonly data: Buffer
}

/** What disk.c wrote; a last act that was cut off by a kill is left out, as it was never done. */
export function readJournal(path: string): Act[] {
  const bytes = readFileSync(path)
  const acts: Act[] = []
  for (let at = 0; at + HEAD <= bytes.length;) {
    const op = OPS[bytes.readUInt32LE(at) - 1]
    const pathLength = bytes.readUInt32LE(at + 4)
    const offset = Number(bytes.readBigUInt64LE(at + 8))
    const length = Number(bytes.readBigUInt64LE(at + 16))
    const end = at + HEAD + pathLength + length
    if (op === undefined) throw new Error('not a journal')
    if (end > bytes.length) break
    const name = bytes.toString('utf8', at + HEAD, at + HEAD + pathLength)
    acts.push({ op, path: name, offset, data: bytes.subarray(at + HEAD + pathLength, end) })
    at = end
  }
  return acts
}

/** How many acts on files there were: each of them is a moment at which to kill. */
export function actsOnFiles(path: string): number {
  return readJournal(path).filter((act) => act.op !== 'said').length
}
