import { expect, test } from 'vitest'
import type { Clipboard } from '../../src/main/clipboard.ts'
import type { Entrance } from '../../src/main/entrance/entrance.ts'
import { appHandlers } from '../../src/main/ipc/handlers/app.ts'
import { createCalendarDesk } from '../../src/main/calendar/desk.ts'
import { createSnippetDesk } from '../../src/main/shorthand/desk.ts'
import { snippetHandlers, spellingHandlers } from '../../src/main/ipc/handlers/snippets.ts'
import { createFormatDesk } from '../../src/main/formats/desk.ts'
import { createPaper } from '../../src/main/export/paper.ts'
import { auditLogHandlers } from '../../src/main/ipc/handlers/auditLog.ts'
import { calendarHandlers } from '../../src/main/ipc/handlers/calendar.ts'
import { formatHandlers } from '../../src/main/ipc/handlers/formats.ts'
import { paperHandlers, type PaperDesk } from '../../src/main/ipc/handlers/paper.ts'
import { backupHandlers, type BackupServices } from '../../src/main/ipc/handlers/backup.ts'
import { privateHandlers } from '../../src/main/ipc/handlers/privateRoom.ts'
import { recordHandlers } from '../../src/main/ipc/handlers/record.ts'
import { damageHandlers, type DamageServices } from '../../src/main/ipc/handlers/damage.ts'
import {
  checkingHandlers,
  wipingHandlers,
  type CheckingServices,
} from '../../src/main/ipc/handlers/wiping.ts'
import type { Destroying } from '../../src/main/entrance/destroying.ts'
import { vaultHandlers } from '../../src/main/ipc/handlers/vault.ts'
import { createHeldBack } from '../../src/main/heldBack.ts'
import type { Locking } from '../../src/main/locking.ts'
import type { Rooms } from '../../src/main/rooms/rooms.ts'
import { channels, domains, events, type ChannelName } from '../../src/shared/contract/index.ts'
import { codes } from '../../src/shared/contract/result.ts'
import { inputShape, names, outputShape, sample, type Shape, shapeOf } from '../support/schemaShapes.ts'

/** The real desk with its room closed. */
function closedPaper(): PaperDesk {
  const absent = () => Promise.reject(new Error('nothing may be asked for behind a closed room'))
  return createPaper({
    record: () => null,
    press: { pdf: absent, print: absent },
    clock: { now: () => 0 },
    vaultDirectory: '/',
    isSample: () => false,
    choosePlace: absent,
    locale: () => ({ language: 'en-US', region: 'US', zone: 'UTC' }),
    onLeft: absent,
  })
}

/** Likewise. */
function closedCalendars() {
  const absent = () => Promise.reject(new Error('nothing may be asked for behind a closed room'))
  return createCalendarDesk({
    record: () => null,
    clock: { now: () => 0 },
    read: absent,
    askForCalendar: absent,
    askForFolder: absent,
    choosePlace: absent,
    place: absent,
    onWork: () => undefined,
    changed: () => undefined,
  })
}

/** Likewise. */
function closedShorthand() {
  const absent = () => Promise.reject(new Error('nothing may be asked for behind a closed room'))
  return createSnippetDesk({
    record: () => null,
    askForGlossary: absent,
    choosePlace: absent,
    place: absent,
  })
}

/** Likewise. */
function closedFormats() {
  const absent = () => Promise.reject(new Error('nothing may be asked for behind a closed room'))
  return createFormatDesk({ record: () => null, askForFormat: absent, choosePlace: absent, place: absent })
}

/** Every room closed, every service absent. */
const handlers = {
  ...appHandlers({
    rooms: { record: () => null, place: () => null, private: () => null } as unknown as Rooms,
    locking: { lock: () => Promise.resolve(), pageFlushed: () => undefined } as unknown as Locking,
    entrance: {} as unknown as Entrance,
    clipboard: {} as unknown as Clipboard,
    heldBack: createHeldBack(),
    facts: { clockOffset: 0, version: '0', platform: 'linux' },
  }),
  ...vaultHandlers({} as unknown as Entrance),
  ...wipingHandlers({} as unknown as Destroying),
  ...checkingHandlers({ record: () => null, checks: {} } as unknown as CheckingServices),
  ...damageHandlers({} as unknown as DamageServices),
  ...recordHandlers(() => null),
  ...auditLogHandlers(() => null),
  ...paperHandlers(closedPaper()),
  ...calendarHandlers(closedCalendars()),
  ...snippetHandlers(closedShorthand()),
  ...formatHandlers(closedFormats()),
  ...spellingHandlers(() => null),
  ...backupHandlers({ record: () => null, backups: {}, restoring: {} } as unknown as BackupServices),
  ...privateHandlers({
    room: () => null,
    open: () => Promise.resolve(false),
    close: () => Promise.resolve(),
    viewed: () => Promise.resolve(),
    destroyed: () => Promise.resolve(),
    laneOpen: () => true,
  }),
}

