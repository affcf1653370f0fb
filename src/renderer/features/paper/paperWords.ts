import { Temporal } from 'temporal-polyfill'
import type { PaperManifest } from '../../../shared/contract/paper.ts'

const days = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeZone: 'UTC' })
const dayText = (date: string): string => days.format(Date.parse(date))
const counted = (count: number, one: string, many = `${one}s`): string =>
  `${count} ${count === 1 ? one : many}`

/** What will leave, in one sentence; an empty manifest is a sentence, too. */
export function contentsSentence(manifest: PaperManifest): string {
  const { notes, addenda, late, first, last } = manifest
  if (notes === 0 || first === null || last === null) return 'No signed note in these days.'
  const when = first === last ? `of ${dayText(first)}` : `from ${dayText(first)} to ${dayText(last)}`
  const more = [
    ...(addenda > 0 ? [counted(addenda, 'addendum', 'addenda')] : []),
    ...(late > 0 ? [counted(late, 'late entry', 'late entries')] : []),
  ]
  const together = more.length === 0 ? '' : `, with ${more.join(' and ')}`
  return `${counted(notes, 'signed note')} ${when}${together}.`
}

export const draftsSentence = (drafts: number): string =>
  drafts === 1
    ? '1 note in these days is not signed; it stays here.'
    : `${drafts} notes in these days are not signed; they stay here.`

export const unnamedSentence = (unnamed: number, notes: number): string =>
  `${notes === 1 ? 'It was' : unnamed === notes ? 'All were' : unnamed === 1 ? '1 was' : `${unnamed} were`} signed while no name of yours was set; the page says so and leaves a line to sign by hand. Your name can be set in Settings, for what is signed from then on.`

export const changedSentence = (changed: number): string =>
  `${changed === 1 ? '1 note or addendum no longer matches its seal' : `${changed} notes or addenda no longer match their seals`}; on paper this is said beside it.`

/** The three months up to today: where the person starts from, not what is meant. */
export function recentDays(now: number): { from: string; to: string } {
  const today = Temporal.Instant.fromEpochMilliseconds(now)
    .toZonedDateTimeISO(Temporal.Now.timeZoneId())
    .toPlainDate()
  return { from: today.subtract({ months: 3 }).toString(), to: today.toString() }
}
