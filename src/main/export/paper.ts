import { realpath } from 'node:fs/promises'
import path from 'node:path'
import type { ActivityExtent, PaperManifest, PaperSize, PaperSubject } from '../../shared/contract/paper.ts'
import { Refusal } from '../../shared/contract/result.ts'
import type { Clock } from '../../shared/domain/clock.ts'
import type { LogFilter } from '../services/record/auditLog.ts'
import type { OpenRecord } from '../services/record/openRecord.ts'
import type { SignedNotes } from '../services/record/signedNotes.ts'
import { activitySheet } from './activitySheet.ts'
import { fileName } from './fileName.ts'
import { manifest } from './manifest.ts'
import { placeFile, sweep } from './placeFile.ts'
import { dayOfNote, sheet, type Sheet } from './sheet.ts'
import { paperTimes, usualSize } from './times.ts'

/** About a hundred pages; a longer log is printed by kind, by day, or as its newest end. */
const MOST_ENTRIES = 5000

export interface PaperOrder {
  readonly subject: PaperSubject
  readonly size: PaperSize
  readonly setDown: boolean
}

/** Where a sheet becomes pages: a page of its own without scripts, in a process of its own (window/press.ts). */
export interface Press {
  /** The sheet as a tagged PDF with an outline. */
  pdf(sheet: Sheet): Promise<Uint8Array>
  /** Opens the system's dialog; false when it was cancelled. Refused NOT_PRINTED. */
  print(sheet: Sheet): Promise<boolean>
}

export interface PaperOptions {
  /** The open record, or null while locked. It is all of the vault that paper ever sees. */
  readonly record: () => OpenRecord | null
  readonly press: Press
  readonly clock: Clock
  /** Where the vault lies. A file put there could take a database's place. */
  readonly vaultDirectory: string
  /** Made-up people of "Look around": no page of theirs may pass for a record. */
  readonly isSample: () => boolean
  /** The system's own dialog: where the file goes, or null when it was cancelled. */
  readonly choosePlace: (proposedName: string) => Promise<string | null>
  /** As the system gives them now: 'en-US', 'US', 'America/Chicago'. */
  readonly locale: () => { readonly language: string; readonly region: string; readonly zone: string }
  /** These notes have left the application. */
  readonly onLeft: (how: 'pdf' | 'print', noteIds: readonly string[]) => Promise<void>
}

/** Signed notes on paper. Everything comes from the record; the private room cannot be reached from here. */
export function createPaper(options: PaperOptions) {
  const { press, clock } = options

  function open(): OpenRecord {
    const record = options.record()
    if (record === null) throw new Refusal('LOCKED')
    return record
  }

  async function read(subject: PaperSubject): Promise<SignedNotes> {
    const { signedNotes } = open()
    if (subject.kind === 'note') return signedNotes.one(subject.noteId)
    if (subject.to < subject.from) throw new Refusal('END_BEFORE_START', 'to')
    return signedNotes.between(subject.clientId, subject.from, subject.to)
  }

  async function some(subject: PaperSubject): Promise<SignedNotes> {
    const notes = await read(subject)
    if (notes.notes.length === 0) throw new Refusal('NOTHING_SIGNED')
    return notes
  }

  function sheetOf(notes: SignedNotes, { subject, size, setDown }: PaperOrder): Sheet {
    const { language, zone } = options.locale()
    return sheet({
      notes,
      days: subject.kind === 'note' ? null : { from: subject.from, to: subject.to },
      size,
      setDown,
      sample: options.isSample(),
      times: paperTimes(language),
      now: clock.now(),
      zone,
    })
  }

  function proposedName(notes: SignedNotes, subject: PaperSubject, nameInFile: boolean): string {
    const days = subject.kind === 'client' ? subject : notes.notes.map(dayOfNote).join()
    return fileName(days, nameInFile ? notes.client.name : null)
  }

  const ids = (notes: SignedNotes): string[] => notes.notes.map((note) => note.id)

  return {
    async manifest(subject: PaperSubject): Promise<PaperManifest> {
      const { region, language } = options.locale()
      return manifest(await read(subject), usualSize(region, language))
    },

    /** @returns false when the person cancelled the system's dialog */
    async save(order: PaperOrder, nameInFile: boolean): Promise<boolean> {
      const before = await some(order.subject)
      const target = await options.choosePlace(proposedName(before, order.subject, nameInFile))
      if (target === null) return false
      if (await isInside(target, options.vaultDirectory)) throw new Refusal('PLACE_REFUSED')
      // The dialog may have stood open for long: what is locked or was added to meanwhile is seen now.
      const notes = await some(order.subject)
      const bytes = await press.pdf(sheetOf(notes, order))
      await placeFile(target, bytes, open().signedNotes.unfinished)
      await options.onLeft('pdf', ids(notes))
      return true
    },

    async print(order: PaperOrder): Promise<boolean> {
      const notes = await some(order.subject)
      const printed = await press.print(sheetOf(notes, order))
      if (printed) await options.onLeft('print', ids(notes))
      return printed
    },

    async activityExtent(filter: LogFilter): Promise<ActivityExtent> {
      const { region, language } = options.locale()
      const extent = await open().log.extent(filter)
      return { ...extent, most: MOST_ENTRIES, size: usualSize(region, language) }
    },

    /** The log itself, newest first, with what the check of the whole chain says at this moment. */
    async printActivity(filter: LogFilter, how: { size: PaperSize; names: boolean }): Promise<boolean> {
      const record = open()
      const { entries } = await record.log.extent(filter)
      if (entries === 0) throw new Refusal('NOT_FOUND')
      const { language, zone } = options.locale()
      const lines = await record.log.newestLines(filter, MOST_ENTRIES)
      const clients = how.names ? await record.clients.list() : []
      const printed = await press.print(
        activitySheet({
          lines,
          entries,
          kind: filter.kind,
          names: how.names ? new Map(clients.map(({ id, name }) => [id, name])) : null,
          finding: await record.verifyLog(),
          head: await record.log.head(),
          size: how.size,
          sample: options.isSample(),
          times: paperTimes(language),
          now: clock.now(),
          zone,
        }),
      )
      if (printed) await record.log.note('activity-printed', { count: lines.length })
      return printed
    },

    /** After opening: what a crash left half-written goes. */
    sweep: (): Promise<void> => sweep(open().signedNotes.unfinished),
  }
}

async function isInside(target: string, directory: string): Promise<boolean> {
  const [folder, vault] = await Promise.all([
    realpath(path.dirname(target)).catch(() => path.dirname(target)),
    realpath(directory).catch(() => directory),
  ])
  const way = path.relative(vault, folder)
  return way === '' || (!way.startsWith('..') && !path.isAbsolute(way))
}

export type Paper = ReturnType<typeof createPaper>
