// `npm run package`: builds a release and packs it into release/.
//
//   node scripts/package.mjs [--test-build] [--installers]
//
//   --test-build  keeps the test seams, so that the packed application can be driven by tests
//   --installers  makes the installers of this system (electron-builder.yml) instead of a directory
import { readFileSync, rmSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { ensureBuilt } from './build.mjs'
import { distDirectory, ensureElectronBinary } from './electron-binary.mjs'
import { complain, sayAs } from './say.mjs'

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..')
const say = sayAs('package')
const testBuild = process.argv.includes('--test-build')
const installers = process.argv.includes('--installers')

process.chdir(root)
await ensureElectronBinary(say)
if (!ensureBuilt({ release: !testBuild, say })) process.exit(1)

const wanted = JSON.parse(readFileSync('node_modules/electron/package.json', 'utf8')).version
const electronVersion = readFileSync(path.join(distDirectory, 'version'), 'utf8').trim().replace(/^v/, '')
if (electronVersion !== wanted) {
  say(
    `this machine has Electron ${electronVersion} instead of ${wanted}: the result is for tests, not for people`,
  )
  if (installers) {
    complain('package: installers are made from the pinned Electron only.')
    process.exit(1)
  }
}

const output = path.join('release', testBuild ? 'test-build' : 'bracket')
rmSync(output, { recursive: true, force: true })
// electron-builder stamps the binary with the machine's user otherwise; and it must never try to publish.
const { build } = await import('electron-builder')
const made = await build({
  publish: 'never',
  ...(installers ? {} : { dir: true }),
  config: {
    extends: 'electron-builder.yml',
    electronVersion,
    electronDist: distDirectory,
    directories: { output, buildResources: 'resources' },
  },
})
for (const file of made) say(path.relative(root, file))
say(`done: ${output}`)
