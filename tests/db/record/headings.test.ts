import { expect, test } from 'vitest'
import { builtIn } from '../../../src/shared/document/formats/builtIn.ts'
import { headOf } from '../../../src/shared/document/formats/format.ts'
import {
  addClient,
  addSession,
  DAY,
  HOUR,
  MORNING,
  RecordFile,
  soap,
  ZONE,
} from '../../support/recordFile.ts'

test('a client’s notes by kind of session and by heading, newest first, page by page', async () => {
  const file = new RecordFile()
  const record = await file.open()
  const [ana, ben] = [await addClient(record), await addClient(record, 'Ben')]
  const home = builtIn('home-visit')
  if (home === undefined) throw new Error('there is no format for home visits')
  for (let n = 0; n < 6; n += 1) {
    const starts = { startsAt: MORNING - n * DAY, endsAt: MORNING - n * DAY + HOUR, zone: ZONE }
    const kind = n % 2 === 0 ? 'individual' : 'home-visit'
    const note = await record.notes.open(await record.sessions.create(ana, kind, starts))
    const words =
      kind === 'individual'
        ? soap('Words', n === 0 ? 'Go on' : '')
        : {
            ...soap(''),
            format: headOf(home),
            sections: [{ key: 'home', text: 'Two rooms', lexical: null }],
          }
    await record.notes.save(note.id, note.revision, words)
  }
  const other = await record.notes.open(await addSession(record, ben, MORNING))
  await record.notes.save(other.id, other.revision, soap('Ben', 'Ben'))

  expect(await record.clients.headings(ana)).toEqual([
    { key: 'home', label: 'At the home', notes: 3 },
    { key: 'subjective', label: 'Subjective', notes: 3 },
    { key: 'plan', label: 'Plan', notes: 1 },
  ])
  const list = async (kind: 'individual' | 'home-visit' | 'group' | null, heading: string | null) => {
    const asked = { clientId: ana, before: null, limit: 2, only: { kind, heading } }
    const first = await record.clients.notes(asked)
    const before = first.notes.at(-1)?.order ?? null
    const rest = first.more ? (await record.clients.notes({ ...asked, before, limit: 50 })).notes : []
    return [...first.notes, ...rest].map((line) => Math.round((MORNING - line.at) / DAY))
  }
  expect(await list('home-visit', null)).toEqual([1, 3, 5])
  expect(await list('individual', null)).toEqual([0, 2, 4])
  expect(await list(null, 'home')).toEqual([1, 3, 5])
  expect(await list(null, 'plan')).toEqual([0])
  expect(await list('home-visit', 'plan')).toEqual([])
  expect(await list('group', null)).toEqual([])
  // Whatever is asked for is a value, never a piece of SQL or a path.
  expect(await list(null, "home' OR 1=1 --")).toEqual([])
  await record.close()
})
