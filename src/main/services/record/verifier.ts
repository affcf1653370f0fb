import type { Verification } from '../../../shared/contract/app.ts'
import { findClient } from '../../store/record/queries/clients.ts'
import * as notes from '../../store/record/queries/notes.ts'
import { chainOf, sealedClients, unsealedSubjects, type SealRow } from '../../store/record/queries/seals.ts'
import type { ReadHandle } from '../../store/Store.ts'
import { addendumContentHash, linkHash, noteContentHash } from './seal.ts'
import type { RecordStore } from './RecordStore.ts'

/** Small enough that a keystroke's save never waits long behind a stretch of it. */
const STRETCH = 100

/**
 * Checks every signed note and addendum against its seal, and every client's chain, after the vault was
 * opened: triggers refuse a change, but SQL can drop a trigger, change a note and put the trigger back.
 * It reports and never repairs.
 */
export function verifier({ store, changed }: RecordStore) {
  let found: Verification = { state: 'running', checked: 0, changed: [] }
  let stopped = false

  async function noteOf(h: ReadHandle, link: SealRow): Promise<string | undefined> {
    if (link.kind === 'note') return link.subjectId
    const row = await h.get(`SELECT note_id AS id FROM addenda WHERE id = :id`, { id: link.subjectId })
    return typeof row?.['id'] === 'string' ? row['id'] : undefined
  }

  async function contentHash(h: ReadHandle, link: SealRow): Promise<string | undefined> {
    const noteId = await noteOf(h, link)
    if (noteId === undefined) return undefined
    if (link.kind === 'addendum') {
      const addendum = (await notes.addendaOf(h, noteId)).find((a) => a.id === link.subjectId)
      return addendum === undefined ? undefined : addendumContentHash(noteId, addendum)
    }
    const note = await notes.findNote(h, noteId)
    const body = note === undefined ? undefined : await notes.findBody(h, note.row)
    // A note that someone made a draft again is no longer what was signed, whatever its words.
    if (note?.state !== 'sealed' || note.sealedAt !== link.sealedAt || body === undefined) return undefined
    return noteContentHash(note, body)
  }

  async function report(h: ReadHandle, clientId: string, noteId: string, at: number): Promise<void> {
    if (found.changed.some((entry) => entry.noteId === noteId)) return
    const client = await findClient(h, clientId)
    found = {
      ...found,
      changed: [...found.changed, { noteId, clientId, clientName: client?.name ?? '', at }],
    }
  }

  async function checkStretch(clientId: string, after: SealRow | undefined): Promise<SealRow | undefined> {
    return store.read(async (h) => {
      const chain = await chainOf(h, clientId, after?.sequence ?? 0, STRETCH)
      let last = after
      for (const link of chain) {
        const inOrder = link.sequence === (last?.sequence ?? 0) + 1 && link.previous === (last?.hash ?? '')
        // A body that no longer parses counts as changed, not as an error of ours.
        const content = await contentHash(h, link).catch(() => undefined)
        if (!inOrder || link.hash !== linkHash(link) || content !== link.contentHash) {
          await report(h, clientId, (await noteOf(h, link)) ?? link.subjectId, link.sealedAt)
        }
        last = link
      }
      found = { ...found, checked: found.checked + chain.length }
      return chain.length < STRETCH ? undefined : last
    })
  }

  return {
    /** What is known so far. */
    found: (): Verification => found,

    /** Runs once, in stretches, each its own place in the queue. */
    async run(): Promise<void> {
      for (const clientId of await store.read(sealedClients)) {
        let last: SealRow | undefined
        do {
          if (stopped) return
          last = await checkStretch(clientId, last)
        } while (last !== undefined)
      }
      await store.read(async (h) => {
        for (const s of await unsealedSubjects(h)) await report(h, s.clientId, s.noteId, s.at)
      })
      found = { ...found, state: found.changed.length === 0 ? 'intact' : 'changed' }
      if (found.changed.length > 0) changed('verification')
    },

    stop(): void {
      stopped = true
    },
  }
}
