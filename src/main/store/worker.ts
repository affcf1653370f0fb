/** The thread that owns exactly one connection: requests in, replies out, one at a time and in order. */
import { parentPort } from 'node:worker_threads'
import { loadDriver } from './driver/choose.ts'
import { explainSqlErrors } from './driver/sqlErrors.ts'
import { openDatabase, type OpenFacts } from './open.ts'
import { OpenError } from './openError.ts'
import type { Reply, Request, Requests } from './protocol.ts'
import { Session, toFailure } from './session.ts'

let session: Session | undefined

async function open(ask: Requests['open']['ask']): Promise<OpenFacts> {
  // A second connection in this thread would be one that nobody closes.
  if (session !== undefined) throw new OpenError('IN_USE')
  if (ask.explainErrors) explainSqlErrors((message) => process.stderr.write(`SQL: ${message}\n`))
  try {
    const database = await openDatabase(ask)
    session = new Session(database)
    return database.facts
  } finally {
    // The buffer was transferred to us: this is its only copy, apart from the pragma's text.
    ask.key.fill(0)
  }
}

async function close(ask: Requests['close']['ask']): Promise<undefined> {
  const closing = session
  session = undefined
  await closing?.close(ask)
  return undefined
}

function answer(request: Request): Promise<unknown> {
  if (request.kind === 'warm') return loadDriver(request.ask.driver)
  if (request.kind === 'open') return open(request.ask)
  if (request.kind === 'close') return close(request.ask)
  if (session === undefined) throw new OpenError('IO', 'NOT_OPEN')
  switch (request.kind) {
    case 'all':
      return session.all(request.ask)
    case 'run':
      return session.run(request.ask)
    case 'runMany':
      return session.runMany(request.ask)
    case 'exec':
      return session.exec(request.ask)
    case 'commit':
      return session.commit()
    case 'rollback':
      return session.rollback()
    case 'checkpoint':
      return session.checkpoint()
    case 'integrity':
      return session.integrity()
    case 'rekey':
      return session.rekey(request.ask)
    case 'copy':
      return session.copy(request.ask)
    case 'hold':
      return session.hold(request.ask)
    case 'release':
      return session.release()
  }
}

async function reply(request: Request): Promise<Reply> {
  try {
    return { id: request.id, answer: await answer(request) }
  } catch (thrown) {
    return { id: request.id, failure: toFailure(thrown) }
  }
}

const port = parentPort
if (port === null) throw new Error('This module is the entry of a worker thread')
let last: Promise<void> = Promise.resolve()
port.on('message', (request: Request) => {
  last = last.then(async () => {
    port.postMessage(await reply(request))
    // With its port closed the thread has nothing left to wait for and ends.
    if (request.kind === 'close') port.close()
  })
})
