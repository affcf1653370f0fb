import type { Handlers } from '../../../shared/contract/index.ts'
import { Refusal } from '../../../shared/contract/result.ts'
import type { Clipboard } from '../../clipboard.ts'
import type { Entrance } from '../../entrance/entrance.ts'
import type { HeldBack } from '../../heldBack.ts'
import type { Locking } from '../../locking.ts'
import type { Rooms } from '../../rooms/rooms.ts'

export interface AppFacts {
  clockOffset: number
  version: string
  platform: 'mac' | 'windows' | 'linux'
}

export interface AppServices {
  rooms: Rooms
  locking: Locking
  entrance: Entrance
  clipboard: Clipboard
  heldBack: HeldBack
  facts: AppFacts
}

/** Contract to services for what concerns the application as a whole; no logic. */
export function appHandlers(services: AppServices): Pick<Handlers, 'app'> {
  const { rooms, locking, entrance, clipboard, heldBack, facts } = services
  const open = () => {
    const [record, place] = [rooms.record(), rooms.place()]
    if (record === null || place === null) throw new Refusal('LOCKED')
    return { record, place }
  }
  return {
    app: {
      context: async () => {
        const { record, place } = open()
        return {
          ...facts,
          setting: place.setting,
          sample: place.sampleKey !== null,
          place: locking.place(),
          preferences: record.preferences.current(),
          recoveryConfirmed: place.recoveryConfirmed(),
          ...record.visit,
        }
      },
      rememberPlace: async (place) => {
        locking.rememberPlace(place)
        return {}
      },
      setPreferences: async (preferences) => {
        await open().record.preferences.set(preferences)
        locking.preferencesChanged()
        return {}
      },
      verification: async () => open().record.verification.found(),
      lock: async () => {
        void locking.lock()
        return {}
      },
      flushed: async ({ unsaved }) => {
        locking.pageFlushed(unsaved)
        return {}
      },
      takeHeldBack: async () => ({ notes: heldBack.take() }),
      confirmRecovery: async () => ({ confirmed: await entrance.confirmRecovery() }),
      changePassphrase: async () => ({ changed: await entrance.askForPassphrase() }),
      renewSheets: async () => ({ renewed: await entrance.askForSheets() }),
      keys: () => entrance.keys(),
      backupPassphrase: async () => ({ changed: await entrance.askForBackupPassphrase() }),
      withoutPassphrase: async () => ({ changed: await entrance.askForWithoutPassphrase() }),
      copy: async ({ text }) => {
        clipboard.put(text)
        return {}
      },
    },
  }
}
