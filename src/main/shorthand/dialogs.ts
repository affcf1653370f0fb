import { BrowserWindow, dialog } from 'electron'

/** The path is chosen in the system's own dialog and stays in main. */
export async function askForGlossary(): Promise<string | null> {
  const parent = BrowserWindow.getFocusedWindow()
  const options = {
    title: 'Choose a list of shorthand',
    buttonLabel: 'Choose',
    properties: ['openFile' as const, 'dontAddToRecent' as const],
    filters: [
      { name: 'Tables', extensions: ['csv', 'tsv', 'txt'] },
      { name: 'All files', extensions: ['*'] },
    ],
  }
  const { canceled, filePaths } = await (parent === null
    ? dialog.showOpenDialog(options)
    : dialog.showOpenDialog(parent, options))
  return canceled ? null : (filePaths[0] ?? null)
}
