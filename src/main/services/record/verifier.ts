import { isDeepStrictEqual } from 'node:util'
import type { Verification } from '../../../shared/contract/app.ts'
import { EARLIEST, LATEST } from '../../../shared/contract/values.ts'
import { findClient } from '../../store/record/queries/clients.ts'
import { lastEntry } from '../../store/record/queries/log.ts'
import {
  coveredStretch,
  sealedClients,
  shownBeside,
  signedUnsealed,
  unsealedAddenda,
  unsealedNotes,
  type Covered,
  type SealRow,
} from '../../store/record/queries/seals.ts'
import { type ReadHandle, StoreError } from '../../store/Store.ts'
import { addendumContentHash, linkHash, noteContentHash } from './seal.ts'
import type { RecordStore } from './RecordStore.ts'

/** A few milliseconds' worth: a save or a click waits behind at most one stretch. */
const STRETCH = 20
/** Not 0: with the key in hand a link can be given any number, and one below the first would never be looked at. */
const BEFORE_ALL = -Number.MAX_VALUE
/** Entries of the log, which cost a look-up each. */
const LOG_STRETCH = 400

/**
 * Checks every signed note and addendum against its seal, and every client's chain, after the vault was
 * opened: triggers refuse a change, but SQL can drop a trigger, change a note and put the trigger back.
 * It reports and never repairs.
 */
export function verifier({ store, clock, changed }: RecordStore) {
  let found: Verification = { state: 'running', checked: 0, changed: [] }
  let stopped = false

  /** What the link should say, from what is there now; nothing when that is no longer what was signed. */
  function contentHash({ link, note, beside, addendum }: Covered): string | undefined {
    if (link.kind === 'addendum') {
      const { addendumOf, addendumText: text, addendumAuthor: author, addendumAt: createdAt } = addendum()
      return addendumContentHash(addendumOf, { id: link.subjectId, text, author, createdAt })
    }
    const { ownerId: clientId, noteSealedAt: sealedAt, document: stored, plain, ...rest } = note()
    // A note that someone made a draft again is no longer what was signed, whatever its words.
    if (rest.state !== 'sealed' || sealedAt !== link.sealedAt) return undefined
    // Do the session, what was set down and the goals, shown with it, still say what they said when it was signed?
    const signed = shownBeside.safeParse(JSON.parse(rest.structured))
    if (signed.success && !isDeepStrictEqual(beside(), signed.data)) return undefined
    return noteContentHash({ ...rest, id: link.subjectId, clientId, sealedAt }, { stored, plain })
  }

  /** A row that no longer parses counts as changed, not as an error of ours. */
  function contentHashIfAny(covered: Covered): string | undefined {
    try {
      return contentHash(covered)
    } catch {
      return undefined
    }
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

  async function checkSeals(clientId: string, after: SealRow | undefined): Promise<SealRow | undefined> {
    return store.read(async (h) => {
      const stretch = await coveredStretch(h, clientId, after?.sequence ?? BEFORE_ALL, STRETCH)
      let last = after
      for (const covered of stretch) {
        const { link, noteId } = covered
        const inOrder = link.sequence === (last?.sequence ?? 0) + 1 && link.previous === (last?.hash ?? '')
        if (!inOrder || link.hash !== linkHash(link) || contentHashIfAny(covered) !== link.contentHash) {
          await report(h, clientId, noteId, link.sealedAt)
        }
        last = link
      }
      found = { ...found, checked: found.checked + stretch.length }
      return stretch.length < STRETCH ? undefined : last
    })
  }

  async function checkNotes(clientId: string, after: number): Promise<number | null> {
    return store.read(async (h) => {
      const unsealed = await unsealedNotes(h, clientId, after, STRETCH)
      for (const { noteId, at } of unsealed.found) await report(h, clientId, noteId, at)
      return unsealed.last
    })
  }

  async function checkClient(clientId: string): Promise<void> {
    let link: SealRow | undefined
    do {
      if (stopped) return
      link = await checkSeals(clientId, link)
    } while (link !== undefined)
    let row: number | null = BEFORE_ALL
    do {
      if (stopped) return
      row = await checkNotes(clientId, row)
    } while (row !== null)
  }

  /** The log remembers what was signed, also where note and seal are gone together. */
  async function checkLog(): Promise<void> {
    const newest = (await store.read(lastEntry))?.sequence ?? 0
    for (let after = 0; after < newest && !stopped; after += LOG_STRETCH)
      await store.read(async (h) => {
        for (const a of await signedUnsealed(h, after, after + LOG_STRETCH))
          await report(h, a.clientId, a.noteId, a.at)
      })
  }

  async function check(): Promise<void> {
    for (const clientId of await store.read(sealedClients)) {
      try {
        await checkClient(clientId)
      } catch (error) {
        if (error instanceof StoreError) throw error
        // A chain that cannot even be read is not as we wrote it; silence would be the forger's aim.
        await store.read((h) => report(h, clientId, clientId, clock.now()))
      }
    }
    await checkLog()
    if (stopped) return
    await store.read(async (h) => {
      for (const a of await unsealedAddenda(h)) await report(h, a.clientId, a.noteId, a.at)
    })
    found = { ...found, state: found.changed.length === 0 ? 'intact' : 'changed' }
    if (found.changed.length > 0) changed('verification')
  }

  return {
    /** What is known so far. */
    found: (): Verification => found,

    /** Runs once, in stretches, each its own place in the queue. What stops it is said by the state, and thrown. */
    async run(): Promise<void> {
      try {
        await check()
      } catch (error) {
        if (stopped) return
        // What was found before counts; that nothing was found says nothing about what was not looked at.
        found = { ...found, state: found.changed.length === 0 ? 'unchecked' : 'changed' }
        changed('verification')
        throw error
      }
    },

    stop(): void {
      stopped = true
    },
  }
}
