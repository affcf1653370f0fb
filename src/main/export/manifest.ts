import type { PaperManifest, PaperSize } from '../../shared/contract/paper.ts'
import type { SignedNotes } from '../services/record/signedNotes.ts'
import { changedSince, isUnnamed, linesBeside } from './noteSheet.ts'
import { dayOfNote } from './sheet.ts'

const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0)

/** What will be in it, in counts and days. */
export function manifest({ notes, drafts }: SignedNotes, size: PaperSize): PaperManifest {
  const days = notes.map(dayOfNote).sort()
  return {
    notes: notes.length,
    addenda: sum(notes.map((note) => note.addenda.length)),
    late: notes.filter((note) => note.late).length,
    changed: sum(notes.map(changedSince)),
    unnamed: notes.filter(isUnnamed).length,
    drafts,
    setDown: sum(notes.map(linesBeside)),
    first: days.at(0) ?? null,
    last: days.at(-1) ?? null,
    size,
  }
}
