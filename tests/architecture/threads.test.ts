import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'

/* A thread is given none of the process's own flags: one of them may be refused there, or open a door for a debugger. */

const SOURCES = path.resolve(import.meta.dirname, '../../src/main')

/** What each `new Worker(…)` of a source is given, as it is written. */
function started(text: string): string[] {
  return [...text.matchAll(/\bnew Worker\(/gu)].map(({ index }) => {
    let [end, depth] = [index + 'new Worker('.length, 1]
    for (; depth > 0 && end < text.length; end += 1) {
      if (text[end] === '(') depth += 1
      if (text[end] === ')') depth -= 1
    }
    return text.slice(index, end)
  })
}

test('every thread is started without flags', () => {
  const files = readdirSync(SOURCES, { recursive: true, encoding: 'utf8' }).filter((name) =>
    name.endsWith('.ts'),
  )
  const threads = files.flatMap((file) => started(readFileSync(path.join(SOURCES, file), 'utf8')))
  expect(threads.length).toBeGreaterThanOrEqual(4)
  expect(threads.filter((call) => !call.includes('execArgv: []'))).toEqual([])
})

test('one with flags would be seen', () => {
  expect(started('a = new Worker(new URL(b), { name: c() }); d()')).toEqual([
    'new Worker(new URL(b), { name: c() })',
  ])
})
