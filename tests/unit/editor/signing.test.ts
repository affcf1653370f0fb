import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { checkActualTimes, checklist, proposeTimes } from '../../../src/renderer/features/write/signing.ts'
import type { Loop } from '../../../src/shared/contract/loops.ts'
import { fillIn } from '../../../src/shared/domain/shorthand.ts'
import { soap } from '../../../src/shared/document/formats/builtIn.ts'

const ZONE = 'America/New_York'
const at = (iso: string): number => Date.parse(iso)
const session = {
  startsAt: at('2026-11-24T19:00:00Z'),
  endsAt: at('2026-11-24T19:50:00Z'),
  startedAt: null,
  endedAt: null,
}

describe('the times that the sheet proposes', () => {
  it('are the scheduled ones when nothing was pressed, and say so', () => {
    expect(proposeTimes(session, ZONE)).toEqual({
      date: '2026-11-24',
      starts: '14:00',
      ends: '14:50',
      endDays: 0,
      from: 'scheduled',
    })
  })

  it('are the pressed ones where there are any', () => {
    const startedAt = at('2026-11-24T19:04:30Z')
    expect(proposeTimes({ ...session, startedAt }, ZONE)).toMatchObject({
      starts: '14:04',
      from: 'partly-pressed',
    })
    const endedAt = at('2026-11-24T19:55:00Z')
    expect(proposeTimes({ ...session, startedAt, endedAt }, ZONE)).toMatchObject({
      ends: '14:55',
      from: 'pressed',
    })
  })

  it('are a minute at least, where Start and End were pressed within one', () => {
    const startedAt = at('2026-11-24T19:42:10Z')
    const proposed = proposeTimes({ ...session, startedAt, endedAt: startedAt + 20_000 }, ZONE)
    expect(proposed).toMatchObject({ starts: '14:42', ends: '14:43' })
    expect(checkActualTimes(proposed, ZONE).ok).toBe(true)
  })

  it('keep the length of a session that began after its scheduled end', () => {
    const startedAt = at('2026-11-24T20:30:00Z')
    expect(proposeTimes({ ...session, startedAt }, ZONE)).toMatchObject({ starts: '15:30', ends: '16:20' })
  })

  it('go over midnight', () => {
    const late = { ...session, startsAt: at('2026-11-25T04:40:00Z'), endsAt: at('2026-11-25T05:30:00Z') }
    const proposed = proposeTimes(late, ZONE)
    expect(proposed).toMatchObject({ date: '2026-11-24', starts: '23:40', ends: '00:30', endDays: 1 })
    expect(checkActualTimes(proposed, ZONE)).toEqual({
      ok: true,
      actualStart: late.startsAt,
      actualEnd: late.endsAt,
    })
  })

  it('come back as the same minutes, in any zone and across its clock changes', () => {
    const minutes = fc.integer({
      min: at('2025-01-01T00:00:00Z') / 60_000,
      max: at('2027-12-31T00:00:00Z') / 60_000,
    })
    const zone = fc.constantFrom(
      'America/New_York',
      'Europe/Berlin',
      'Asia/Kolkata',
      'Australia/Lord_Howe',
      'UTC',
    )
    fc.assert(
      fc.property(minutes, fc.integer({ min: 1, max: 20 * 60 }), zone, (start, length, where) => {
        const one = { ...session, startsAt: start * 60_000, endsAt: (start + length) * 60_000 }
        const checked = checkActualTimes(proposeTimes(one, where), where)
        // An hour that the clock shows twice is read as its first; nothing else may move.
        const moved = checked.ok ? [one.startsAt - checked.actualStart, one.endsAt - checked.actualEnd] : null
        if (moved === null) expect(where).not.toBe('UTC')
        else for (const by of moved) expect([0, 30 * 60_000, 60 * 60_000]).toContain(by)
        if (where === 'UTC' || where === 'Asia/Kolkata') expect(moved).toEqual([0, 0])
      }),
    )
  })
})

describe('the times that are confirmed', () => {
  const times = { date: '2026-11-24', starts: '14:00', ends: '14:50', endDays: 0 }

  it('must be whole, in order and within a day', () => {
    expect(checkActualTimes({ ...times, date: null }, ZONE)).toMatchObject({ ok: false, field: 'date' })
    expect(checkActualTimes({ ...times, starts: null }, ZONE)).toMatchObject({ ok: false, field: 'starts' })
    expect(checkActualTimes({ ...times, ends: null }, ZONE)).toMatchObject({ ok: false, field: 'ends' })
    expect(checkActualTimes({ ...times, ends: '13:00' }, ZONE)).toEqual({
      ok: false,
      field: 'ends',
      sentence: 'The end is before the start. Please set a later end.',
    })
    expect(checkActualTimes({ ...times, ends: '14:00' }, ZONE).ok).toBe(false)
    expect(checkActualTimes({ ...times, ends: '15:00', endDays: 1 }, ZONE)).toMatchObject({
      ok: false,
      field: 'ends',
    })
    expect(checkActualTimes(times, ZONE).ok).toBe(true)
  })
})

describe('the checklist', () => {
  const loop = (kind: Loop['kind'], closedHow: Loop['closedHow'] = null): Loop => ({
    id: crypto.randomUUID(),
    clientId: crypto.randomUUID(),
    sessionId: null,
    kind,
    text: 'x',
    createdAt: 0,
    sessionAt: null,
    closedAt: closedHow === null ? null : 1,
    closedHow,
    outcome: '',
  })
  const written = soap.sections.map(({ key }) => ({ key, text: 'Something.', lexical: null }))
  const met = (list: ReturnType<typeof checklist>) => Object.fromEntries(list.map((i) => [i.key, i.met]))

  it('is all met for a whole note', () => {
    const list = checklist(soap, written, {
      setDown: [loop('homework'), loop('plan')],
      openLoops: [loop('homework', 'partly')],
    })
    expect(met(list)).toEqual({ sections: true, reviewed: true, homework: true, plan: true })
  })

  it('names what is empty and counts what is open', () => {
    const list = checklist(soap, written.slice(0, 1), {
      setDown: [loop('homework', 'dropped')],
      openLoops: [loop('homework'), loop('plan')],
    })
    expect(list.map((i) => i.text)).toEqual([
      'Objective, Assessment and Plan are empty',
      'One piece of homework from before still open',
      'No homework set down',
      'No next step set down',
    ])
    expect(Object.values(met(list))).not.toContain(true)
  })

  it('counts the gaps of shorthand that nobody filled in', () => {
    const gap = { key: 'plan', text: `Call ${fillIn('whom')} on ${fillIn('day')}.`, lexical: null }
    const texts = (sections: typeof written) =>
      checklist(soap, sections, { setDown: [], openLoops: [] }).map((i) => i.text)
    expect(texts([...written.slice(0, 3), gap])).toContain('2 gaps of shorthand still to fill in')
    expect(texts(written).join()).not.toContain('gap')
  })

  it('names first what the format asks for, and says nothing of it once it is written', () => {
    const nothing = { setDown: [], openLoops: [] }
    const asked = ['assessment', 'plan']
    const texts = (sections: typeof written) =>
      checklist(soap, sections, nothing, asked)
        .slice(0, 2)
        .map((i) => i.text)
    expect(texts(written.slice(0, 1))).toEqual([
      'SOAP asks for Assessment and Plan; nothing is written there yet',
      'Objective is empty',
    ])
    expect(texts(written.slice(0, 3))).toEqual([
      'SOAP asks for Plan; nothing is written there yet',
      'Every other section has something in it',
    ])
    expect(texts(written)[0]).toBe('Every section has something in it')
  })
})
