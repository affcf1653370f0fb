import { outcome } from '../document/details.ts'
import { trend } from './goals.ts'
import { z } from './schema.ts'
import { sessionKind } from './sessions.ts'
import { instant } from './values.ts'

/** How many sessions a summary lists; of those before, it says how many there are. */
export const SUMMARY_SESSIONS_MAX = 300

/** What signed notes say, for a treatment summary. Drafts and private notes are never among it. */
export const summaryFacts = z.strictObject({
  /** Signed sessions: how many, and when the first and the last were. */
  sessions: z.int(),
  from: instant.nullable(),
  to: instant.nullable(),
  /** Why they came: from the client's file, and from the signed note that says so first. */
  referral: z.string(),
  presenting: z.strictObject({ at: instant, text: z.string() }).nullable(),
  /** The last of them, oldest first. */
  course: z.array(z.strictObject({ at: instant, kind: sessionKind, summary: z.string() })),
  goals: z.array(
    z.strictObject({ text: z.string(), trends: z.array(z.strictObject({ at: instant, trend })) }),
  ),
  interventions: z.array(
    z.strictObject({
      name: z.string(),
      times: z.int(),
      /** What was said of it, each outcome with how often. */
      outcomes: z.array(z.strictObject({ outcome, times: z.int() })),
    }),
  ),
  /** What the last signed note that assesses anything says. */
  now: z.strictObject({ at: instant, text: z.string() }).nullable(),
})
export type SummaryFacts = z.infer<typeof summaryFacts>
