// `npm start`: builds if need be and opens the application. Where there is no display it is opened on a virtual
// one for a moment, and a picture of its window is left in out/window.png.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { ensureBuilt } from './build.mjs'
import { electronPath } from './electron-path.mjs'
import { hasDisplay, runInSession, sandboxArguments } from './session.mjs'
import { readScreen, toPng } from './window-picture.mjs'
import { complain, sayAs } from './say.mjs'

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..')
const say = sayAs('start')

const PAINT_MS = 30_000
/** Long enough for fonts and a first screen to settle after the first paint. */
const SETTLE_MS = 3000

if (!ensureBuilt({ say })) process.exit(1)

const command = [electronPath(), ...sandboxArguments(), root, ...process.argv.slice(2)]
if (hasDisplay()) {
  process.exitCode = await runInSession({ display: 'none', keychain: 'missing', say }, command)
} else {
  process.exitCode = await openForAPicture()
}

async function openForAPicture() {
  const framebuffer = mkdtempSync(path.join(tmpdir(), 'bracket-screen-'))
  const stop = new AbortController()
  const picture = path.join(root, 'out/window.png')
  try {
    const running = runInSession({ display: 'missing', keychain: 'missing', framebuffer, say }, command, {
      signal: stop.signal,
      // Chromium complains about the missing system bus and GPU of a bare machine; that is no news here.
      stdio: ['ignore', 'inherit', 'ignore'],
    })
    let ended
    const watched = running.then((code) => {
      ended = code
      return code
    })
    const deadline = Date.now() + PAINT_MS
    while (ended === undefined && Date.now() < deadline && !readScreen(framebuffer)?.painted) await wait(250)
    if (ended === undefined) await wait(SETTLE_MS)
    const screen = readScreen(framebuffer)
    if (ended !== undefined || !screen?.painted) {
      complain(
        ended === undefined
          ? 'start: the application runs, but its window stayed empty.'
          : `start: the application ended by itself (exit code ${ended}).`,
      )
      stop.abort()
      await watched
      return 1
    }
    mkdirSync(path.dirname(picture), { recursive: true })
    writeFileSync(picture, toPng(screen))
    say(`the application opened; a picture of its window is in ${path.relative(process.cwd(), picture)}`)
    say('on a machine with a display it would stay open; closing it now')
    stop.abort()
    await watched
    return 0
  } finally {
    rmSync(framebuffer, { recursive: true, force: true })
  }
}

function wait(milliseconds) {
  return new Promise((resolve) => setTimeout(resolve, milliseconds))
}
