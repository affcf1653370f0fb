import { isDeepStrictEqual } from 'node:util'
import type { Verification } from '../../../shared/contract/app.ts'
import { EARLIEST, LATEST } from '../../../shared/contract/values.ts'
import { findClient } from '../../store/record/queries/clients.ts'
import * as notes from '../../store/record/queries/notes.ts'
import { chainOf, sealedClients, unsealedSubjects, type SealRow } from '../../store/record/queries/seals.ts'
import { type ReadHandle, StoreError } from '../../store/Store.ts'
import { addendumContentHash, linkHash, noteContentHash } from './seal.ts'
import type { RecordStore } from './RecordStore.ts'

/** Small enough that a keystroke's save never waits long behind a stretch of it. */
const STRETCH = 100

/**
 * Checks every signed note and addendum against its seal, and every client's chain, after the vault was
 * opened: triggers refuse a change, but SQL can drop a trigger, change a note and put the trigger back.
 * It reports and never repairs.
 */
export function verifier({ store, clock, changed }: RecordStore) {
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
    return (await agrees(h, note)) ? noteContentHash(note, body) : undefined
  }

  /** Do the session and the goals that are shown with a note still say what they said when it was signed? */
  async function agrees(h: ReadHandle, note: notes.NoteRow): Promise<boolean> {
    const signed = notes.shownBeside.safeParse(JSON.parse(note.structured))
    if (!signed.success) return true
    const shown = notes.shownBeside.safeParse(await notes.findShownBeside(h, note.id))
    return shown.success && isDeepStrictEqual(shown.data, signed.data)
  }

  async function report(h: ReadHandle, clientId: string, noteId: string, at: number): Promise<void> {
    if (found.changed.some((entry) => entry.noteId === noteId)) return
    const client = await findClient(h, clientId)
    found = {
      ...found,
      // A forged time may be no time at all; the page must be able to show it.
      changed: [
        ...found.changed,
        {
          noteId,
          clientId,
          clientName: client?.name ?? '',
          at: Math.min(LATEST, Math.max(EARLIEST, Math.trunc(at))),
        },
      ],
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
          try {
            last = await checkStretch(clientId, last)
          } catch (error) {
            if (error instanceof StoreError) throw error
            // A chain that cannot even be read is not as we wrote it; silence would be the forger's aim.
            await store.read((h) => report(h, clientId, clientId, clock.now()))
            last = undefined
          }
        } while (last !== undefined)
      }
      if (stopped) return
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
