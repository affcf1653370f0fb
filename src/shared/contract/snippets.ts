import { LEFT_OUT } from '../domain/glossaryCsv.ts'
import { LONG_MAX } from '../domain/shorthand.ts'
import { appChannel } from './channel.ts'
import { z } from './schema.ts'
import { id, line, nothing, prose } from './values.ts'

const long = prose(LONG_MAX).refine((text) => text.trim() !== '')

export const snippet = z.strictObject({
  id,
  /** What is typed after the `;`. */
  short: z.string(),
  /** What it becomes, with dates, names and fill-ins in braces (`shared/domain/shorthand.ts`). */
  long: z.string(),
})
export type Snippet = z.infer<typeof snippet>

export const MOST_LISTED = 200

/** What taking a glossary in would do. Lists hold the first 200; nothing is taken before `take`. */
export const glossaryPlan = z.strictObject({
  token: id,
  add: z.array(z.strictObject({ short: z.string(), long: z.string() })),
  change: z.array(z.strictObject({ short: z.string(), before: z.string(), long: z.string() })),
  /** `line` is the line of the file on which it begins, from 1. */
  leftOut: z.array(z.strictObject({ line: z.int(), short: z.string(), reason: z.enum(LEFT_OUT) })),
  counts: z.strictObject({ add: z.int(), change: z.int(), same: z.int(), leftOut: z.int() }),
})
export type GlossaryPlan = z.infer<typeof glossaryPlan>

export const glossaryUnreadable = z.enum(['UNREACHABLE', 'TOO_BIG', 'NOT_TEXT', 'EMPTY'])
export type GlossaryUnreadable = z.infer<typeof glossaryUnreadable>

/** A person's shorthand. It lies in the record: it goes where the record goes. */
export const snippets = {
  /** By short form. */
  list: appChannel(nothing, z.strictObject({ snippets: z.array(snippet) })),
  /**
   * A new one (`id` null) or a changed one. The short form is kept as `shortOf` has it: refused BAD_INPUT where that is
   * none, SHORT_TAKEN where another has it, NOT_FOUND.
   */
  save: appChannel(z.strictObject({ id: id.nullable(), short: line(80), long }), z.strictObject({ id })),
  /** Refused NOT_FOUND. */
  remove: appChannel(z.strictObject({ id }), nothing),
  /**
   * Main asks for the file (CSV) and reads it. `chosen` false: the dialog was cancelled. Else of `plan` and
   * `unreadable` one is null. An earlier plan is forgotten.
   */
  open: appChannel(
    nothing,
    z.strictObject({
      chosen: z.boolean(),
      plan: glossaryPlan.nullable(),
      unreadable: glossaryUnreadable.nullable(),
    }),
  ),
  /** All of the plan, or nothing. Refused NOT_NOW when the token is not the last one. */
  take: appChannel(z.strictObject({ token: id }), z.strictObject({ added: z.int(), changed: z.int() })),
  /** Forgets the plan. */
  forget: appChannel(nothing, nothing),
  /** Everything as a CSV; main asks for the place. False: cancelled. */
  saveOut: appChannel(nothing, z.strictObject({ saved: z.boolean(), snippets: z.int() })),
}
