import type { Addendum } from '../../../shared/contract/notes.ts'
import { Refusal } from '../../../shared/contract/result.ts'
import type { Details } from '../../../shared/document/details.ts'
import type { NoteFormat, Section } from '../../../shared/document/document.ts'
import { dayIn } from '../../../shared/domain/wallDay.ts'
import { findClient } from '../../store/record/queries/clients.ts'
import * as notes from '../../store/record/queries/notes.ts'
import { sealOf, type SealRow } from '../../store/record/queries/seals.ts'
import { dropSetting, getSetting, putSetting } from '../../store/record/queries/settings.ts'
import { notesBetween, structured, type Structured } from '../../store/record/queries/signedNotes.ts'
import type { ReadHandle } from '../../store/Store.ts'
import type { RecordStore } from './RecordStore.ts'
import { addendumContentHash, linkHash, noteContentHash } from './seal.ts'

/** Which link of the client's chain, and whether what it covers is still what was sealed. */
export interface Seal {
  readonly sequence: number
  /** Hex, 64 digits. */
  readonly hash: string
  readonly sealedAt: number
  readonly intact: boolean
}

export interface SealedAddendum extends Addendum {
  readonly seal: Seal | null
}

/** A signed note as it was signed: nothing that may have changed since stands in it, addenda aside. */
export interface SignedNote {
  readonly id: string
  readonly format: NoteFormat
  readonly sections: readonly Section[]
  readonly details: Details
  readonly author: string
  readonly summary: string
  /** When the session really was, as it was confirmed at signing. */
  readonly actualStart: number
  readonly actualEnd: number
  readonly signedAt: number
  readonly late: boolean
  readonly beside: Structured
  readonly seal: Seal | null
  readonly addenda: readonly SealedAddendum[]
}

export interface SignedNotes {
  readonly client: { readonly id: string; readonly name: string; readonly birthDate: string | null }
  /** In the order of their sessions. */
  readonly notes: readonly SignedNote[]
  /** Notes in the same days that are written and not signed. */
  readonly drafts: number
}

const DAY = 86_400_000
const UNFINISHED = 'paper.unfinished'

/** What may leave on paper: signed notes, read so that nothing else can come along. */
export function signedNoteService({ store }: RecordStore) {
  const sealOn = (link: SealRow | undefined, content: string): Seal | null =>
    link === undefined
      ? null
      : {
          sequence: link.sequence,
          hash: link.hash,
          sealedAt: link.sealedAt,
          intact: link.contentHash === content && link.hash === linkHash(link),
        }

  async function signed(h: ReadHandle, noteId: string): Promise<SignedNote> {
    const note = await notes.findNote(h, noteId)
    if (note === undefined) throw new Refusal('NOT_FOUND')
    if (note.state !== 'sealed') throw new Refusal('ONLY_SIGNED')
    const body = await notes.findBody(h, note.row)
    const beside = structured.safeParse(parsed(note.structured))
    if (
      body === undefined ||
      !beside.success ||
      note.actualStart === null ||
      note.actualEnd === null ||
      note.sealedAt === null
    ) {
      throw new Refusal('DAMAGED')
    }
    const addenda: SealedAddendum[] = []
    for (const each of await notes.addendaOf(h, noteId)) {
      addenda.push({ ...each, seal: sealOn(await sealOf(h, each.id), addendumContentHash(noteId, each)) })
    }
    return {
      id: note.id,
      format: body.document.format,
      sections: body.document.sections,
      details: body.document.details,
      author: note.author,
      summary: note.summary,
      actualStart: note.actualStart,
      actualEnd: note.actualEnd,
      signedAt: note.sealedAt,
      late: note.late === 1,
      beside: beside.data,
      seal: sealOn(await sealOf(h, note.id), noteContentHash(note, body)),
      addenda,
    }
  }

  async function clientOf(h: ReadHandle, clientId: string): Promise<SignedNotes['client']> {
    const found = await findClient(h, clientId)
    if (found === undefined) throw new Refusal('NOT_FOUND')
    return { id: found.id, name: found.name, birthDate: found.birthDate }
  }

  return {
    /** One note. Refused ONLY_SIGNED while it is a draft or within its ten seconds. */
    one: (noteId: string): Promise<SignedNotes> =>
      store.read(async (h) => {
        const note = await notes.findNote(h, noteId)
        if (note === undefined) throw new Refusal('NOT_FOUND')
        return { client: await clientOf(h, note.clientId), notes: [await signed(h, noteId)], drafts: 0 }
      }),

    /** A client's signed notes from one day to another, 'YYYY-MM-DD', both included, in the sessions' own zones. */
    between: (clientId: string, from: string, to: string): Promise<SignedNotes> =>
      store.read(async (h) => {
        const client = await clientOf(h, clientId)
        // A day begins up to fourteen hours before or after UTC's; which day it is on the wall is asked below.
        const found = await notesBetween(h, clientId, Date.parse(from) - DAY, Date.parse(to) + 2 * DAY)
        const within = (at: number, zone: string): boolean => {
          const day = dayIn(at, zone)
          return from <= day && day <= to
        }
        const kept: SignedNote[] = []
        let drafts = 0
        for (const { id, state, at, zone } of found) {
          if (state !== 'sealed') {
            if (within(at, zone)) drafts += 1
            continue
          }
          const note = await signed(h, id)
          if (within(note.actualStart, note.beside.session.zone)) kept.push(note)
        }
        return { client, notes: kept, drafts }
      }),

    /**
     * Where a file was being written when everything stopped: kept here, where it is encrypted, so that the
     * next opening can take away what was left.
     */
    unfinished: {
      get: (): Promise<string | undefined> => store.read((h) => getSetting(h, UNFINISHED)),
      set: (path: string): Promise<void> => store.write((h) => putSetting(h, UNFINISHED, path)),
      clear: (): Promise<void> => store.write((h) => dropSetting(h, UNFINISHED)),
    },
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
