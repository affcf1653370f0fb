import { app } from 'electron'
import type { Clock } from '../shared/domain/clock.ts'
import { createCalendarDesk } from './calendar/desk.ts'
import { askForCalendar, askForCalendarFolder } from './calendar/dialogs.ts'
import { readInWorker } from './calendar/readInWorker.ts'
import { createPaper } from './export/paper.ts'
import { placeFile } from './export/placeFile.ts'
import { createFormatDesk } from './formats/desk.ts'
import type { Rooms } from './rooms/rooms.ts'
import { createSnippetDesk } from './shorthand/desk.ts'
import { choosingFile, choosingPlace } from './window/dialogs.ts'
import { createPress } from './window/press.ts'
import type { Windows } from './window/windows.ts'

const CALENDAR_TICK_MS = 300_000

interface DeskPorts {
  profile: string
  clock: Clock
  rooms: Rooms
  windows: Windows
  /** The folder of the built pages. */
  pages: string
}

/** Where files come in and go out by hand: calendars, formats, shorthand, paper. They know the record alone. */
export function createDesks({ profile, clock, rooms, windows, pages }: DeskPorts) {
  const choosePlace = choosingPlace(windows.appWindow)
  const place = async (target: string, bytes: Uint8Array): Promise<void> => {
    const record = rooms.record()
    if (record !== null) await placeFile(target, bytes, record.signedNotes.unfinished)
  }
  const calendarWorker = new URL('./calendar-worker.js', import.meta.url)
  const calendar = createCalendarDesk({
    record: rooms.record,
    clock,
    read: (bytes, how) => readInWorker(bytes, { workerPath: calendarWorker, ...how }),
    askForCalendar,
    askForFolder: askForCalendarFolder,
    choosePlace: choosePlace({ name: 'Calendar', extensions: ['ics'] }),
    place,
    onWork: (work) => windows.send('takingIn', work),
    changed: () => windows.send('changed', { topics: ['calendars'] }),
  })
  setInterval(() => void calendar.tick().catch(() => undefined), CALENDAR_TICK_MS).unref()

  const formats = createFormatDesk({
    record: rooms.record,
    askForFormat: choosingFile('Choose a note format', { name: 'Formats of Bracket', extensions: ['json'] }),
    choosePlace: choosePlace({ name: 'Format of Bracket', extensions: ['json'] }),
    place,
  })
  const shorthand = createSnippetDesk({
    record: rooms.record,
    askForGlossary: choosingFile('Choose a list of shorthand', {
      name: 'Tables',
      extensions: ['csv', 'tsv', 'txt'],
    }),
    choosePlace: choosePlace({ name: 'Table', extensions: ['csv'] }),
    place,
  })

  const paper = createPaper({
    record: rooms.record,
    press: createPress({ directory: pages, owner: windows.appWindow }),
    clock,
    vaultDirectory: profile,
    isSample: () => (rooms.place()?.sampleKey ?? null) !== null,
    choosePlace: choosePlace({ name: 'PDF', extensions: ['pdf'] }),
    locale: () => ({
      language: app.getSystemLocale(),
      region: app.getLocaleCountryCode(),
      zone: Intl.DateTimeFormat().resolvedOptions().timeZone,
    }),
    onLeft: async (how, noteIds) => {
      for (const subject of noteIds) {
        await rooms.record()?.log.note(how === 'pdf' ? 'exported-pdf' : 'printed', { subject })
      }
    },
  })

  return { calendar, formats, shorthand, paper }
}
