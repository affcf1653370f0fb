// Runs a command with what a desktop application needs around it:
//
//   node scripts/run.mjs [--display] [--keychain] [--private] [--electron-node] -- command …
//
//   --display        a virtual display of its own
//   --keychain       a session bus and a keychain service of its own
//   --private        HOME, XDG_* and TMPDIR in a directory that is removed afterwards
//   --electron-node  run the command as a script in Electron's Node instead of a program
import path from 'node:path'
import { electronPath } from './electron-path.mjs'
import { runInSession } from './session.mjs'
import { complain } from './say.mjs'

const argv = process.argv.slice(2)
const end = argv.indexOf('--')
const flags = new Set(argv.slice(0, Math.max(end, 0)))
const command = argv.slice(end + 1)
if (end < 0 || command.length === 0) {
  complain('usage: node scripts/run.mjs [--display] [--keychain] [--private] [--electron-node] -- command …')
  process.exit(2)
}

const env = {}
if (flags.has('--electron-node')) {
  env.ELECTRON_RUN_AS_NODE = '1'
  command.unshift(electronPath())
} else if (command[0] === 'node') {
  command[0] = process.execPath
  env.PATH = [path.dirname(process.execPath), process.env.PATH].join(path.delimiter)
}

process.exitCode = await runInSession(
  {
    display: flags.has('--display') ? 'own' : 'none',
    keychain: flags.has('--keychain') ? 'own' : 'none',
    privateHome: flags.has('--private'),
  },
  command,
  { env },
)
