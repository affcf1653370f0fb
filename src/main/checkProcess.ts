import { utilityProcess } from 'electron'
import { fileURLToPath } from 'node:url'
import type { CheckProcess } from './store/pageCheck.ts'

/** Started without flags of ours, silent, and gone with the application, however that ends. */
export function startCheckProcess(): CheckProcess {
  const entry = fileURLToPath(new URL('./check-process.js', import.meta.url))
  const child = utilityProcess.fork(entry, [], { execArgv: [], stdio: 'ignore', serviceName: 'check' })
  return {
    postMessage: (message) => child.postMessage(message),
    onMessage: (heard) => void child.on('message', heard),
    onExit: (ended) => void child.once('exit', ended),
    kill: () => void child.kill(),
  }
}
