// The floor: one sandboxed window, one static page, nothing else. `--page=` says which. With `--pdf=N` no window
// is shown, and an empty page is loaded and made a PDF N times.
import { app, BrowserWindow } from 'electron'
import path from 'node:path'

const page = process.argv.find((argument) => argument.startsWith('--page='))?.slice('--page='.length)

const times = Number(
  process.argv.find((argument) => argument.startsWith('--pdf='))?.slice('--pdf='.length) ?? 0,
)

async function emptyPages() {
  for (let time = 0; time < times; time += 1) {
    performance.mark('pdf:asked')
    const window = new BrowserWindow({ show: false, webPreferences: { sandbox: true, javascript: false } })
    await window.loadURL('data:text/html,<!doctype html><title>Empty</title><p>.</p>')
    await window.webContents.printToPDF({ generateTaggedPDF: true, generateDocumentOutline: true })
    performance.mark('pdf:made')
    // The first has to stay until there is another: the application would end with its last window.
    if (time > 0) window.destroy()
  }
}

void app.whenReady().then(() => {
  if (times > 0) return emptyPages()
  const window = new BrowserWindow({
    show: false,
    width: 1100,
    height: 720,
    webPreferences: { sandbox: true, contextIsolation: true, nodeIntegration: false, spellcheck: false },
  })
  window.once('ready-to-show', () => window.show())
  void window.loadFile(path.join(import.meta.dirname, page ?? 'window.html'))
})
