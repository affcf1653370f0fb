import { domains, type ChannelName, type Handlers } from '../../src/shared/contract/index.ts'
import type { Result } from '../../src/shared/contract/result.ts'
import { codes } from '../../src/shared/contract/result.ts'
import { expect } from 'vitest'

/** Handlers that all do the same; for a door whose behaviour is what is looked at. */
export function handlersThat(act: (input: unknown, name: ChannelName) => unknown): Handlers {
  return Object.fromEntries(
    Object.entries(domains).map(([domain, verbs]) => [
      domain,
      Object.fromEntries(
        Object.keys(verbs).map((verb) => [
          verb,
          async (input: unknown) => act(input, `${domain}.${verb}` as ChannelName),
        ]),
      ),
    ]),
  ) as unknown as Handlers
}

export interface Notes {
  list: [string, string][]
}

/** A door without Electron. `rooms` says what is open, and may be changed while a handler runs. */
export function doorWith(handlers: Handlers, rooms: { record: boolean; private: boolean }) {
  const noted: [string, string][] = []
  return {
    handlers,
    isOpen: (room: 'record' | 'private') => rooms[room],
    note: (channel: string, code: string) => void noted.push([channel, code]),
    noted,
  }
}

/** A failure says a code of the closed list and at most a field's path; nothing else of any kind. */
export function expectFailure(result: Result<unknown>, code?: string): void {
  expect(result.ok).toBe(false)
  if (result.ok) return
  expect(Object.keys(result).every((key) => ['ok', 'code', 'field'].includes(key))).toBe(true)
  expect(codes).toContain(result.code)
  if (code !== undefined) expect(result.code).toBe(code)
  if ('field' in result) expect(result.field).toMatch(/^[A-Za-z0-9.]{1,60}$/)
}
