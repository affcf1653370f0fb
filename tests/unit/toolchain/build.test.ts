import { readFileSync, readdirSync } from 'node:fs'
import path from 'node:path'
import { build, type Plugin, type Rollup } from 'vite'
import { describe, expect, test } from 'vitest'
import { liveAnnouncer } from '../../../scripts/vite/live-announcer.ts'
import { channels, events } from '../../../src/shared/contract/index.ts'
import { appChannels, appEvents, unlockChannels, unlockEvents } from 'virtual:channel-names'

describe('virtual:channel-names', () => {
  test('names every channel and event of the contract, each for one audience', () => {
    expect([...appChannels, ...unlockChannels].toSorted()).toEqual(Object.keys(channels).toSorted())
    expect([...appEvents, ...unlockEvents].toSorted()).toEqual(Object.keys(events).toSorted())
    for (const name of unlockChannels)
      expect(Reflect.get(channels, name)).toHaveProperty('audience', 'unlock')
    expect(unlockChannels.length).toBeGreaterThan(0)
  })
})

describe("react-aria's announcer under Trusted Types", () => {
  const root = path.resolve(import.meta.dirname, '../../..')
  const file = path.join(root, 'node_modules/react-aria/dist/private/live-announcer/LiveAnnouncer.mjs')

  async function bundled(change: (code: string) => string): Promise<string> {
    const stands: Plugin = {
      name: 'test:change',
      enforce: 'pre',
      transform: (code, id) => (id === file ? change(code) : undefined),
    }
    const result = await build({
      configFile: false,
      root,
      logLevel: 'silent',
      plugins: [stands, liveAnnouncer()],
      build: { write: false, minify: false, lib: { entry: file, formats: ['es'] } },
    })
    const [output] = [result].flat() as Rollup.RollupOutput[]
    return output?.output.map((chunk) => ('code' in chunk ? chunk.code : '')).join('') ?? ''
  }

  test('loses both its sinks', async () => {
    expect(readFileSync(file, 'utf8')).toContain('innerHTML')
    const code = await bundled((same) => same)
    expect(code).not.toContain('innerHTML')
    expect(code.match(/\.replaceChildren\(\)/g)).toHaveLength(2)
  })

  test('stops the build when it no longer looks as we know it', async () => {
    await expect(bundled((code) => code.replace("innerHTML = ''", "textContent = ''"))).rejects.toThrow(
      /1 of 2/,
    )
    await expect(bundled((code) => `${code}\ndocument.body.innerHTML = '<b>'`)).rejects.toThrow(/new place/)
  })
})

test('what the build bundles into its configuration finds its files from anywhere', () => {
  // electron-vite replaces `import.meta.url` in each file that it bundles, and leaves `import.meta.dirname` to the bundle.
  const folder = path.resolve(import.meta.dirname, '../../../scripts/vite')
  const sources = readdirSync(folder).map((file) => readFileSync(path.join(folder, file), 'utf8'))
  expect(sources.join('\n')).not.toMatch(/import\.meta\.dirname(?!`)|__dirname/)
  expect(sources.join('\n')).toContain('import.meta.url')
})
