import { fork } from 'node:child_process'
import type { CheckProcess } from '../../src/main/store/pageCheck.ts'

/** The built checkProcess.ts as a plain child: outside of the application there is no utility process. */
export function startedCheck(program: string): CheckProcess & { readonly pid: number } {
  const child = fork(program, [], {
    execArgv: [],
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    env: { ...process.env, ELECTRON_RUN_AS_NODE: '1' },
  })
  // A message to one that is gone already: its end is told by 'exit'.
  child.on('error', () => undefined)
  return {
    pid: child.pid ?? 0,
    postMessage: (message) => void child.send(message as object, () => undefined),
    onMessage: (heard) => void child.on('message', heard),
    onExit: (ended) => void child.once('exit', ended),
    kill: () => void child.kill('SIGKILL'),
  }
}
