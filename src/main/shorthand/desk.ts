import { randomUUID } from 'node:crypto'
import { Refusal } from '../../shared/contract/result.ts'
import { MOST_LISTED, type GlossaryUnreadable } from '../../shared/contract/snippets.ts'
import { readGlossary, type ReadGlossary, writeGlossary } from '../../shared/domain/glossaryCsv.ts'
import { chosenFile } from '../chosenFile.ts'
import type { SnippetDesk } from '../ipc/handlers/snippets.ts'
import type { OpenRecord } from '../services/record/openRecord.ts'
import { decodeText } from './decode.ts'

const MAX_BYTES = 500 * 1024

export interface SnippetDeskOptions {
  record(): OpenRecord | null
  askForGlossary(): Promise<string | null>
  choosePlace(name: string): Promise<string | null>
  /** Puts a file in its place, whole or not at all. */
  place(target: string, bytes: Uint8Array): Promise<void>
}

/** A glossary taken in from a file, after a look at it, and handed out as one. */
export function createSnippetDesk(options: SnippetDeskOptions): SnippetDesk & { forget(): void } {
  let held: { readonly token: string; readonly read: ReadGlossary } | null = null

  const service = () => {
    const open = options.record()
    if (open === null) throw new Refusal('LOCKED')
    return open.snippets
  }

  return {
    list: () => service().list(),
    save: (id, short, long) => service().save(id, short, long),
    remove: (id) => service().remove(id),

    async open() {
      service()
      held = null
      const file = await options.askForGlossary()
      if (file === null) return { chosen: false, plan: null, unreadable: null }
      const read = await readFrom(file)
      if (typeof read === 'string') return { chosen: true, plan: null, unreadable: read }
      const { add, change, same } = await service().compare(read.rows)
      // Locked meanwhile: `service` has refused, and nothing of the file stays.
      held = { token: randomUUID(), read }
      return {
        chosen: true,
        unreadable: null,
        plan: {
          token: held.token,
          add: add.slice(0, MOST_LISTED),
          change: change.slice(0, MOST_LISTED).map(({ id: _, ...row }) => row),
          leftOut: read.leftOut.slice(0, MOST_LISTED),
          counts: { add: add.length, change: change.length, same, leftOut: read.leftOut.length },
        },
      }
    },

    async take(token) {
      const snippets = service()
      if (held === null || held.token !== token) throw new Refusal('NOT_NOW')
      const { rows } = held.read
      held = null
      return snippets.take(rows)
    },

    forgetPlan() {
      service()
      held = null
    },

    async saveOut() {
      const snippets = await service().list()
      const target = await options.choosePlace('Shorthand.csv')
      if (target === null) return { saved: false, snippets: 0 }
      service()
      await options.place(target, new TextEncoder().encode(writeGlossary(snippets)))
      return { saved: true, snippets: snippets.length }
    },

    /** With the lock: what was read out of a file goes. */
    forget() {
      held = null
    },
  }
}

async function readFrom(file: string): Promise<ReadGlossary | GlossaryUnreadable> {
  const bytes = await chosenFile(file, MAX_BYTES)
  if (typeof bytes === 'string') return bytes
  const text = decodeText(bytes)
  if (text === null) return 'NOT_TEXT'
  const read = readGlossary(text)
  return read.rows.length + read.leftOut.length === 0 ? 'EMPTY' : read
}
