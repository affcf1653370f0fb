/** The process that checks every page of one copy, and then is gone. See pageCheck.ts. */
import { readdirSync } from 'node:fs'
import os from 'node:os'
import { openDatabase } from './open.ts'
import type { CheckReply, CopyToCheck } from './pageCheck.ts'
import { Session, toFailure } from './session.ts'

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

/** For whoever types on two cores. Linux keeps it thread by thread, and the file threads are there already. */
function giveWay(): void {
  const low = os.constants.priority.PRIORITY_BELOW_NORMAL
  try {
    os.setPriority(low)
    if (process.platform !== 'linux') return
    for (const thread of readdirSync('/proc/self/task')) os.setPriority(Number(thread), low)
  } catch {
    // Then it is a check like any other.
  }
}

async function faultsOf({ path, key, driver }: CopyToCheck): Promise<CheckReply> {
  try {
    const database = await openDatabase({ path, key, driver, mode: 'open' }).finally(() => key.fill(0))
    const session = new Session(database)
    const found = await session.integrity()
    await session.close({ removeFile: false })
    return { kind: 'checked', faults: found === 'ok' ? 0 : found }
  } catch (thrown) {
    return { kind: 'failed', failure: toFailure(thrown) }
  }
}

const asked = (message: unknown): void => {
  giveWay()
  void faultsOf(message as CopyToCheck).then(answer)
}
if (parentPort === undefined) {
  process.on('message', asked)
  // Whoever asked is gone: nobody waits for the answer, and the key must not outlive them.
  process.on('disconnect', () => process.exit())
} else parentPort.on('message', ({ data }) => asked(data))
answer({ kind: 'ready' })
