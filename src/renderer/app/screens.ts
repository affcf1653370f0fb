import { ClientDialog } from '../features/clients/clients.ts'
import { later } from '../ui/later.tsx'
import { preloadMenus } from '../ui/Menu.tsx'
import { ContactDialog, MoveDialog, SessionDialog, StatusDialog } from '../features/schedule/schedule.ts'

/*
 * Everything but Today is a file of its own, fetched once Today has been painted. Not the router's own lazy
 * components: when such a screen is the first one, React reports it as an error.
 */
export const ReviewScreen = later(
  async () => (await import('../features/review/ReviewScreen.tsx')).ReviewScreen,
)
export const WriteScreen = later(async () => (await import('../features/write/WriteScreen.tsx')).WriteScreen)
export const ClientsScreen = later(
  async () => (await import('../features/clients/ClientsScreen.tsx')).ClientsScreen,
)
export const ClientScreen = later(
  async () => (await import('../features/client/ClientScreen.tsx')).ClientScreen,
)
export const SearchScreen = later(
  async () => (await import('../features/search/SearchScreen.tsx')).SearchScreen,
)
export const SettingsScreen = later(
  async () => (await import('../features/settings/SettingsScreen.tsx')).SettingsScreen,
)
export const WeekScreen = later(
  async () => (await import('../features/schedule/week/WeekScreen.tsx')).WeekScreen,
)
export const CalendarsScreen = later(
  async () => (await import('../features/calendars/CalendarsScreen.tsx')).CalendarsScreen,
)
export const TemplatesScreen = later(
  async () => (await import('../features/templates/TemplatesScreen.tsx')).TemplatesScreen,
)
export const ActivityScreen = later(
  async () => (await import('../features/log/ActivityScreen.tsx')).ActivityScreen,
)
export const BackupScreen = later(
  async () => (await import('../features/backup/BackupScreen.tsx')).BackupScreen,
)

/** The search of the record never imports the private room: the router puts the two side by side. */
export const PrivateSearch = later(
  async () => (await import('../features/private/PrivateSearch.tsx')).PrivateSearch,
)

export const Layers = later(async () => (await import('./Layers.tsx')).Layers)

/** When the machine has nothing else to do, so that no later click waits for a file. */
export async function warmUp(): Promise<void> {
  await Promise.all([Layers.preload(), preloadMenus()])
  for (const screen of [ReviewScreen, ClientScreen, WriteScreen]) await screen.preload()
  for (const dialog of [SessionDialog, MoveDialog, ContactDialog, StatusDialog, ClientDialog])
    await dialog.preload()
  for (const screen of [WeekScreen, ClientsScreen, SearchScreen, SettingsScreen]) await screen.preload()
}
