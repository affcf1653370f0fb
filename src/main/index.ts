import { app, dialog } from 'electron'
import path from 'node:path'
import { isForbiddenStart, readStart } from './startup/arguments.ts'
import { chromiumDirectory } from './startup/chromiumDirectory.ts'
import { keepTracesAside } from './startup/desktopTraces.ts'
import { drawWithoutGraphicsCard } from './startup/drawing.ts'
import { denyWandering } from './window/denials.ts'
import { registerScheme } from './window/protocol.ts'
import { denyNetwork, pageSession } from './window/session.ts'
import { createWindows } from './window/windows.ts'

/* The order of start-up. Whatever must precede `ready` stands first; a release refuses debugging switches. */

if (isForbiddenStart(process.argv, app.isPackaged)) app.exit(64)

const start = readStart(process.argv)
const development = developmentSource()

app.setName('Bracket')
// The same as appId in electron-builder.yml: Windows shows notifications of no other.
app.setAppUserModelId('org.bracketnotebook.bracket')
// Chromium's own files go beside the vault and hold nothing: the pages' session is in memory.
app.setPath('userData', chromiumDirectory(start.profile))
registerScheme()
denyNetwork(development !== undefined)
denyWandering()
drawWithoutGraphicsCard()

if (!app.requestSingleInstanceLock()) {
  // The other instance comes to the front by itself; two could not hold the same files.
  app.exit(0)
} else {
  keepTracesAside(app.getPath('userData'))
}

// Not a top-level await: in an ESM main process `ready` would never come.
void app
  .whenReady()
  .then(async () => {
    const pages = path.join(import.meta.dirname, '../renderer')
    // While the door's process starts, which takes as long, everything behind the door is read and put together.
    let composed = (): void => undefined
    const answering = new Promise<void>((resolve) => {
      composed = resolve
    })
    const windows = createWindows({
      session: pageSession({ directory: pages, development, answering }),
      preloads: path.join(import.meta.dirname, '../preload'),
      profile: start.profile,
      developmentOrigin: development?.origin,
      devTools: start.seams,
    })
    windows.showDoor()
    const { compose } = await import('./compose.ts')
    const { end } = compose({ start, windows, pages })
    composed()

    app.on('second-instance', () => windows.focus())
    app.on('activate', () => windows.focus())
    // Between lock and door there may be no window for a moment; who closes a window decides about quitting.
    app.on('window-all-closed', () => undefined)

    let ending = false
    app.on('before-quit', (event) => {
      if (ending) return
      event.preventDefault()
      ending = true
      void end()
        .catch(() => true)
        .then((ended) => {
          if (ended) app.exit(0)
          else ending = false
        })
    })
  })
  .catch(() => {
    dialog.showErrorBox(
      'Bracket could not start',
      'Your notes were not touched. Please restart the computer and try again.',
    )
    app.exit(70)
  })

/** Hot reload: only from a build that was never packaged. */
function developmentSource(): { origin: string; nonce: string } | undefined {
  const url = process.env['ELECTRON_RENDERER_URL']
  const nonce = process.env['BRACKET_DEV_NONCE']
  if (app.isPackaged || url === undefined || nonce === undefined) return undefined
  return { origin: new URL(url).origin, nonce }
}
