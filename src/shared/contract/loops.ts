import { appChannel } from './channel.ts'
import { z } from './schema.ts'
import { id, instant, line, LINE_MAX, nothing, optionalLine } from './values.ts'

/**
 * An open loop: anything promised, asked, assigned or left unfinished, until someone closes it.
 * `self` is the note to self: part of the record, can be requested.
 */
export const loopKind = z.enum(['homework', 'plan', 'self', 'thread', 'task', 'risk'])
export type LoopKind = z.infer<typeof loopKind>
/** How it ended. For homework the outcome says how the client engaged with it. */
export const loopEnd = z.enum(['done', 'partly', 'not-done', 'dropped', 'moved'])
export type LoopEnd = z.infer<typeof loopEnd>

export const loop = z.strictObject({
  id,
  clientId: id,
  /** The session in which it was set down, if any. */
  sessionId: id.nullable(),
  kind: loopKind,
  text: z.string(),
  createdAt: instant,
  /** When the session in which it was set down began. */
  sessionAt: instant.nullable(),
  closedAt: instant.nullable(),
  closedHow: loopEnd.nullable(),
  outcome: z.string(),
})
export type Loop = z.infer<typeof loop>

export const loops = {
  add: appChannel(
    z.strictObject({ clientId: id, sessionId: id.nullable(), kind: loopKind, text: line(LINE_MAX) }),
    z.strictObject({ id }),
  ),
  edit: appChannel(z.strictObject({ id, text: line(LINE_MAX) }), nothing),
  close: appChannel(z.strictObject({ id, how: loopEnd, outcome: optionalLine(LINE_MAX) }), nothing),
  reopen: appChannel(z.strictObject({ id }), nothing),
}
