import { ipcMain, type IpcMainInvokeEvent } from 'electron'
import { channels, type Audience, type ChannelName, type Handlers } from '../../shared/contract/index.ts'
import type { Failure, Result } from '../../shared/contract/result.ts'
import { toFailure } from './failures.ts'
import { withinSize } from './size.ts'

export interface Door {
  readonly handlers: Handlers
  /** Which of our pages this is: its window, its main frame and its exact origin; null for anything else. */
  whoAsks(event: IpcMainInvokeEvent): Audience | null
  isOpen(room: 'record' | 'private'): boolean
  /** Codes and channel names only. */
  note(channel: string, code: string): void
}

type Handler = (input: unknown) => Promise<unknown>

const refused = (code: Failure['code'], field?: string): Failure =>
  field === undefined ? { ok: false, code } : { ok: false, code, field }

/**
 * The one door between page and main process; nothing else imports ipcMain. In order: who asks, what is
 * open, how large, what shape; then the handler; then whether the room is still open and whether the answer
 * has the shape it promised, so that a stray column cannot leak.
 */
export function openDoor(door: Door): void {
  for (const name of Object.keys(channels) as ChannelName[]) {
    ipcMain.handle(name, (event, input: unknown) => answer(door, name, door.whoAsks(event), input))
  }
}

/** What the door answers. Exported for the contract tests, which knock without Electron. */
export async function answer(
  door: Omit<Door, 'whoAsks'>,
  name: ChannelName,
  asker: Audience | null,
  input: unknown,
): Promise<Result<unknown>> {
  const channel = channels[name]
  if (asker !== channel.audience) return refused('FORBIDDEN')
  const closed = closedRoom(door, channel.needs)
  if (closed !== null) return closed
  if (!withinSize(input, channel.limit)) return refused('TOO_LARGE')
  const parsed = channel.input.safeParse(input)
  if (!parsed.success) {
    const path = parsed.error.issues[0]?.path.map(String).join('.') ?? ''
    return refused('BAD_INPUT', path === '' ? undefined : path)
  }
  try {
    const output = await handlerOf(door.handlers, name)(parsed.data)
    const closedMeanwhile = closedRoom(door, channel.needs)
    if (closedMeanwhile !== null) return closedMeanwhile
    const checked = channel.output.safeParse(output)
    if (checked.success) return { ok: true, value: checked.data }
    door.note(name, 'OUTPUT_SHAPE')
    return refused('INTERNAL')
  } catch (error) {
    const failure = toFailure(error)
    // The room is open and its file does not answer: the thread is gone, and "locked" would be untrue.
    if (
      failure.code === 'LOCKED' &&
      closedRoom(door, channel.needs) === null &&
      channel.needs !== 'nothing'
    ) {
      return refused('STORE_LOST')
    }
    if (failure.code === 'INTERNAL') door.note(name, nameOf(error))
    return failure
  }
}

function closedRoom(door: Pick<Door, 'isOpen'>, needs: 'nothing' | 'record' | 'private'): Failure | null {
  if (needs === 'nothing') return null
  if (!door.isOpen('record')) return refused('LOCKED')
  if (needs === 'private' && !door.isOpen('private')) return refused('PRIVATE_LOCKED')
  return null
}

function handlerOf(handlers: Handlers, name: ChannelName): Handler {
  const [domain, verb] = name.split('.') as [keyof Handlers, string]
  // The table is total by type; the names come from our own list, never from the page.
  return (handlers[domain] as unknown as Record<string, Handler>)[verb] as Handler
}

/** The class of an error, for the log: a name out of code. Anything that could be a sentence is left out. */
function nameOf(error: unknown): string {
  return error instanceof Error && /^[A-Za-z]{1,40}$/.test(error.name) ? error.name : 'THROWN'
}