test('there is a handler for every channel, and none without a channel', () => {
  const handled = Object.entries(handlers).flatMap(([domain, verbs]) =>
    Object.entries(verbs).map(([verb, handler]) => {
      expect(typeof handler).toBe('function')
      return `${domain}.${verb}`
    }),
  )
  expect(handled.sort()).toEqual(Object.keys(channels).sort())
  expect(Object.keys(channels)).toHaveLength(
    Object.values(domains).reduce((count, verbs) => count + Object.keys(verbs).length, 0),
  )
  expect(Object.isFrozen(channels)).toBe(true)
})

test('behind closed rooms every handler of the record says LOCKED by itself, should the door ever fail', async () => {
  for (const name of names) {
    const [domain, verb] = name.split('.') as [keyof typeof handlers, string]
    const handler = (handlers[domain] as Record<string, (input: unknown) => Promise<unknown>>)[verb]
    const ask = async (): Promise<unknown> => handler?.(sample(inputShape(name)))
    const needs = channels[name].needs
    if (needs === 'private') await expect(ask(), name).rejects.toMatchObject({ code: 'PRIVATE_LOCKED' })
    else if (
      !['app', 'vault', 'restore', 'damage', 'destruction', 'wiping'].includes(domain) &&
      domain !== 'privateRoom'
    ) {
      await expect(ask(), name).rejects.toMatchObject({ code: 'LOCKED' })
    } else if ((['app.context', 'app.setPreferences', 'app.verification'] as ChannelName[]).includes(name)) {
      await expect(ask(), name).rejects.toMatchObject({ code: 'LOCKED' })
    }
  }
})

function walk(shape: Shape, at: string, visit: (shape: Shape, at: string) => void): void {
  visit(shape, at)
  for (const [key, each] of Object.entries(shape.properties ?? {})) walk(each, `${at}.${key}`, visit)
  if (shape.items !== undefined) walk(shape.items, `${at}[]`, visit)
  for (const each of shape.anyOf ?? []) walk(each, at, visit)
}

test('every object of every shape, in both directions and in events, is closed', () => {
  const shapes = [
    ...names.flatMap((name) => [
      [`${name} in`, inputShape(name)] as const,
      [`${name} out`, outputShape(name)] as const,
    ]),
    ...Object.entries(events).map(
      ([name, event]) => [`${name} event`, shapeOf(event.payload, 'output')] as const,
    ),
  ]
  for (const [name, shape] of shapes) {
    expect(shape.type, name).toBe('object')
    walk(shape, name, (part, at) => {
      if (part.type !== 'object') return
      expect(part.additionalProperties, at).toBe(false)
      expect(part.required?.length ?? 0, at).toBe(Object.keys(part.properties ?? {}).length)
    })
  }
})

test('every text, list and number that the page may send has an end', () => {
  for (const name of names) {
    walk(inputShape(name), name, (part, at) => {
      if (part.type === 'string') {
        const bounded = part.maxLength !== undefined || part.enum !== undefined || part.format !== undefined
        expect(bounded || /\{\d+,\d+\}\$$/.test(part.pattern ?? ''), at).toBe(true)
      }
      if (part.type === 'array') expect(part.maxItems, at).toBeLessThanOrEqual(120)
      if (part.type === 'integer') expect(part.maximum, at).toBeLessThanOrEqual(Number.MAX_SAFE_INTEGER)
    })
    expect(channels[name].limit).toBeLessThanOrEqual(12_000_000)
  }
})

test('events carry ids and names of topics, never a text', () => {
  for (const [name, event] of Object.entries(events)) {
    walk(shapeOf(event.payload, 'output'), name, (part, at) => {
      if (part.type === 'string') expect(part.enum !== undefined || part.format === 'uuid', at).toBe(true)
    })
  }
})

test('a code stands in the list once', () => {
  expect(new Set(codes).size).toBe(codes.length)
})
