/** The real worker, except that it ends without a word when it meets a certain statement. */
import { parentPort } from 'node:worker_threads'
import type { Request } from '../../src/main/store/protocol.ts'
import '../../src/main/store/worker.ts'

parentPort?.on('message', (request: Request) => {
  if (request.kind === 'run' && request.ask.sql.includes('dying')) process.exit(1)
})
