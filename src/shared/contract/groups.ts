import { appChannel } from './channel.ts'
import { z } from './schema.ts'
import { seriesKind, touched } from './series.ts'
import { travelMinutes } from './sessions.ts'
import { id, instant, line, NAME_MAX, nothing, zone } from './values.ts'

/** Everybody in a group has a note of their own for each session; more than this is a lecture. */
export const MEMBERS_MAX = 24
const members = z.array(id).max(MEMBERS_MAX)

export const groupView = z.strictObject({
  id,
  name: z.string(),
  members: z.array(z.strictObject({ clientId: id, name: z.string() })),
  nextSessionAt: instant.nullable(),
})
export type GroupView = z.infer<typeof groupView>

export const groups = {
  /** By name. Groups that have ended are left out. */
  list: appChannel(nothing, z.strictObject({ groups: z.array(groupView) })),
  create: appChannel(z.strictObject({ name: line(NAME_MAX), members }), z.strictObject({ id })),
  rename: appChannel(z.strictObject({ id, name: line(NAME_MAX) }), nothing),
  /**
   * Who belongs to it from now on: whoever is new gets the coming sessions, whoever left loses those in which
   * nothing is written. What is past stays in everybody's chart.
   */
  setMembers: appChannel(z.strictObject({ id, members }), touched),
  /** A single session of the group. Refused NO_MEMBERS for an empty one. `event` is what its sessions share. */
  addSession: appChannel(
    z.strictObject({
      groupId: id,
      kind: seriesKind,
      startsAt: instant,
      endsAt: instant,
      zone,
      travelBefore: travelMinutes,
      travelAfter: travelMinutes,
    }),
    z.strictObject({ event: id }),
  ),
  /** Takes the one session away for every member; refused HAS_NOTE once something is written for one of them. */
  removeSession: appChannel(z.strictObject({ event: id }), nothing),
  /** Its coming sessions go, and it is in no list any more. */
  end: appChannel(z.strictObject({ id }), touched),
}
