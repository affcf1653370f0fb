import { BrowserWindow, dialog, type OpenDialogOptions } from 'electron'

/** Paths are chosen in the system's own dialogs and stay in main; a page is told a name at most. */
async function chosen(options: OpenDialogOptions): Promise<string | null> {
  const parent = BrowserWindow.getFocusedWindow()
  const { canceled, filePaths } = await (parent === null
    ? dialog.showOpenDialog(options)
    : dialog.showOpenDialog(parent, options))
  return canceled ? null : (filePaths[0] ?? null)
}

export const askForFolder = (): Promise<string | null> =>
  chosen({
    title: 'Choose a folder for backups',
    buttonLabel: 'Use this folder',
    properties: ['openDirectory', 'createDirectory', 'dontAddToRecent'],
  })

export const askForFile = (): Promise<string | null> =>
  chosen({
    title: 'Choose a backup',
    buttonLabel: 'Choose',
    properties: ['openFile', 'dontAddToRecent'],
    filters: [
      { name: 'Bracket backups', extensions: ['bracketbackup'] },
      { name: 'All files', extensions: ['*'] },
    ],
  })
