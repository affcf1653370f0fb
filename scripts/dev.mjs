// `npm run dev`: the application with hot reload. The dev server's inline scripts and styles carry a nonce of
// this run; main reads the same variable for its development CSP, which exists only beside ELECTRON_RENDERER_URL.
import { randomBytes } from 'node:crypto'
import { rmSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { runInSession, sandboxArguments } from './session.mjs'
import { sayAs } from './say.mjs'

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..')

// What out/ holds from here on is a development build: `npm start` and the tests must make their own again.
rmSync(path.join(root, 'out/build.json'), { force: true })

process.exitCode = await runInSession(
  { display: 'missing', keychain: 'missing', say: sayAs('dev') },
  [
    process.execPath,
    path.join(root, 'node_modules/electron-vite/bin/electron-vite.js'),
    'dev',
    '--watch',
    ...process.argv.slice(2),
  ],
  {
    env: {
      BRACKET_DEV_NONCE: randomBytes(16).toString('base64url'),
      ...(sandboxArguments().length > 0 ? { NO_SANDBOX: '1' } : {}),
    },
  },
)
