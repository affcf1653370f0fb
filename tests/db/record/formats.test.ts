import { afterEach, beforeEach, expect, test } from 'vitest'
import type { OpenRecord } from '../../../src/main/services/record/openRecord.ts'
import { noDetails } from '../../../src/shared/document/details.ts'
import { isCarried } from '../../../src/shared/document/blocks.ts'
import { builtIn, soap as soapFormat } from '../../../src/shared/document/formats/builtIn.ts'
import { headOf } from '../../../src/shared/document/formats/format.ts'
import { summarySections } from '../../../src/shared/document/formats/treatmentSummary.ts'
import { readSection } from '../../../src/shared/document/sectionBlocks.ts'
import { addClient, addSession, DAY, MORNING, RecordFile, HOUR } from '../../support/recordFile.ts'

let file: RecordFile
let record: OpenRecord
beforeEach(async () => {
  file = new RecordFile()
  record = await file.open()
})
afterEach(() => record.close())

const plain = {
  name: 'My own',
  sections: soapFormat.sections,
  parts: soapFormat.parts,
  boxes: soapFormat.boxes,
}

test('a format of one’s own: kept, changed, the default of a kind, removed and put back as it was', async () => {
  const key = await record.formats.save(null, plain)
  await record.formats.save(key, { ...plain, name: 'Renamed' })
  await record.formats.setDefault('contact', key)
  const client = await addClient(record)
  const contact = await record.sessions.contactNow(client, 'UTC')
  const note = await record.notes.open(contact)
  expect(note.format).toEqual({ ...headOf(soapFormat), key, name: 'Renamed' })

  await record.formats.remove(key)
  expect((await record.formats.list()).defaults.contact).toBe('contact')
  // What was written in it keeps its headings.
  expect((await record.notes.read(note.id)).format.name).toBe('Renamed')
  await record.formats.putBack(key, { ...plain, name: 'Renamed' })
  expect(await record.formats.list()).toMatchObject({
    own: [{ key, name: 'Renamed' }],
    defaults: { contact: key },
  })
  await expect(record.formats.putBack(key, plain)).rejects.toMatchObject({ code: 'CONFLICT' })
  await record.formats.remove(key)
  await expect(record.formats.remove(key)).rejects.toMatchObject({ code: 'NOT_FOUND' })
  await expect(record.formats.save(key, plain)).rejects.toMatchObject({ code: 'NOT_FOUND' })
  await expect(record.formats.setDefault('group', key)).rejects.toMatchObject({ code: 'NOT_FOUND' })
})

test('a format that cannot be read any more keeps nobody from beginning a note, nor the others from being listed', async () => {
  const [broken, whole] = [await record.formats.save(null, plain), await record.formats.save(null, plain)]
  await record.formats.setDefault('individual', broken)
  for (const stored of ['{', 'null', '{"name":"My own"}']) {
    await file.store.write((h) =>
      h.run(`UPDATE formats SET format = :stored WHERE id = :broken`, { stored, broken }),
    )
    const { own, defaults } = await record.formats.list()
    expect(own.map(({ key }) => key)).toEqual([whole])
    expect(defaults.individual).not.toBe(broken)
  }
  const client = await addClient(record)
  const note = await record.notes.open(await addSession(record, client, MORNING))
  expect(note.format.sections.length).toBeGreaterThan(0)
})

interface Written {
  readonly sections: Readonly<Record<string, string>>
  readonly interventions?: readonly { name: string; outcome: 'helped' | 'mixed' | null }[]
  readonly goals?: readonly { id: string; trend: 'better' | 'same' | 'worse' }[]
  readonly format?: string
}

async function draft(
  client: string,
  at: number,
  { sections, interventions = [], goals = [], format = 'soap' }: Written,
) {
  const found = builtIn(format)
  if (found === undefined) throw new Error('no such format')
  file.now = at
  const { id, revision } = await record.notes.open(await addSession(record, client, at))
  const saved = await record.notes.save(id, revision, {
    format: headOf(found),
    sections: Object.entries(sections).map(([key, text]) => ({ key, text, lexical: null })),
    details: { ...noDetails, interventions: interventions.map((one) => ({ ...one, said: '' })) },
  })
  for (const goal of goals) await record.goals.link(id, goal.id, goal.trend)
  return { id, revision: saved.revision, at }
}

