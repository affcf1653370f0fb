import { Refusal } from '../../../shared/contract/result.ts'
import type { NoteFormat, Section } from '../../../shared/document/document.ts'
import * as notes from '../../store/record/queries/notes.ts'
import type { RecordStore } from './RecordStore.ts'

export interface Carried {
  /** When the session really was that the words were written about. */
  readonly at: number
  readonly format: NoteFormat
  readonly sections: Section[]
}

/** What a draft can be begun from: words that were signed, of the same client, about an earlier session. */
export function carryingService({ store }: RecordStore) {
  return {
    /** The last signed note before this one's session, or null. Drafts and notes in their ten seconds do not count. */
    from: (noteId: string): Promise<Carried | null> =>
      store.read(async (h) => {
        const note = await notes.findNote(h, noteId)
        if (note === undefined) throw new Refusal('NOT_FOUND')
        const before = await notes.signedBefore(h, note)
        if (before === undefined) return null
        const body = await notes.findBody(h, before.row)
        if (body === undefined || before.actualStart === null) throw new Refusal('DAMAGED')
        const { format, sections } = body.document
        return { at: before.actualStart, format, sections }
      }),
  }
}
