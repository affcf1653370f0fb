import { LEFT_OUT, UNREADABLE } from '../domain/calendar/taken.ts'
import { appChannel } from './channel.ts'
import { z } from './schema.ts'
import { seriesKind } from './series.ts'
import { date, id, instant, nothing, zone } from './values.ts'

export const calendarView = z.strictObject({
  id,
  name: z.string(),
  takenAt: instant,
  /** Events of it that are kept, each a series or a single session. */
  events: z.int(),
})
export type CalendarView = z.infer<typeof calendarView>

export const leftOutReason = z.enum(LEFT_OUT)
export const unreadableReason = z.enum(UNREADABLE)

/** The folder that is looked at now and then; its name, never its path. */
export const watchView = z.strictObject({
  folder: z.string(),
  /** A calendar there is newer than what was taken: `takeIn.openWaiting` shows it. Nothing is taken unasked. */
  waiting: z.boolean(),
  /** It cannot be reached: a stick unplugged, a drive away. */
  gone: z.boolean(),
  /** What the waiting calendar would change, once it has been looked at; no names. Null: not looked at. */
  news: z.strictObject({ added: z.int(), changed: z.int(), gone: z.int(), unmatched: z.int() }).nullable(),
})
export type WatchView = z.infer<typeof watchView>

/** Who is meant by a title. */
export const titleMatch = z.union([
  z.strictObject({ to: z.enum(['client']), id, kind: seriesKind }),
  z.strictObject({ to: z.enum(['group']), id, kind: seriesKind }),
  /** Not a session: lunch, a staff meeting. */
  z.strictObject({ to: z.enum(['nobody']) }),
  /** Not said yet: left out this time, asked again the next. */
  z.strictObject({ to: z.enum(['open']) }),
])
export type TitleMatch = z.infer<typeof titleMatch>

/** What of an event is kept beside its times; all off unless chosen. */
export const keptDetails = z.strictObject({
  place: z.boolean(),
  description: z.boolean(),
  attendees: z.boolean(),
})
export type KeptDetails = z.infer<typeof keptDetails>

export const plannedTitle = z.strictObject({
  /** What `takeIn.match` takes. */
  key: z.int(),
  title: z.string(),
  events: z.int(),
  match: titleMatch,
  /** The match is from an earlier time. */
  remembered: z.boolean(),
  /** When it takes place next, as far as that was looked for (only while nobody was said); `null`: not again. */
  next: instant.nullable(),
  /** Clients whose name the title seems to hold, likeliest first; at most three. Never chosen unasked. */
  suggestions: z.array(z.strictObject({ clientId: id, name: z.string() })),
})
export type PlannedTitle = z.infer<typeof plannedTitle>

export const plannedEvent = z.strictObject({
  title: z.string(),
  change: z.enum(['added', 'changed', 'gone']),
  /** Its first start; `null` where none can be said. */
  startsAt: instant.nullable(),
  repeats: z.boolean(),
})

/** What taking this file in would do, with the matches as they are now. Lists hold the first 200. */
export const takingPlan = z.strictObject({
  token: id,
  name: z.string(),
  /** The calendar it is taken into; null: a new one. */
  calendarId: id.nullable(),
  /** False: of that calendar's events few or none are in this file; they may be two calendars of one name. */
  related: z.boolean(),
  damaged: z.boolean(),
  titles: z.array(plannedTitle),
  counts: z.strictObject({
    added: z.int(),
    changed: z.int(),
    unchanged: z.int(),
    gone: z.int(),
    /** Left out for want of a match. */
    unmatched: z.int(),
    /** Left out because somebody said so. */
    nobody: z.int(),
    leftOut: z.int(),
  }),
  events: z.array(plannedEvent),
  leftOut: z.array(
    z.strictObject({ title: z.string(), startsAt: instant.nullable(), reason: leftOutReason }),
  ),
  keep: keptDetails,
})
export type TakingPlan = z.infer<typeof takingPlan>

export const takingWork = z.strictObject({
  stage: z.enum(['reading', 'planning', 'applying', 'dropping']),
  fraction: z.number().min(0).max(1),
})
export type TakingWork = z.infer<typeof takingWork>

/** `chosen` false: the dialog was cancelled. Of `plan` and `unreadable` one is null. */
const opened = z.strictObject({
  chosen: z.boolean(),
  plan: takingPlan.nullable(),
  unreadable: unreadableReason.nullable(),
})
export type OpenedTaking = z.infer<typeof opened>

export const calendars = {
  list: appChannel(
    nothing,
    z.strictObject({ calendars: z.array(calendarView), watch: watchView.nullable() }),
  ),
  /**
   * Forgets the calendar. Its coming sessions go unless something is written in them; the past stays. All of it or,
   * stopped by `takeIn.cancel` (CANCELLED), nothing. NOT_NOW while something else is under way.
   */
  drop: appChannel(z.strictObject({ id }), z.strictObject({ touched: z.int(), kept: z.int() })),
  /** What is remembered of titles, by title. */
  matches: appChannel(
    nothing,
    z.strictObject({
      matches: z.array(z.strictObject({ title: z.string(), match: titleMatch, name: z.string() })),
    }),
  ),
  forgetMatch: appChannel(z.strictObject({ title: z.string().max(1000) }), nothing),
  /** Main asks for the folder; false when that was cancelled. */
  watch: appChannel(nothing, z.strictObject({ chosen: z.boolean() })),
  unwatch: appChannel(nothing, nothing),
  /** The schedule as .ics with initials only, days included; main asks for the place. False: cancelled. */
  saveOut: appChannel(
    z.strictObject({ from: date, to: date, zone }),
    z.strictObject({ saved: z.boolean(), sessions: z.int() }),
  ),
}

export const takeIn = {
  /** Main asks for the file. `zone` is what floating times mean. The plan before, if any, is forgotten. */
  open: appChannel(z.strictObject({ zone }), opened),
  /** The newer file in the watched folder. */
  openWaiting: appChannel(z.strictObject({ zone }), opened),
  /** Where it stands; null when nothing is under way. The event `takingIn` says the same unasked. */
  progress: appChannel(nothing, z.strictObject({ work: takingWork.nullable() })),
  /** Says who is meant by a title; gives the plan as it is then. Refused NOT_NOW when the token is not the last. */
  match: appChannel(z.strictObject({ token: id, key: z.int(), match: titleMatch }), takingPlan),
  keep: appChannel(z.strictObject({ token: id, keep: keptDetails }), takingPlan),
  /** It is another calendar than the one of that name: a new one. */
  apart: appChannel(z.strictObject({ token: id }), takingPlan),
  /**
   * All of it or, refused or cancelled, nothing. `sessions`: how many were made, moved or taken away. `kept`: how
   * many the calendar has otherwise now and stayed where they were, written or changed here.
   */
  apply: appChannel(
    z.strictObject({ token: id }),
    z.strictObject({
      calendarId: id,
      added: z.int(),
      changed: z.int(),
      gone: z.int(),
      sessions: z.int(),
      kept: z.int(),
    }),
  ),
  /** Stops reading or applying (CANCELLED for whoever waits), or forgets the plan. */
  cancel: appChannel(nothing, nothing),
}
