import { BrowserWindow, dialog } from 'electron'

/** Paths are chosen in the system's own dialogs and stay in main; a page is told a name at most. */
export async function askForCalendar(): Promise<string | null> {
  const parent = BrowserWindow.getFocusedWindow()
  const options = {
    title: 'Choose a calendar',
    buttonLabel: 'Choose',
    properties: ['openFile' as const, 'dontAddToRecent' as const],
    filters: [
      { name: 'Calendars', extensions: ['ics', 'ical', 'icalendar'] },
      { name: 'All files', extensions: ['*'] },
    ],
  }
  const { canceled, filePaths } = await (parent === null
    ? dialog.showOpenDialog(options)
    : dialog.showOpenDialog(parent, options))
  return canceled ? null : (filePaths[0] ?? null)
}

export async function askForCalendarFolder(): Promise<string | null> {
  const parent = BrowserWindow.getFocusedWindow()
  const options = {
    title: 'Choose a folder in which calendars are saved',
    buttonLabel: 'Look here',
    properties: ['openDirectory' as const, 'dontAddToRecent' as const],
  }
  const { canceled, filePaths } = await (parent === null
    ? dialog.showOpenDialog(options)
    : dialog.showOpenDialog(parent, options))
  return canceled ? null : (filePaths[0] ?? null)
}
