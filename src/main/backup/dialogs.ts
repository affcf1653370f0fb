import { choosingFile, chosen } from '../window/dialogs.ts'

export const askForFolder = (): Promise<string | null> =>
  chosen({
    title: 'Choose a folder for backups',
    buttonLabel: 'Use this folder',
    properties: ['openDirectory', 'createDirectory', 'dontAddToRecent'],
  })

export const askForFile = choosingFile('Choose a backup', {
  name: 'Bracket backups',
  extensions: ['bracketbackup'],
})
