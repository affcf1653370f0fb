import path from 'node:path'
import { loadConfigFromFile } from 'vite'
import { beforeAll, describe, expect, test } from 'vitest'
import { importGraph, readTree, type Resolution, type SourceTree } from './importGraph.ts'
import { violations } from './layers.ts'

const ROOT = path.resolve(import.meta.dirname, '../..')

const RECORD = 'src/main/services/record/zzRecord.ts'
const PRIVATE = 'src/main/services/private/zzPrivate.ts'
const toPrivate = '../private/zzPrivate.ts'

let tree: SourceTree
let resolution: Resolution

/** The real source with some files added or replaced. */
function findingsWith(
  files: Readonly<Record<string, string>>,
  aliases: Record<string, string> = {},
): string[] {
  const overlay = new Map([...tree, [PRIVATE, 'export const held = 1'], ...Object.entries(files)])
  const all = violations(
    importGraph(overlay, { ...resolution, aliases: { ...resolution.aliases, ...aliases } }),
  )
  const before = new Set(violations(importGraph(tree, resolution)))
  return all.filter((one) => !before.has(one))
}

beforeAll(async () => {
  tree = readTree(ROOT)
  resolution = await builtResolution()
})

describe('who may import whom', () => {
  test('the tree keeps to architecture.md', () => {
    expect(violations(importGraph(tree, resolution))).toEqual([])
  })

  test('the graph is the real one', () => {
    const { imports } = importGraph(tree, resolution)
    const steps = new Set(imports.map(({ from, to }) => `${from} → ${to}`))
    expect(steps).toContain('src/preload/index.ts → virtual:channel-names')
    expect(steps).toContain('src/shared/contract/schema.ts → zod')
    expect(steps).toContain('src/main/ipc/guard.ts → electron')
    expect(steps).toContain('src/main/store/worker.ts → src/main/store/open.ts')
  })
})

describe('the page', () => {
  test('asks for private notes in one place only', () => {
    const asking = [...tree].filter(
      ([file, text]) => file.startsWith('src/renderer/') && /privateRoom/.test(text),
    )
    const allowed = /^src\/renderer\/(?:features\/private|api)\//
    expect(asking.length).toBeGreaterThan(0)
    expect(asking.map(([file]) => file).filter((file) => !allowed.test(file))).toEqual([])
  })
})

describe('the wall is shown to fail', () => {
  const direct: readonly (readonly [string, string])[] = [
    ['an import', `import { held } from '${toPrivate}'\nexport const x = held`],
    ['a type', `import type { held } from '${toPrivate}'\nexport type X = typeof held`],
    ['an inline type', `export type X = import('${toPrivate}').Held`],
    ['a re-export', `export { held } from '${toPrivate}'`],
    ['a re-export of everything', `export * from '${toPrivate}'`],
    ['a side effect', `import '${toPrivate}'`],
    ['a dynamic import', `export const x = () => import('${toPrivate}')`],
    ['a dynamic import with backticks', `export const x = () => import(\`${toPrivate}\`)`],
    ['a worker', `import url from '${toPrivate}?worker&url'\nexport const x = url`],
    ['a URL beside the file', `export const x = new URL('${toPrivate}', import.meta.url)`],
    ['require', `export const x = require('${toPrivate}')`],
    [
      'a required require',
      `const load = createRequire(import.meta.url)\nexport const x = load('${toPrivate}')`,
    ],
    ['a require made in passing', `export const x = createRequire(import.meta.url)('${toPrivate}')`],
    ['a path without its extension', `import '../private/zzPrivate'`],
    ["the emitted file's name", `import '../private/zzPrivate.js'`],
    ['a detour through folders', `import '../../../main/services/../services/private/zzPrivate.ts'`],
  ]
  test.each(direct)('by %s', (_, text) => {
    expect(findingsWith({ [RECORD]: text })).toContainEqual(
      expect.stringContaining(
        `the record side never reaches the private room: ${RECORD} → ${PRIVATE}`,
      ) as string,
    )
  })

  test('by an alias', () => {
    const findings = findingsWith(
      { [RECORD]: `import '@rooms/private/zzPrivate.ts'` },
      { '@rooms': 'src/main/services' },
    )
    expect(findings.join('\n')).toContain(`${RECORD} → ${PRIVATE}`)
  })

  test('through other files', () => {
    const findings = findingsWith({
      [RECORD]: `import '../../vault/zzOne.ts'`,
      'src/main/vault/zzOne.ts': `export * from './zzTwo.ts'`,
      'src/main/vault/zzTwo.ts': `export const x = () => import('../services/private/zzPrivate.ts')`,
    })
    expect(findings.join('\n')).toContain(
      `${RECORD} → src/main/vault/zzOne.ts → src/main/vault/zzTwo.ts → ${PRIVATE}`,
    )
  })

  test.each(['export', 'backup', 'reminders', 'logging', 'store/record'])('from %s', (room) => {
    const file = `src/main/${room}/zzFile.ts`
    const up = '../'.repeat(room.split('/').length)
    expect(findingsWith({ [file]: `import '${up}services/private/zzPrivate.ts'` }).join('\n')).toContain(
      `the record side never reaches the private room: ${file} → ${PRIVATE}`,
    )
  })

  test('from the other side', () => {
    expect(
      findingsWith({ [PRIVATE]: `import '../record/zzRecord.ts'`, [RECORD]: 'export const x = 1' }).join(
        '\n',
      ),
    ).toContain(`the private room never reaches the record: ${PRIVATE} → ${RECORD}`)
  })

  test('in the page', () => {
    const findings = findingsWith({
      'src/renderer/features/private/zzPane.tsx': 'export const Pane = () => null',
      'src/renderer/features/zzexport/Export.tsx': `import('../private/zzPane.tsx')`,
    })
    expect(findings.join('\n')).toContain('no page reaches the private feature but its hosts')
  })

  test('by what cannot be read', () => {
    for (const text of ['import(name)', 'import(`../${name}/x.ts`)', `import.meta.glob('../private/*.ts')`]) {
      expect(findingsWith({ [RECORD]: `export const x = (name: string) => ${text}` })).toEqual([
        expect.stringContaining(`cannot be followed: ${RECORD}`) as string,
      ])
    }
  })
})

