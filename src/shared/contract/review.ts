import { appChannel } from './channel.ts'
import { client, flag } from './clients.ts'
import { goal } from './goals.ts'
import { loop } from './loops.ts'
import { z } from './schema.ts'
import { noteLine, sessionView } from './sessions.ts'
import { id } from './values.ts'

export const reviewView = z.strictObject({
  session: sessionView,
  client,
  flags: z.array(flag),
  goals: z.array(goal),
  /** Every open loop of the client, oldest first; the pane groups them by kind. */
  loops: z.array(loop),
  /** The last three notes, newest first. */
  lastNotes: z.array(noteLine),
  counts: z.strictObject({
    notes: z.int(),
    /** Sessions held before this one, written up or not. */
    sessionsBefore: z.int(),
  }),
})
export type ReviewView = z.infer<typeof reviewView>

export const review = {
  get: appChannel(z.strictObject({ sessionId: id }), reviewView),
}
