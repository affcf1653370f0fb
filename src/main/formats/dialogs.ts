import { BrowserWindow, dialog } from 'electron'

/** The path is chosen in the system's own dialog and stays in main. */
export async function askForFormat(): Promise<string | null> {
  const parent = BrowserWindow.getFocusedWindow()
  const options = {
    title: 'Choose a note format',
    buttonLabel: 'Choose',
    properties: ['openFile' as const, 'dontAddToRecent' as const],
    filters: [
      { name: 'Formats of Bracket', extensions: ['json'] },
      { name: 'All files', extensions: ['*'] },
    ],
  }
  const { canceled, filePaths } = await (parent === null
    ? dialog.showOpenDialog(options)
    : dialog.showOpenDialog(parent, options))
  return canceled ? null : (filePaths[0] ?? null)
}
