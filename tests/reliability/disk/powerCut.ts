import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import type { Chance } from '../chance.ts'
import type { Act } from './journal.ts'

/* What a disk may hold after the power went: all that was synced, and of the rest whatever it pleases. */

const SECTOR = 512

/** A file's bytes, with room to grow: it is written in thousands of small pieces. */
class Content {
  #room: Buffer
  #size: number

  constructor(bytes: Buffer) {
    this.#room = Buffer.from(bytes)
    this.#size = bytes.length
  }

  get bytes(): Buffer {
    return this.#room.subarray(0, this.#size)
  }

  take({ op, offset, data }: Act): void {
    if (op === 'truncate') this.#resize(offset)
    else {
      if (offset + data.length > this.#size) this.#resize(offset + data.length)
      data.copy(this.#room, offset)
    }
  }

  #resize(size: number): void {
    if (size > this.#room.length) {
      const room = Buffer.alloc(size * 2)
      this.bytes.copy(room)
      this.#room = room
    }
    // What was cut off is gone, should the file grow again.
    if (size < this.#size) this.#room.fill(0, size, this.#size)
    this.#size = size
  }
}

interface Inode {
  readonly content: Content
  readonly pending: Act[]
}

type Names = Map<string, Inode>

/** `dropped`: nothing that was not synced is there. `mixed`: each such write is there, or not, or in some sectors. */
export type Loss = 'dropped' | 'mixed'

/** Files by their path below `root`, as they were before the journal's first act. */
export type Before = Readonly<Record<string, Buffer>>

/**
 * The disk after the first `cut` acts. A name (made, moved, removed) is there for certain once its directory was
 * synced; of later ones the first few are, in order, as journalling file systems keep them.
 */
export class PowerCut {
  readonly #root: string
  readonly #names: Names = new Map()
  readonly #kept: Names = new Map()
  readonly #waiting: ((names: Names) => void)[] = []

  constructor(root: string, before: Before, acts: readonly Act[], cut: number) {
    this.#root = root
    for (const [name, content] of Object.entries(before)) {
      const inode: Inode = { content: new Content(content), pending: [] }
      this.#names.set(join(root, name), inode)
      this.#kept.set(join(root, name), inode)
    }
    for (const act of acts.slice(0, cut)) this.#take(act)
  }

  /** Writes one such disk into a directory. */
  leave(target: string, loss: Loss, pick: Chance): void {
    const names: Names = new Map(this.#kept)
    const moved = loss === 'dropped' ? 0 : pick(this.#waiting.length + 1)
    for (const change of this.#waiting.slice(0, moved)) change(names)
    for (const [path, inode] of names) {
      const content = new Content(inode.content.bytes)
      for (const act of inode.pending) if (loss === 'mixed') perhaps(content, act, pick)
      const file = join(target, relative(this.#root, path))
      mkdirSync(dirname(file), { recursive: true })
      writeFileSync(file, content.bytes)
    }
  }

  #take(act: Act): void {
    const { op, path } = act
    if (op === 'create') {
      const inode: Inode = { content: new Content(Buffer.alloc(0)), pending: [] }
      this.#rename((names) => names.set(path, inode))
    } else if (op === 'unlink') {
      this.#rename((names) => names.delete(path))
    } else if (op === 'rename') {
      const to = act.data.toString('utf8')
      this.#rename((names) => {
        const inode = names.get(path)
        names.delete(path)
        if (inode !== undefined) names.set(to, inode)
      })
    } else if (op === 'write' || op === 'truncate') {
      this.#names.get(path)?.pending.push(act)
    } else if (op === 'sync') {
      this.#sync(path)
    }
  }

  #rename(change: (names: Names) => unknown): void {
    change(this.#names)
    this.#waiting.push((names) => void change(names))
  }

  #sync(path: string): void {
    const inode = this.#names.get(path)
    if (inode !== undefined) {
      for (const act of inode.pending.splice(0)) inode.content.take(act)
      return
    }
    // A directory. There is but one in every trial; with several, all their names are taken to be kept.
    for (const change of this.#waiting.splice(0)) change(this.#kept)
  }
}

/** The write is lost, there, or there in some of its sectors. */
function perhaps(content: Content, act: Act, pick: Chance): void {
  const fate = pick(3)
  if (fate === 0) return
  if (fate === 1 || act.op === 'truncate') return content.take(act)
  const { offset, data } = act
  for (let at = 0; at < data.length; at += SECTOR) {
    if (pick(2) === 0) content.take({ ...act, offset: offset + at, data: data.subarray(at, at + SECTOR) })
  }
}
