import { createRequire } from 'node:module'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'

const ROOT = path.resolve(import.meta.dirname, '../..')
const require = createRequire(import.meta.url)
const text = (file: string): string => readFileSync(path.join(ROOT, file), 'utf8')

interface BuilderConfig {
  readonly [key: string]: unknown
  readonly files: readonly string[]
}

// electron-builder's own reader and validation: no types are published for these inner modules.
const { getConfig, validateConfiguration } = require('app-builder-lib/out/util/config/config.js') as {
  getConfig: (root: string, file: string, extra: object) => Promise<BuilderConfig>
  validateConfiguration: (config: object, logger: { isEnabled: boolean; add: () => void }) => Promise<void>
}
const logger = { isEnabled: false, add: () => undefined }

describe('electron-builder.yml', () => {
  let config: BuilderConfig

  beforeAll(async () => {
    config = await getConfig(ROOT, 'electron-builder.yml', {})
  })

  test('is valid to electron-builder itself', async () => {
    await expect(validateConfiguration(config, logger)).resolves.toBeUndefined()
  })

  test('would be refused with a misspelt key', async () => {
    await expect(validateConfiguration({ ...config, asarUnpak: [] }, logger)).rejects.toThrow(/asarUnpak/)
  })

  test('sets every fuse that security.md names', () => {
    expect(config.electronFuses).toEqual({
      runAsNode: false,
      enableCookieEncryption: false,
      enableNodeOptionsEnvironmentVariable: false,
      enableNodeCliInspectArguments: false,
      enableEmbeddedAsarIntegrityValidation: true,
      onlyLoadAppFromAsar: true,
      grantFileProtocolExtraPrivileges: false,
    })
  })

  test('installs for one person without administrator rights, and an uninstaller keeps the vault', () => {
    expect(config.nsis).toMatchObject({
      perMachine: false,
      allowElevation: false,
      deleteAppDataOnUninstall: false,
    })
  })

  test('takes the licences along, with the list of what is bundled', () => {
    const files = JSON.stringify(config.files)
    for (const file of ['"LICENSE"', '"docs/THIRD-PARTY.md"']) expect(files).toContain(file)
    const listed = text('docs/THIRD-PARTY.md')
    const { dependencies, devDependencies } = JSON.parse(text('package.json')) as Record<
      'dependencies' | 'devDependencies',
      Record<string, string>
    >
    const bundled =
      /^(?:react|lexical|@tanstack|@fullcalendar|zod|uuid|yauzl|nspell|dictionary-|ical|cldr|lucide)/u
    const missing = [
      ...Object.keys(dependencies),
      ...Object.keys(devDependencies).filter((name) => bundled.test(name)),
    ]
    expect(missing.filter((name) => !listed.includes(name))).toEqual([])
    const texts = JSON.stringify(config['extraResources'])
    for (const name of ['dictionary-en', 'dictionary-en-gb', 'dictionary-es', 'nspell']) {
      expect(existsSync(path.join(ROOT, 'node_modules', name, 'license')), name).toBe(true)
      expect(texts, name).toContain(name)
    }
  })

  test('never publishes and never looks for updates', () => {
    expect(config.publish).toBeNull()
  })

  test('names files that exist', () => {
    const named = [config.afterPack, (config.linux as { icon: string }).icon].map(String)
    for (const file of named) expect(existsSync(path.join(ROOT, file))).toBe(true)
  })
})

describe('what the repository says about where things come from', () => {
  const manifest = JSON.parse(text('package.json')) as {
    dependencies: Record<string, string>
    optionalDependencies: Record<string, string>
    devDependencies: Record<string, string>
    allowScripts: Record<string, boolean>
  }

  test('every version is exact', () => {
    const { dependencies, optionalDependencies, devDependencies } = manifest
    for (const version of Object.values({ ...dependencies, ...optionalDependencies, ...devDependencies })) {
      expect(version).toMatch(/^(?:npm:[\w@/-]+@)?\d+\.\d+\.\d+$/)
    }
  })

  test('only the two native addons may run a script at installation', () => {
    const allowed = Object.entries(manifest.allowScripts).filter(([, may]) => may)
    expect(allowed.map(([name]) => name).toSorted()).toEqual(['@journeyapps/sqlcipher', 'keytar'])
    expect(text('.npmrc')).toContain('strict-allow-scripts=true')
  })

  test('the lock file and the workflows name no registry', () => {
    expect(text('package-lock.json')).not.toContain('"resolved": "http')
    for (const file of readdirSync(path.join(ROOT, '.github/workflows'))) {
      expect(text(path.join('.github/workflows', file))).not.toMatch(/https?:|registry/)
    }
  })
})
