// The floor: one sandboxed window, one static page, nothing else. `--page=` says which.
import { app, BrowserWindow } from 'electron'
import path from 'node:path'

const page = process.argv.find((argument) => argument.startsWith('--page='))?.slice('--page='.length)

void app.whenReady().then(() => {
  const window = new BrowserWindow({
    show: false,
    width: 1100,
    height: 720,
    webPreferences: { sandbox: true, contextIsolation: true, nodeIntegration: false, spellcheck: false },
  })
  window.once('ready-to-show', () => window.show())
  void window.loadFile(path.join(import.meta.dirname, page ?? 'window.html'))
})
