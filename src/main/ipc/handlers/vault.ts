import type { Handlers } from '../../../shared/contract/index.ts'
import type { Entrance } from '../../entrance/entrance.ts'

/** Contract to entrance for the small page; no logic. */
export function vaultHandlers(entrance: Entrance): Pick<Handlers, 'vault'> {
  const done = {}
  return {
    vault: {
      state: () => entrance.state(),
      strength: ({ passphrase }) => entrance.strength(passphrase),
      prepare: ({ setting, passphrase, withoutKeychain }) =>
        entrance.prepare(setting, passphrase, withoutKeychain),
      confirmWords: async (words) => {
        await entrance.confirmWords(words)
        return done
      },
      finish: async () => {
        await entrance.finish()
        return done
      },
      abandon: async () => {
        await entrance.abandon()
        return done
      },
      lookAround: async () => {
        await entrance.lookAround()
        return done
      },
      unlock: async ({ passphrase }) => {
        await entrance.unlock(passphrase)
        return done
      },
      open: async () => {
        await entrance.open()
        return done
      },
      recover: async ({ recordCode, privateCode, passphrase, withoutKeychain }) => {
        await entrance.recover(recordCode, privateCode, passphrase, withoutKeychain)
        return done
      },
      unlockPrivate: async ({ passphrase }) => {
        await entrance.unlockPrivate(passphrase)
        return done
      },
      recoverPrivate: async ({ privateCode, passphrase }) => {
        await entrance.recoverPrivate(privateCode, passphrase)
        return done
      },
      confirmCodes: async ({ recordCode, privateCode }) => {
        await entrance.confirmCodes(recordCode, privateCode)
        return done
      },
      goOn: async () => {
        await entrance.goOn()
        return done
      },
      changePassphrase: ({ passphrase, replacement }) => entrance.changePassphrase(passphrase, replacement),
      renewSheets: ({ passphrase, newKeys }) => entrance.renewSheets(passphrase, newKeys),
      confirmSheets: async (words) => {
        await entrance.confirmSheets(words)
        return done
      },
      keyWork: async () => entrance.keyWork(),
      cancelNewKeys: async () => {
        entrance.cancelNewKeys()
        return done
      },
      leaveNewKeys: async () => {
        entrance.leaveNewKeys()
        return done
      },
      keys: () => entrance.keys(),
      setBackupPassphrase: ({ passphrase, backupPassphrase }) =>
        entrance.setBackupPassphrase(passphrase, backupPassphrase),
      removeBackupPassphrase: async ({ passphrase }) => {
        await entrance.removeBackupPassphrase(passphrase)
        return done
      },
      setWithoutPassphrase: async ({ passphrase, on }) => {
        await entrance.setWithoutPassphrase(passphrase, on)
        return done
      },
      dismiss: async () => {
        entrance.dismiss()
        return done
      },
    },
  }
}
