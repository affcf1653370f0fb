import { app, BrowserWindow, dialog, type OpenDialogOptions } from 'electron'
import path from 'node:path'

/** Where something is to be written, as its owner says in the system's dialog: a path, or null. It stays in main. */
export const choosingPlace =
  (owner: () => BrowserWindow | null) =>
  (kind: { name: string; extensions: string[] }) =>
  async (name: string): Promise<string | null> => {
    const window = owner()
    if (window === null) return null
    const { canceled, filePath } = await dialog.showSaveDialog(window, {
      title: 'Bracket',
      defaultPath: path.join(app.getPath('documents'), name),
      filters: [kind],
      properties: ['createDirectory', 'showOverwriteConfirmation', 'dontAddToRecent'],
    })
    return canceled || filePath === '' ? null : filePath
  }

/** What the system's dialog was asked for: a file or a folder, or null. The path stays in main; a page is told a name at most. */
async function chosen(options: OpenDialogOptions): Promise<string | null> {
  const parent = BrowserWindow.getFocusedWindow()
  const { canceled, filePaths } = await (parent === null
    ? dialog.showOpenDialog(options)
    : dialog.showOpenDialog(parent, options))
  return canceled ? null : (filePaths[0] ?? null)
}

/** Asks for one file of a kind; any other can be chosen all the same. */
export const choosingFile =
  (title: string, kind: { name: string; extensions: string[] }) => (): Promise<string | null> =>
    chosen({
      title,
      buttonLabel: 'Choose',
      properties: ['openFile', 'dontAddToRecent'],
      filters: [kind, { name: 'All files', extensions: ['*'] }],
    })

export const choosingFolder = (title: string, buttonLabel: string) => (): Promise<string | null> =>
  chosen({ title, buttonLabel, properties: ['openDirectory', 'createDirectory', 'dontAddToRecent'] })

/** True: quit all the same. */
export async function askToQuit(): Promise<boolean> {
  const { response } = await dialog.showMessageBox({
    type: 'warning',
    message: 'Some words are not saved yet',
    detail:
      'They could not be written to the disk; everything saved before is safe. If you quit now, they are lost. ' +
      'Stay, free some space or copy them, and quit then.',
    buttons: ['Stay', 'Quit and lose them'],
    defaultId: 0,
    cancelId: 0,
    noLink: true,
  })
  return response === 1
}
