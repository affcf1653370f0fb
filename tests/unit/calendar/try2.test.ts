import fc from 'fast-check'
import { test } from 'vitest'
import { execFileSync } from 'node:child_process'
import { writeFileSync, readFileSync } from 'node:fs'
import { anyRule, clinicRule, starts } from './arbitraries.ts'
import { soundRule } from '../../../src/shared/domain/calendar/rules.ts'
import { followRule } from '../../../src/shared/domain/calendar/occurrences.ts'
import { wallNumber, wallText } from '../../../src/shared/domain/calendar/walls.ts'
test('py', () => {
  const end = '2029-01-01T00:00:00'
  const sample = fc
    .sample(fc.tuple(fc.oneof(clinicRule, anyRule, anyRule), starts), {
      numRuns: Number(process.env['N'] ?? 3000),
      seed: Number(process.env['SEED'] ?? 5),
    })
    .map(([r, s]) => [r.replace(/(UNTIL=[^;]*)Z/, '$1'), s, end] as const)
  writeFileSync('/tmp/rec/in.jsonl', sample.map((x) => JSON.stringify(x)).join('\n'))
  execFileSync('sh', ['-c', 'python3 /tmp/rec/du.py < /tmp/rec/in.jsonl > /tmp/rec/py.jsonl'])
  const py = readFileSync('/tmp/rec/py.jsonl', 'utf8').trim().split('\n')
  let bad = 0,
    err = 0,
    occ = 0,
    t = 0
  const out: string[] = []
  sample.forEach(([r, s], k) => {
    const theirs = JSON.parse(py[k] ?? '""') as string[] | string
    if (typeof theirs === 'string') {
      err++
      return
    }
    if (/BYWEEKNO/.test(r) || /WEEKLY.*BYSETPOS/.test(r)) return
    const d = /BYDAY=([^;]*)/.exec(r)?.[1] ?? ''
    if (/\d/.test(d) && /(^|,)[A-Z]/.test(d)) return
    const ours: string[] = []
    const b = performance.now()
    followRule(
      soundRule(r),
      wallNumber(s),
      (w) => w,
      { from: -Infinity, to: wallNumber(end) },
      (w) => {
        if (w >= wallNumber(end)) return false
        ours.push(wallText(w))
        return ours.length < 200
      },
    )
    t += performance.now() - b
    occ += theirs.length
    if (ours.join() !== theirs.join()) {
      bad++
      const q = ours.findIndex((x, i) => x !== theirs[i])
      out.push(
        `${s} ${r}\n  o ${ours.length} ${ours.slice(Math.max(0, q - 1), q + 4)}\n  p ${theirs.length} ${theirs.slice(Math.max(0, q - 1), q + 4)}`,
      )
    }
  })
  writeFileSync(
    '/tmp/rec/py.txt',
    `bad ${bad} err ${err} of ${sample.length} occ ${occ} ms ${t}\n` + out.join('\n'),
  )
}, 400000)
