/** The process that checks every page of one copy, and then is gone. See pageCheck.ts. */
import { readdirSync } from 'node:fs'
import os from 'node:os'
import { Connection } from './connection.ts'
import type { CheckReply, CopyToCheck } from './pageCheck.ts'
import { toFailure } from './session.ts'
import { StoreError } from './storeError.ts'

interface Parent {
  postMessage(message: unknown): void
  on(event: 'message', heard: (event: { readonly data: unknown }) => void): void
}

// Electron gives a utility process this; what a plain parent gives a child is `send`.
const { parentPort } = process as unknown as { readonly parentPort?: Parent }
const answer = (reply: CheckReply): void => {
  if (parentPort === undefined) process.send?.(reply)
  else parentPort.postMessage(reply)
}

// Node would open a debugger's port at this signal; with a listener it does not. (Windows has no such signal.)
if (process.platform !== 'win32') process.on('SIGUSR1', () => undefined)

/** For whoever types on two cores. Linux keeps it thread by thread, and the file threads are there already. */
function lowerPriority(): void {
  const low = os.constants.priority.PRIORITY_LOW
  try {
    os.setPriority(low)
    if (process.platform !== 'linux') return
    for (const thread of readdirSync('/proc/self/task')) os.setPriority(Number(thread), low)
  } catch {
    // Then it is a check like any other.
  }
}

/** In a thread: one of the drivers blocks, and a process that is blocked does not hear that its parent has died. */
async function replyTo({ path, key, driver, workerPath }: CopyToCheck): Promise<CheckReply> {
  const connection = new Connection(workerPath)
  try {
    await connection.request('open', { path, key, driver, mode: 'open', explainErrors: false })
    const found = await connection.request('integrity', null)
    return { kind: 'checked', faults: found === 'ok' ? 0 : found }
  } catch (thrown) {
    // A thread that died says nothing about the file.
    const died = thrown instanceof StoreError
    return {
      kind: 'failed',
      failure: died ? { from: 'open', code: 'DRIVER', detail: 'CHECK_THREAD' } : toFailure(thrown),
    }
  } finally {
    key.fill(0)
    await connection.close().catch(() => undefined)
  }
}

const asked = (message: unknown): void => {
  lowerPriority()
  void replyTo(message as CopyToCheck).then(answer)
}
if (parentPort === undefined) {
  process.on('message', asked)
  // Whoever asked is gone: nobody waits for the answer, and the key must not outlive them.
  process.on('disconnect', () => process.exit())
} else parentPort.on('message', ({ data }) => asked(data))
answer({ kind: 'ready' })
