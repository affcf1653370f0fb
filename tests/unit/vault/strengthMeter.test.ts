import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Worker } from 'node:worker_threads'
import { build } from 'vite'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { StrengthMeter } from '../../../src/main/vault/strength.ts'
import { refusal } from '../../support/vaultProfile.ts'

const directory = mkdtempSync(join(tmpdir(), 'bracket-strength-'))
const personal = { names: ['emontgomery'], computer: 'DISTRICT-LT-0417' }
const workerFile = join(directory, 'strengthWorker.mjs')

// The worker as it is shipped: bundled, on a thread of its own.
beforeAll(async () => {
  await build({
    configFile: false,
    logLevel: 'silent',
    build: {
      ssr: 'src/main/vault/strengthWorker.ts',
      outDir: directory,
      emptyOutDir: false,
      minify: false,
      rollupOptions: { output: { entryFileNames: 'strengthWorker.mjs' } },
    },
    ssr: { noExternal: true },
  })
}, 60_000)

afterAll(() => {
  rmSync(directory, { recursive: true, force: true })
})

test('the worker answers each question with its own answer', async () => {
  const meter = new StrengthMeter({ personal, timeoutMs: 60_000, createWorker: () => new Worker(workerFile) })
  const [name, good, short] = await Promise.all([
    meter.strength('E.Montgomery 1984'),
    meter.strength('purple tractors dream of soup'),
    meter.strength('short'),
  ])
  expect(name).toMatchObject({ verdict: 'refused', reason: 'NAME' })
  expect(good).toMatchObject({ verdict: 'good', reason: 'NONE' })
  expect(short).toMatchObject({ verdict: 'refused', reason: 'TOO_SHORT' })
  meter.dispose()
})

test('what is far too long is refused without a worker', async () => {
  const meter = new StrengthMeter({
    personal,
    createWorker: () => {
      throw new Error('not wanted')
    },
  })
  expect(await meter.strength('x'.repeat(10_000_000))).toMatchObject({ reason: 'TOO_LONG' })
  expect((await refusal(meter.strength('purple tractors'))).code).toBe('STRENGTH_UNAVAILABLE')
})

test('a worker that dies, fails or hangs gives no verdict, and the next question another worker', async () => {
  const scripts = ['process.exit(1)', 'throw new Error("x")', 'setInterval(() => {}, 1000)']
  const started: string[] = []
  const meter = new StrengthMeter({
    personal,
    timeoutMs: 300,
    createWorker: () => {
      const script = scripts[started.length] ?? ''
      started.push(script)
      return new Worker(script, { eval: true })
    },
  })
  for (const script of scripts) {
    expect((await refusal(meter.strength('purple tractors dream'))).code).toBe('STRENGTH_UNAVAILABLE')
    expect(started.at(-1)).toBe(script)
  }
  meter.dispose()
})

test('whoever waits while it is disposed gets no verdict', async () => {
  const createWorker = () => new Worker('setInterval(() => {}, 1000)', { eval: true })
  const meter = new StrengthMeter({ personal, createWorker })
  const waiting = refusal(meter.strength('purple tractors dream'))
  meter.dispose()
  expect((await waiting).code).toBe('STRENGTH_UNAVAILABLE')
})
