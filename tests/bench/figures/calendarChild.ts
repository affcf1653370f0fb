/**
 * A program for Electron's Node: `calendar.mjs <directory>` takes in a calendar of 10,000 events again and again and
 * prints what it took as one line of JSON.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { planInSlices, planTaking } from '../../../src/main/calendar/planning/planning.ts'
import { readInWorker } from '../../../src/main/calendar/readInWorker.ts'
import { manyEvents } from '../../support/calendars/manyEvents.ts'
import type { CalendarMeasured } from './calendar.ts'

const ROUNDS = 5
const [directory = ''] = process.argv.slice(2)
const place = path.join(directory, 'calendar.ics')
writeFileSync(place, manyEvents(10_000))
const clients = Array.from({ length: 200 }, (_, at) => ({ id: String(at), name: `Person ${at}` }))
const options = { now: Date.UTC(2026, 2, 10) }

const measured: Record<keyof CalendarMeasured, number[]> = { file: [], taken: [], blocked: [], plan: [] }
for (let round = 0; round < ROUNDS; round++) {
  const file = performance.now()
  const bytes = new Uint8Array(readFileSync(place))
  measured.file.push(performance.now() - file)

  let last = performance.now()
  let longest = 0
  const look = (): void => {
    const now = performance.now()
    longest = Math.max(longest, now - last)
    last = now
  }
  const timer = setInterval(look, 1)
  const began = performance.now()
  const reading = await readInWorker(bytes, {
    workerPath: new URL('./calendar.worker.mjs', import.meta.url),
    homeZone: 'America/New_York',
  })
  if ('unreadable' in reading) throw new Error(reading.unreadable)
  const nothing = { series: [], matches: new Map(), clients }
  const first = await planInSlices(reading, nothing, options)
  measured.taken.push(performance.now() - began)
  // The timer's next turn tells how long the plan kept it waiting.
  await new Promise((resolve) => setTimeout(resolve, 5))
  look()
  clearInterval(timer)
  measured.blocked.push(longest)

  const matches = new Map(
    first.titles.map(({ title }) => [title, { to: 'client', id: '1', kind: 'individual' } as const]),
  )
  const known = planTaking(reading, { ...nothing, matches }, options).add.map(({ event, whose }) => ({
    uid: event.uid,
    event,
    whose,
  }))
  const plan = performance.now()
  const again = planTaking(reading, { series: known, matches, clients }, options)
  measured.plan.push(performance.now() - plan)
  if (again.same.length !== reading.events.length) throw new Error('taking the same again changed something')
}
process.stdout.write(`${JSON.stringify(measured)}\n`)
