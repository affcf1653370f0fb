import type { Audience } from './channel.ts'
import { z } from './schema.ts'
import { id } from './values.ts'

export const topic = z.enum([
  'clients',
  'sessions',
  'notes',
  'loops',
  'goals',
  'private',
  'preferences',
  'verification',
  'backup',
  'calendars',
  'formats',
  'snippets',
  'spelling',
])
export type Topic = z.infer<typeof topic>

const event = <S extends z.ZodType>(audience: Audience, payload: S) => ({ audience, payload })

/** What main tells the page, unasked. Ids and names of topics, never text. */
export const events = {
  /** The vault is open: the waiting page may ask for its context. */
  unlocked: event('app', z.strictObject({})),
  changed: event('app', z.strictObject({ topics: z.array(topic) })),
  /** About to lock or quit: commit what is typed, then call app.flushed. */
  flush: event('app', z.strictObject({})),
  /** The private room opened or closed. */
  privateRoom: event('app', z.strictObject({ room: z.enum(['locked', 'open']) })),
  /** A person clicked a notification, or chose a command in the menu. */
  go: event('app', z.strictObject({ to: z.enum(['today', 'review', 'settings']), sessionId: id.nullable() })),
  /** A part of a file cannot be read, or its thread died: everything locks in a moment. */
  trouble: event('app', z.strictObject({ what: z.enum(['record', 'private', 'lost']) })),
  /** A calendar is being read or taken in; ask takeIn.progress. */
  takingIn: event(
    'app',
    z.strictObject({
      stage: z.enum(['reading', 'planning', 'applying', 'dropping']),
      fraction: z.number().min(0).max(1),
    }),
  ),
  /** The window's purpose or the throttle changed; ask vault.state again. */
  vaultState: event('unlock', z.strictObject({})),
} as const

export type EventName = keyof typeof events
export type EventPayload<N extends EventName> = z.infer<(typeof events)[N]['payload']>
