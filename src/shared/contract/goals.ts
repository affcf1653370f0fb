import { appChannel } from './channel.ts'
import { z } from './schema.ts'
import { id, instant, line, LINE_MAX, nothing } from './values.ts'

export const trend = z.enum(['better', 'same', 'worse'])
export type Trend = z.infer<typeof trend>
export const goalState = z.enum(['active', 'met', 'dropped'])

export const goal = z.strictObject({
  id,
  clientId: id,
  text: z.string(),
  state: goalState,
  createdAt: instant,
  /** Oldest first, at most the last six notes that looked at this goal. */
  trends: z.array(z.strictObject({ at: instant, trend })),
})
export type Goal = z.infer<typeof goal>

export const goals = {
  create: appChannel(z.strictObject({ clientId: id, text: line(LINE_MAX) }), z.strictObject({ id })),
  setState: appChannel(z.strictObject({ id, state: goalState }), nothing),
  /** Links a draft note to a goal with how it went; `null` takes the link away. Refused on a signed note. */
  link: appChannel(z.strictObject({ noteId: id, goalId: id, trend: trend.nullable() }), nothing),
}
