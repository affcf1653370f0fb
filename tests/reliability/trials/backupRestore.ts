import path from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import { CANARY, House, NEW_PASSPHRASE, PRIVATE_CANARY, rowsOf } from '../../support/backupHouse.ts'
import { FakeKeychain } from '../../support/fakeKeychain.ts'
import { passphrase } from '../../support/vaultProfile.ts'
import { chance } from '../chance.ts'
import { must, type Trial } from '../trial.ts'

async function rowsIn(house: House, typed: string): Promise<Record<string, string>[]> {
  const vault = house.vaultAt(house.profile)
  const { recordKey } = await vault.unlock(typed)
  const { privateKey } = await vault.unlockPrivate(typed)
  await vault.lock()
  const file = (name: string): string => path.join(house.profile, name)
  return [
    await rowsOf(file('record.db'), recordKey, CANARY),
    await rowsOf(file('private.db'), privateKey, PRIVATE_CANARY),
  ]
}

export const backupRestore: Trial = {
  name: 'backup-restore',
  says: 'Backup, another computer, both sheets: every row of both databases is as it was',
  ci: 5,
  release: 500,
  roundsPerStand: 5,
  stand: async () => ({
    async round(seed) {
      const house = await House.build()
      await house.create()
      const record = await house.unlock()
      const clients = 1 + (seed <= 5 ? seed - 1 : chance(seed)(8))
      for (let n = 0; n < clients; n += 1) await house.live(record, n)
      // Locking writes the index of drafts; from here on nothing but the log and what is kept of backups changes.
      await house.lock()
      await house.unlock()
      const file = await house.backUp()
      await house.lock()
      const before = await rowsIn(house, passphrase)
      must(before[0]?.['bodies']?.includes(CANARY) ?? false, 'nothing was written')
      must(
        Object.values(before[1] ?? {})
          .join(' ')
          .includes(PRIVATE_CANARY),
        'nothing private was written',
      )

      const computer = await House.build(new FakeKeychain())
      computer.carry(file)
      const door = computer.door()
      must((await door.settled()) === null, 'something was there before')
      const offer = await door.choose()
      must(
        offer?.counts.clients === clients && offer.counts.notes === 2 * clients,
        'the offer counts otherwise',
      )
      must(offer.present === 'none' && !offer.passphraseOpens, 'the offer knows the other computer')
      const { record: recordCode, private: privateCode } = house.sheets
      const keys = { by: 'sheets' as const, recordCode, privateCode, passphrase: NEW_PASSPHRASE }
      must((await door.check(keys)).privatePart === 'opened', 'the private part was not opened')
      await door.apply(keys)
      must(isDeepStrictEqual(await rowsIn(computer, NEW_PASSPHRASE), before), 'rows differ')
      must(computer.leftovers().length === 0, 'something was left lying about')
      const former = await computer
        .vaultAt(computer.profile)
        .unlock(passphrase)
        .then(
          () => 'opened',
          (thrown: { code?: string }) => thrown.code,
        )
      must(former === 'WRONG_PASSPHRASE', 'the former passphrase')
      return { clients }
    },
  }),
}
