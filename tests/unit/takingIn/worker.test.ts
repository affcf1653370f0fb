import { mkdtempSync, rmSync } from 'node:fs'
import path from 'node:path'
import { build } from 'vite'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { readCalendar } from '../../../src/main/calendar/reading.ts'
import { readInWorker } from '../../../src/main/calendar/readInWorker.ts'
import { manyEvents } from '../../support/calendars/manyEvents.ts'

const ROOT = path.resolve(import.meta.dirname, '../../..')
let directory = ''
let workerPath = ''

beforeAll(async () => {
  directory = mkdtempSync(path.join(ROOT, 'node_modules/.cache-calendar-'))
  workerPath = path.join(directory, 'worker.mjs')
  await build({
    configFile: false,
    root: ROOT,
    logLevel: 'silent',
    build: {
      ssr: path.join(ROOT, 'src/main/calendar/worker.ts'),
      outDir: directory,
      target: 'node20.18',
      rolldownOptions: { output: { format: 'es', entryFileNames: 'worker.mjs', codeSplitting: false } },
    },
  })
})
afterAll(() => rmSync(directory, { recursive: true, force: true }))

const bytes = (count: number): Uint8Array => new Uint8Array(new TextEncoder().encode(manyEvents(count)))
const homeZone = 'America/New_York'

test('gives what reading by itself gives, in batches, with progress', async () => {
  const seen: number[] = []
  const read = await readInWorker(bytes(1_000), {
    workerPath,
    homeZone,
    onProgress: (at) => void seen.push(at),
  })
  expect(read).toEqual(readCalendar(bytes(1_000), { homeZone }))
  expect(seen.at(-1)).toBe(1)
  expect(await readInWorker(new Uint8Array(0), { workerPath, homeZone })).toEqual({ unreadable: 'EMPTY' })
})

test('is stopped at once, before and in the middle', async () => {
  const stop = new AbortController()
  const onProgress = (): void => stop.abort()
  await expect(
    readInWorker(bytes(5_000), { workerPath, homeZone, signal: stop.signal, onProgress }),
  ).rejects.toThrow('CANCELLED')
  await expect(readInWorker(bytes(1), { workerPath, homeZone, signal: stop.signal })).rejects.toThrow(
    'CANCELLED',
  )
})

test('a thread that dies is said, not waited for', async () => {
  await expect(
    readInWorker(bytes(1), { workerPath: path.join(directory, 'none.mjs'), homeZone }),
  ).rejects.toThrow('INTERNAL')
})
