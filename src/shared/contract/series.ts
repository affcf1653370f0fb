import { appChannel } from './channel.ts'
import { z } from './schema.ts'
import { travelMinutes } from './sessions.ts'
import { id, instant, zone } from './values.ts'

/** Wall-clock time without a zone: "2026-01-13T15:00:00". */
export const wall = z
  .string()
  .length(19)
  .regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d$/)

/** RFC 5545 recurrence rule without "RRULE:", or empty for what takes place once; see Arrangement. */
export const rule = z
  .string()
  .max(400)
  .regex(/^[A-Z0-9=;,:+-]*$/)

/** A start that is left out; a date alone leaves out the whole day ("not on 24 December"). */
const leftOut = z
  .string()
  .min(10)
  .max(19)
  .regex(/^\d{4}-\d\d-\d\d(T\d\d:\d\d:\d\d)?$/)

/** What a person can arrange; see domain/calendar/arrangement.ts for what each field means. */
export const arrangementInput = z.strictObject({
  starts: wall,
  zone,
  minutes: z.int().min(1).max(1440),
  rule,
  dates: z.array(wall).max(24),
  except: z.array(leftOut).max(24),
})

/** As it is kept: a calendar that was taken in may have many more dates. */
export const arrangementView = z.strictObject({
  starts: z.string(),
  zone: z.string(),
  minutes: z.int(),
  rule: z.string(),
  dates: z.array(z.string()),
  except: z.array(z.string()),
})

/** For whom: one client, or a group with whoever is its member then. */
export const attends = z.union([
  z.strictObject({ kind: z.enum(['client']), id }),
  z.strictObject({ kind: z.enum(['group']), id }),
])
export type Attends = z.infer<typeof attends>

export const seriesKind = z.enum(['individual', 'home-visit'])
export type SeriesKind = z.infer<typeof seriesKind>

/**
 * `this`: the one session. `following`: it and what comes after. `all`: everything that is not yet over. In every
 * case what is past, started, written or changed by itself stays as it is.
 */
export const scope = z.enum(['this', 'following', 'all'])
export type Scope = z.infer<typeof scope>

export const seriesView = z.strictObject({
  id,
  attends,
  /** Of the client, or of the group. */
  name: z.string(),
  kind: seriesKind,
  arrangement: arrangementView,
  travelBefore: z.int(),
  travelAfter: z.int(),
  /** The name of the calendar it comes from; null for one made here. */
  calendar: z.string().nullable(),
})
export type SeriesView = z.infer<typeof seriesView>

/** How many sessions an act touched, and how many it left because they are written, over or changed by themselves. */
export const touched = z.strictObject({ touched: z.int(), kept: z.int() })
export type Touched = z.infer<typeof touched>

const arranged = {
  kind: seriesKind,
  arrangement: arrangementInput,
  travelBefore: travelMinutes,
  travelAfter: travelMinutes,
}

/**
 * Refused, by all that takes an arrangement: RULE_UNREADABLE, RULE_TOO_OFTEN (more than one a day's worth, or
 * shorter apart than it lasts), NEVER_OCCURS, TOO_LONG_SESSION, BAD_INPUT with field `arrangement.zone` for a zone
 * that does not exist.
 */
export const series = {
  /** The next dates by this arrangement, from `from` on (epoch milliseconds); nothing is kept. `more`: it goes on. */
  preview: appChannel(
    z.strictObject({ arrangement: arrangementInput, from: instant, count: z.int().min(1).max(60) }),
    z.strictObject({
      next: z.array(z.strictObject({ wall: z.string(), startsAt: instant, endsAt: instant })),
      more: z.boolean(),
    }),
  ),
  /** Its sessions are made at once, as far ahead as the schedule goes. `sessions`: how many that are. */
  create: appChannel(z.strictObject({ attends, ...arranged }), z.strictObject({ id, sessions: z.int() })),
  get: appChannel(z.strictObject({ id }), seriesView),
  /**
   * By one of its sessions. `this` takes start, zone, minutes, kind and travel and leaves the rule alone. For
   * `following` and `all` the arrangement's `starts` is the first start of the changed part, which has to be of the
   * day of the session (`following`) or of the first one not yet over (`all`), or later.
   * Refused FROM_CALENDAR for other than `this` where the arrangement comes from a calendar; HAS_NOTE or SEALED
   * for `this` on a written one.
   */
  change: appChannel(z.strictObject({ sessionId: id, scope, ...arranged }), touched),
  /**
   * Dragged: `startsAt` and `endsAt` are where this session goes, and the others by as much. A weekly rule follows
   * to another weekday; one that names a day of the month does not (RULE_FIXED: change the rule instead).
   */
  move: appChannel(
    z.strictObject({ sessionId: id, scope, startsAt: instant, endsAt: instant, zone }),
    touched,
  ),
  /** The sessions that begin at or after `from` go, and no more are made. Undone by nothing: say so before. */
  end: appChannel(z.strictObject({ id, from: instant }), touched),
  /** As `change`, taking away. What is written stays, and is counted in `kept`. */
  remove: appChannel(z.strictObject({ sessionId: id, scope }), touched),
}
