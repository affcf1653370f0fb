import { open } from 'node:fs/promises'
import type { MessagePort } from 'node:worker_threads'
import type { HeldAnswer, HeldAsk } from '../store/heldFile.ts'
import type { PartName } from './format.ts'
import { inProfile } from './troubles.ts'

/** Where the bytes of one part come from. */
export interface PartSource {
  readonly name: PartName
  /** Bytes. */
  readonly size: number
  readonly from:
    | { readonly kind: 'bytes'; readonly bytes: Uint8Array }
    | { readonly kind: 'file'; readonly path: string }
    /** A database in use: see Store.hold. */
    | { readonly kind: 'held'; readonly port: MessagePort }
}

/** Gives `length` bytes from `at` on, fewer only at the end, read into the memory given, which is the answer's from then on. */
export type ReadPart = (at: number, length: number, into: ArrayBuffer) => Promise<Uint8Array<ArrayBuffer>>

/** The database was closed, or lost, while it was being copied: what was copied is not a whole one. */
export class HoldBroken extends Error {
  constructor() {
    super('HOLD_BROKEN')
  }
}

export async function readingFrom(part: PartSource): Promise<{ read: ReadPart; close(): Promise<void> }> {
  const { from } = part
  if (from.kind === 'bytes') {
    return {
      read: fromBytes(from.bytes),
      close: async () => undefined,
    }
  }
  if (from.kind === 'held') return { read: asking(from.port), close: async () => from.port.close() }
  const handle = await inProfile(() => open(from.path, 'r'))
  return {
    read: (at, length, into) =>
      inProfile(async () => {
        const bytes = new Uint8Array(into, 0, length)
        let filled = 0
        while (filled < length) {
          const { bytesRead } = await handle.read(bytes, filled, length - filled, at + filled)
          if (bytesRead === 0) break
          filled += bytesRead
        }
        return bytes.subarray(0, filled)
      }),
    close: () => handle.close(),
  }
}

/** From memory. */
export function fromBytes(source: Uint8Array): ReadPart {
  return async (at, length, into) => {
    const found = source.subarray(at, at + length)
    new Uint8Array(into).set(found)
    return new Uint8Array(into, 0, found.length)
  }
}

/** Answers come in the order of the questions. */
function asking(port: MessagePort): ReadPart {
  const waiting: { resolve(bytes: Uint8Array<ArrayBuffer>): void; reject(error: Error): void }[] = []
  let over = false
  const broken = (): void => {
    over = true
    for (const one of waiting.splice(0)) one.reject(new HoldBroken())
  }
  port.on('message', (answer: HeldAnswer) => {
    if (answer === null) broken()
    else waiting.shift()?.resolve(answer)
  })
  port.on('close', broken)
  return (at, length, into) =>
    new Promise((resolve, reject) => {
      if (over) {
        reject(new HoldBroken())
        return
      }
      waiting.push({ resolve, reject })
      port.postMessage({ at, length, into } satisfies HeldAsk, [into])
    })
}