async function sign({ id, revision, at }: Awaited<ReturnType<typeof draft>>, summary: string) {
  file.now = at + HOUR
  await record.signing.sign({ noteId: id, revision, actualStart: at, actualEnd: at + HOUR, summary })
  await record.signing.completeAll()
}

test('a treatment summary is made from what is signed; no word of a draft or of another client is in it', async () => {
  const client = await record.clients.create({
    name: 'Ana',
    pronouns: '',
    birthDate: null,
    referralReason: 'Cannot sleep since the move.',
  })
  const other = await addClient(record, 'Ben')
  const sleep = await record.goals.create(client, 'Sleep through')
  const empty = await record.treatmentSummary.facts(client)
  expect(empty).toMatchObject({ sessions: 0, from: null, to: null, course: [], now: null })

  const intake = {
    format: 'intake',
    sections: { presenting: 'Up four times a night.', assessment: 'First look.' },
  }
  await sign(await draft(client, MORNING, intake), 'Intake')
  await sign(
    await draft(client, MORNING + DAY, {
      sections: { subjective: 'Slept five hours.', assessment: 'Nearer the goal.' },
      interventions: [{ name: 'Sleep schedule', outcome: 'mixed' }],
      goals: [{ id: sleep, trend: 'same' }],
    }),
    'Began the schedule',
  )
  await sign(
    await draft(client, MORNING + 2 * DAY, {
      sections: { subjective: 'Slept six hours.', assessment: '' },
      interventions: [
        { name: 'sleep schedule ', outcome: 'helped' },
        { name: 'Worry time', outcome: null },
      ],
      goals: [{ id: sleep, trend: 'better' }],
    }),
    'Schedule helps',
  )
  await sign(await draft(other, MORNING + 3 * DAY, { sections: { assessment: 'OTHERWORD' } }), 'OTHERWORD')
  await draft(client, MORNING + 4 * DAY, {
    sections: { assessment: 'DRAFTWORD' },
    interventions: [{ name: 'DRAFTWORD', outcome: 'helped' }],
    goals: [{ id: sleep, trend: 'worse' }],
  })

  const facts = await record.treatmentSummary.facts(client)
  expect(facts).toEqual({
    sessions: 3,
    from: MORNING,
    to: MORNING + 2 * DAY,
    referral: 'Cannot sleep since the move.',
    presenting: { at: MORNING, text: 'Up four times a night.' },
    course: [
      { at: MORNING, kind: 'individual', summary: 'Intake' },
      { at: MORNING + DAY, kind: 'individual', summary: 'Began the schedule' },
      { at: MORNING + 2 * DAY, kind: 'individual', summary: 'Schedule helps' },
    ],
    goals: [
      {
        text: 'Sleep through',
        trends: [
          { at: MORNING + DAY, trend: 'same' },
          { at: MORNING + 2 * DAY, trend: 'better' },
        ],
      },
    ],
    interventions: [
      {
        name: 'Sleep schedule',
        times: 2,
        outcomes: [
          { outcome: 'helped', times: 1 },
          { outcome: 'mixed', times: 1 },
        ],
      },
      { name: 'Worry time', times: 1, outcomes: [] },
    ],
    now: { at: MORNING + DAY, text: 'Nearer the goal.' },
  })

  const sections = summarySections(facts, (at) => `day ${(at - MORNING) / DAY}`)
  expect(sections.map(({ key, text }) => [key, text])).toEqual([
    [
      'presenting',
      'Reason for referral:\nCannot sleep since the move.\nAt intake, day 0:\nUp four times a night.',
    ],
    [
      'course',
      '3 signed sessions, day 0 to day 2.\n• day 0: Intake\n• day 1: Began the schedule\n• day 2: Schedule helps',
    ],
    ['progress', '• Sleep through: better once, no change once, looked at since day 1; last better, day 2.'],
    ['interventions-used', '• Sleep schedule, 2 times: helped (1), helped in part (1).\n• Worry time, once.'],
    ['status-now', 'As of day 1:\nNearer the goal.'],
    ['recommendations', ''],
  ])
  for (const section of sections.filter(({ text }) => text !== ''))
    for (const block of readSection(section).blocks) expect(isCarried(block)).toBe(true)
  await expect(record.treatmentSummary.facts(sleep)).rejects.toMatchObject({ code: 'NOT_FOUND' })
})
