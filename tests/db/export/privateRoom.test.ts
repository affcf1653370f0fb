import fc from 'fast-check'
import { expect, test } from 'vitest'
import { fileName } from '../../../src/main/export/fileName.ts'
import { manifest } from '../../../src/main/export/manifest.ts'
import { dayOfNote, sheet } from '../../../src/main/export/sheet.ts'
import { paperTimes } from '../../../src/main/export/times.ts'
import type { SignedNotes } from '../../../src/main/services/record/signedNotes.ts'
import { wellFormed } from '../../../src/shared/document/blocks.ts'
import { soap as format } from '../../../src/shared/document/formats/builtIn.ts'
import { wordsOf } from '../../support/paperText.ts'
import { apart, PrivateFile } from '../../support/privateFile.ts'
import { addSession, HOUR, MINUTE, RecordFile, holds } from '../../support/recordFile.ts'
import { rounds } from '../../support/storeFiles.ts'
import { soapNote } from '../../support/words.ts'

const CHARTS = rounds(1000, 100)
const FROM = '2025-01-01'
const TO = '2025-12-31'

/** A chart: notes of random text around a word of their own, and private notes of the same sessions. */
const text = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 60 }),
  fc.constantFrom('', '<b>', '"; }', '</main>', 'שלום', '👩‍👩‍👧', 'x'.repeat(300), 'a\n\nb'),
)
const chart = fc.record({
  notes: fc.array(fc.record({ before: text, after: text, addendum: fc.boolean(), apart: text }), {
    minLength: 1,
    maxLength: 2,
  }),
  name: text,
  size: fc.constantFrom('a4' as const, 'letter' as const),
  setDown: fc.boolean(),
})
const clean = (value: string): string => wellFormed(value)
const line = (value: string): string => clean(value).replace(/\s+/gu, ' ').trim()

/** Everything that this chart could put outside: pages, running heads, the manifest, the file's name. */
function everythingThatLeaves(
  notes: SignedNotes,
  chosen: { size: 'a4' | 'letter'; setDown: boolean },
): string {
  const common = { ...chosen, sample: false, times: paperTimes('en-US'), now: 0, zone: 'UTC' }
  const packet = sheet({ ...common, notes, days: { from: FROM, to: TO } })
  const singles = notes.notes.map((note) =>
    sheet({ ...common, notes: { ...notes, notes: [note] }, days: null }),
  )
  return [
    ...[packet, ...singles].flatMap(({ body, style }) => [body, style]),
    JSON.stringify(manifest(notes, chosen.size)),
    fileName({ from: FROM, to: TO }, notes.client.name),
    ...notes.notes.map((note) => fileName(dayOfNote(note), notes.client.name)),
  ].join('\n')
}

test(`of ${CHARTS} random charts every progress word is on paper, and not one private word is in anything`, async () => {
  const charts = fc.sample(chart, { numRuns: CHARTS, seed: 19 })
  const file = new RecordFile()
  const beside = new PrivateFile()
  const record = await file.open()
  const room = await beside.open()
  let written = 0
  const plan: { clientId: string; words: string[]; canary: string; index: number }[] = []
  for (const [index, each] of charts.entries()) {
    const clientId = await record.clients.create({
      name: `${line(each.name).slice(0, 80)} Client${index}`,
      pronouns: '',
      birthDate: null,
      referralReason: '',
    })
    const canary = `canaryq${index}zx`
    const words: string[] = []
    for (const [n, one] of each.notes.entries()) {
      const word = `wordw${index}n${n}y`
      const startsAt = file.now - (n + 2) * HOUR
      const sessionId = await addSession(record, clientId, startsAt)
      const draft = await record.notes.open(sessionId)
      await record.notes.save(
        draft.id,
        draft.revision,
        soapNote(
          format.sections.map(({ key }) => ({
            key,
            text: `${clean(one.before)} ${word}${key} ${clean(one.after)}`,
            lexical: null,
          })),
        ),
      )
      words.push(...format.sections.map(({ key }) => `${word}${key}`), `${word}line`, `${word}home`)
      await record.loops.add(clientId, sessionId, 'homework', `${word}home`)
      await record.signing.sign({
        noteId: draft.id,
        revision: draft.revision + 1,
        actualStart: startsAt,
        actualEnd: startsAt + 50 * MINUTE,
        summary: `${word}line`,
      })
      await room.save(sessionId, clientId, 0, apart(`${clean(one.apart)} ${canary} ${clean(one.after)}`))
      written += 1
    }
    await record.signing.completeAll()
    for (const { notes } of [await record.signedNotes.between(clientId, FROM, TO)]) {
      for (const [n, note] of notes.entries()) {
        if (each.notes[n]?.addendum !== true) continue
        await record.notes.addAddendum(note.id, `addendumw${index}n${n}`)
        words.push(`addendumw${index}n${n}`)
      }
    }
    plan.push({ clientId, words, canary, index })
  }
  expect(written).toBeGreaterThan(CHARTS)

  for (const { clientId, words, canary, index } of plan) {
    const chosen = { size: charts[index]?.size ?? 'a4', setDown: true }
    const notes = await record.signedNotes.between(clientId, FROM, TO)
    const out = everythingThatLeaves(notes, chosen)
    const read = wordsOf(out)
    for (const word of words) expect(read.includes(word), word).toBe(true)
    expect(out.includes('canaryq'), canary).toBe(false)
    expect(out.includes(`Client${index}`)).toBe(true)
    const without = everythingThatLeaves(notes, { ...chosen, setDown: false })
    expect(/wordw\d+n\d+yhome|canaryq/u.test(without)).toBe(false)
  }
  // The canaries were there to be found, and what looks for them finds one.
  expect(holds(await beside.everything(), `canaryq${CHARTS - 1}zx`)).toBe(true)
  expect(holds(await file.everything(), 'canaryq')).toBe(false)
  const [last] = plan.slice(-1)
  const notes = await record.signedNotes.between(last?.clientId ?? '', FROM, TO)
  const leaking = notes.notes.map((note) => ({ ...note, summary: `${note.summary} ${last?.canary}` }))
  expect(everythingThatLeaves({ ...notes, notes: leaking }, { size: 'a4', setDown: false })).toContain(
    'canaryq',
  )
  await room.close()
}, 180_000)
