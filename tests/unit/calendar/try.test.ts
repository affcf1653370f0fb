import fc from 'fast-check'
import { test } from 'vitest'
import { anyRule, clinicRule, plainRule, arrangementWith, FIRST_WINDOW_END } from './arbitraries.ts'
import { expandedByIcal } from './icalExpansion.ts'
import { occurrences } from '../../../src/shared/domain/calendar/occurrences.ts'
import { appendFileSync, writeFileSync } from 'node:fs'
test('try', () => {
  const end = FIRST_WINDOW_END
  writeFileSync('/tmp/rec/diff.txt', '')
  for (const [name, rule] of [
    ['plain', plainRule],
    ['clinic', clinicRule],
    ['any', anyRule],
  ] as const) {
    let bad = 0,
      n = 0,
      tI = 0,
      tO = 0
    const sample = fc.sample(arrangementWith(rule), {
      numRuns: Number(process.env['N'] ?? 300),
      seed: Number(process.env['SEED'] ?? 1),
    })
    for (const a of sample) {
      n++
      let t = performance.now()
      let ours, theirs
      try {
        ours = occurrences(a, Number.NEGATIVE_INFINITY, end, 300)
      } catch (e) {
        appendFileSync('/tmp/rec/diff.txt', `${name} OURS THROWS ${JSON.stringify(a)} ${e}\n`)
        bad++
        continue
      }
      tO += performance.now() - t
      if (/DAILY.*BYMONTHDAY=[^;]*-/.test(a.rule)) continue
      const ended = occurrences(
        { ...a, dates: [], except: [], starts: a.starts, rule: a.rule.replace(/;(COUNT|UNTIL)=[^;]*/, '') },
        end,
        end + 40 * 365 * 86400000,
        1,
      )
      if (ended.found.length === 0) {
        appendFileSync('/tmp/rec/diff.txt', `${name} SKIP ${a.starts} ${a.rule}\n`)
        continue
      }
      t = performance.now()
      writeFileSync('/tmp/rec/cur.txt', JSON.stringify(a))
      try {
        theirs = expandedByIcal(a, end, 300)
      } catch (e) {
        appendFileSync('/tmp/rec/diff.txt', `${name} ICAL THROWS ${JSON.stringify(a)} ${e}\n`)
        bad++
        continue
      }
      tI += performance.now() - t
      {
        const f = (x: { wall: string; startsAt: number }[]) =>
          x
            .filter((y) => y.wall !== a.starts)
            .map((y) => y.wall + y.startsAt)
            .join()
        if (f(ours.found as never) === f(theirs as never)) continue
      }
      const o = ours.found.map((x) => x.wall),
        i = theirs.map((x) => x.wall)
      const oi = ours.found.map((x) => x.startsAt),
        ii = theirs.map((x) => x.startsAt)
      if (o.join() !== i.join() || oi.join() !== ii.join()) {
        bad++
        const k = o.findIndex((x, q) => x !== i[q] || oi[q] !== ii[q])
        appendFileSync(
          '/tmp/rec/diff.txt',
          `${name} ${a.starts} ${a.zone} ${a.rule} d=${a.dates} x=${a.except} n=${o.length}/${i.length} at ${k}\n   ours ${ours.found
            .slice(Math.max(0, k - 1), k + 4)
            .map((x) => x.wall + '@' + new Date(x.startsAt).toISOString())
            .join(' ')}\n   ical ${theirs
            .slice(Math.max(0, k - 1), k + 4)
            .map((x) => x.wall + '@' + new Date(x.startsAt).toISOString())
            .join(' ')}\n`,
        )
      }
    }
    appendFileSync(
      '/tmp/rec/diff.txt',
      `== ${name} ${bad}/${n} ours ${tO.toFixed(0)} ical ${tI.toFixed(0)}\n`,
    )
  }
}, 200000)