describe('the layers are shown to fail', () => {
  const cases: readonly (readonly [string, string, string, string])[] = [
    ['shared takes a package', 'src/shared/domain/zz.ts', `import 'react'`, 'shared may not import react'],
    ['shared takes Node', 'src/shared/domain/zz.ts', `import 'node:fs'`, 'shared may not import node:fs'],
    [
      'the preload takes the contract',
      'src/preload/zz.ts',
      `import '../shared/contract/index.ts'`,
      'preload may not',
    ],
    [
      'the page takes main',
      'src/renderer/ui/zz.ts',
      `import '../../main/vault/errors.ts'`,
      'ui may not import',
    ],
    [
      'the page takes Electron',
      'src/renderer/app/zz.ts',
      `import 'electron'`,
      'renderer may not import electron',
    ],
    ['a part takes data', 'src/renderer/ui/zz.ts', `import '../api/client.ts'`, 'ui may not import'],
    [
      'a service takes Electron',
      'src/main/services/record/zz.ts',
      `import 'electron'`,
      'may not import electron',
    ],
    [
      'a handler takes the store',
      'src/main/ipc/handlers/zz.ts',
      `import '../../store/Store.ts'`,
      'ipc/handlers may not',
    ],
    [
      'a migration takes code',
      'src/main/store/record/migrations/9999-zz.ts',
      `import { migrate } from '../../migrate.ts'\nexport const x = migrate`,
      'a migration may not import',
    ],
    [
      'somebody else opens a door',
      'src/main/window/zz.ts',
      `import { ipcMain } from 'electron'\nipcMain`,
      'ipcMain',
    ],
    ['a file in no room', 'src/elsewhere/zz.ts', `import 'zod'`, 'is in no room'],
    [
      'a second place sees both rooms',
      'src/main/zz.ts',
      `import './services/private/zzPrivate.ts'\nimport './services/record/notes.ts'`,
      'only compose.ts may see both rooms',
    ],
  ]
  test.each(cases)('when %s', (_, file, text, finding) => {
    expect(findingsWith({ [file]: text }).join('\n')).toContain(finding)
  })

  test("when a feature takes another one's inside", () => {
    const findings = findingsWith({
      'src/renderer/features/zza/One.tsx': 'export {}',
      'src/renderer/features/zza/Two.tsx': 'export {}',
      'src/renderer/features/zzb/Screen.tsx': `import '../zza/One.tsx'\nimport '../zza/Two.tsx'`,
    })
    expect(findings.join('\n')).toContain('features/zza has more than one public file')
  })
})

/** Aliases and entries as the build itself has them, so that a new alias cannot be a way around this test. */
async function builtResolution(): Promise<Resolution> {
  const loaded = await loadConfigFromFile(
    { command: 'build', mode: 'production' },
    path.join(ROOT, 'electron.vite.config.ts'),
    ROOT,
    'silent',
  )
  const config = (loaded?.config ?? {}) as Record<string, { resolve?: { alias?: unknown }; build?: unknown }>
  const aliases: Record<string, string> = {}
  const entries: Record<string, string> = {}
  for (const part of Object.values(config)) {
    // An array of patterns would have to be taught to the resolver first.
    const alias = part.resolve?.alias ?? {}
    expect(Array.isArray(alias)).toBe(false)
    for (const [name, target] of Object.entries(alias as Record<string, string>)) {
      aliases[name] = path.relative(ROOT, path.resolve(ROOT, target))
    }
    const build = part.build as { rolldownOptions?: { input?: Record<string, string> } } | undefined
    for (const [name, file] of Object.entries(build?.rolldownOptions?.input ?? {})) {
      entries[`${name}.js`] = path.relative(ROOT, file)
    }
  }
  return { aliases, entries }
}
