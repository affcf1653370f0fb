import { compare } from '../../../src/main/services/record/witnessing.ts'
import { WitnessItem } from '../../../src/main/vault/witness.ts'
import { FakeKeychain } from '../../support/fakeKeychain.ts'
import { verified } from '../../support/forging.ts'
import { VAULT } from '../../support/leftBehind.ts'
import { addClient, addSession, DAY, MINUTE, RecordFile, sealed, write } from '../../support/recordFile.ts'
import { chance } from '../chance.ts'
import { must, type Trial } from '../trial.ts'

const ZONES = ['America/Chicago', 'Asia/Tokyo', 'Europe/Berlin', 'Pacific/Apia'] as const
/** A minute, the two hours of a daylight saving, days, a year; either way. */
const JUMPS = [MINUTE, 60 * MINUTE, 120 * MINUTE, DAY, 30 * DAY, 365 * DAY] as const

export const clock: Trial = {
  name: 'clock',
  says: 'The clock set back and forth (to a year) and the zone changed, between and during acts: all is there, no false alarm',
  ci: 8,
  release: 200,
  lacks: ({ back = 0 }, rounds) => (back >= rounds ? null : 'the clock was hardly set back'),
  async stand() {
    return {
      async round(seed) {
        const pick = chance(seed)
        const file = new RecordFile()
        const item = new WitnessItem(new FakeKeychain(), VAULT)
        file.witness = item
        let record = await file.open()
        const client = await addClient(record)
        const texts: string[] = []
        let back = 0
        for (let turn = 1; turn <= 6; turn += 1) {
          const jump = (JUMPS[pick(JUMPS.length)] ?? MINUTE) * (pick(2) === 0 ? 1 : -1)
          file.now += turn === 3 ? -DAY : jump
          if (turn === 3 || jump < 0) back += 1
          const text = `Turn ${turn}`
          if (pick(2) === 0) await sealed(file, record, client, text)
          else await write(record, await addSession(record, client, file.now), text)
          texts.push(text)
          if (pick(3) === 0) {
            await record.close()
            file.now -= pick(2) * 60 * MINUTE
            record = await file.open(ZONES[pick(ZONES.length)])
          }
        }
        await record.anchor()
        must((await compare(file.store, item, true)) === null, 'a false alarm of the witness')
        must((await verified(file.store, file.now)).state === 'intact', 'signed notes look changed')
        must((await record.log.verify()).brokenAt === null, 'the log looks changed')
        const rows = await file.store.read((h) => h.all<{ text: string }>('SELECT * FROM bodies'))
        const all = JSON.stringify(rows)
        must(
          texts.every((text) => all.includes(text)),
          'a text is missing',
        )
        await record.close()
        return { back }
      },
    }
  },
}
