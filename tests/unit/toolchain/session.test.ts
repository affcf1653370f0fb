import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, describe, expect, test } from 'vitest'
import { readScreen, toPng } from '../../../scripts/window-picture.mjs'

const SCRIPTS = path.resolve(import.meta.dirname, '../../../scripts')
const made: string[] = []

function temporaryDirectory(): string {
  const directory = mkdtempSync(path.join(tmpdir(), 'bracket-test-'))
  made.push(directory)
  return directory
}

function run(script: string, args: readonly string[], env: NodeJS.ProcessEnv = process.env) {
  return spawnSync(process.execPath, [path.join(SCRIPTS, script), ...args], { env, encoding: 'utf8' })
}

afterEach(() => {
  for (const directory of made.splice(0)) rmSync(directory, { recursive: true, force: true })
})

describe('scripts/run.mjs', () => {
  const show = 'console.log([process.env.HOME, process.env.TMPDIR].join("\\n")); process.exitCode = 7'

  test("hands through the command's exit code, and its private home is gone afterwards", () => {
    const { status, stdout } = run('run.mjs', ['--private', '--', 'node', '-e', show])
    expect(status).toBe(7)
    const directories = stdout.trim().split('\n')
    expect(directories).toHaveLength(2)
    expect(directories).not.toContain(process.env.HOME)
    for (const directory of directories) expect(existsSync(path.dirname(directory))).toBe(false)
  })

  test('a command that a signal ended is a failure', () => {
    const { status } = run('run.mjs', ['--', 'node', '-e', 'process.kill(process.pid, "SIGKILL")'])
    expect(status).toBe(137)
  })

  test('says how to call it when called with nothing', () => {
    const { status, stderr } = run('run.mjs', [])
    expect(status).toBe(2)
    expect(stderr).toContain('usage:')
  })
})

describe('scripts/setup.mjs', () => {
  // A skipped test counts as failing here, so on other systems this is not a test at all.
  if (process.platform !== 'linux') return

  test('on an unknown Linux names what to install, in one sentence', () => {
    const { status, stdout, stderr } = run('setup.mjs', [], { ...process.env, PATH: temporaryDirectory() })
    expect(status).toBe(1)
    expect(stdout).toBe('')
    expect(stderr.trim().split('\n')).toHaveLength(1)
    expect(stderr).toMatch(/no apt-get.*Python 3.*Xvfb.*gnome-keyring\./)
  })

  /**
   * A project of its own with everything in place, so that no test can touch this one, and only `programs` to be
   * found. Each notes that it was called, with the first word it was given.
   */
  function setUp(platform: string, programs: Readonly<Record<string, string>> = {}) {
    const root = temporaryDirectory()
    const put = (file: string, content: string, mode = 0o644) => {
      mkdirSync(path.dirname(path.join(root, file)), { recursive: true })
      writeFileSync(path.join(root, file), content, { mode })
    }
    for (const script of ['setup.mjs', 'electron-binary.mjs', 'say.mjs']) {
      put(`scripts/${script}`, readFileSync(path.join(SCRIPTS, script), 'utf8'))
    }
    put('package.json', '{}')
    put('package-lock.json', '{}')
    put('node_modules/.package-lock.json', '{}')
    put('node_modules/electron/path.txt', 'electron')
    put('node_modules/electron/dist/electron', '')
    put('node_modules/electron/dist/version', '1.2.3')
    for (const [name, does] of Object.entries(programs)) {
      put(`bin/${name}`, `#!/bin/sh\necho "${name} $1" >> "${root}/called"\n${does}\n`, 0o755)
    }
    const elsewhere = `Object.defineProperty(process, 'platform', { value: '${platform}' })`
    const go = () => {
      const { status, stdout, stderr } = spawnSync(
        process.execPath,
        ['--import', `data:text/javascript,${encodeURIComponent(elsewhere)}`, 'scripts/setup.mjs'],
        { cwd: root, env: { PATH: path.join(root, 'bin') }, encoding: 'utf8' },
      )
      const called = path.join(root, 'called')
      return {
        status,
        stdout,
        said: stderr.trim(),
        called: existsSync(called) ? readFileSync(called, 'utf8').trim().split('\n') : [],
      }
    }
    return { root, go }
  }

  const silent = { status: 0, stdout: '', said: '' }
  const everythingInstalled = `while [ $# -gt 0 ]; do echo "$1 installed"; shift; done`

  test('with everything in place it asks Debian once, starts nothing else, and has nothing to say', () => {
    const { go } = setUp('linux', { 'apt-get': '', 'dpkg-query': everythingInstalled, npm: '', sudo: '' })
    expect(go()).toEqual({ ...silent, called: ['dpkg-query -W'] })
    // The second time it goes by its own stamp.
    expect(go()).toEqual({ ...silent, called: ['dpkg-query -W', 'dpkg-query -W'] })
  })

  test('with everything in place on Windows it starts no program at all', () => {
    expect(setUp('win32').go()).toEqual({ ...silent, called: [] })
  })

  test('with everything in place on a Mac it only asks for the compiler', () => {
    expect(setUp('darwin', { 'xcode-select': '' }).go()).toEqual({ ...silent, called: ['xcode-select -p'] })
  })

  test.each([
    [
      'a Mac without a compiler',
      'darwin',
      { 'xcode-select': 'exit 2' },
      /^setup: .*`xcode-select --install`.*\.$/,
    ],
    ['a system that is none of the three', 'sunos', {}, /^setup: .*Windows, macOS and Linux.*\(sunos\).*\.$/],
  ])(
    '%s: one sentence that says what to do, and nothing is started after it',
    (_, platform, programs, words) => {
      const { status, stdout, said, called } = setUp(platform, programs).go()
      expect(status).toBe(1)
      expect(stdout).toBe('')
      expect(said).toMatch(words)
      expect(called).toHaveLength(Object.keys(programs).length)
    },
  )

  test('packages that are missing on Windows, and no npm to bring them: it says that npm is what is missing', () => {
    const { root, go } = setUp('win32')
    rmSync(path.join(root, 'node_modules/.package-lock.json'))
    const { status, stdout, said } = go()
    expect([status, stdout]).toEqual([1, ''])
    expect(said).toMatch(/^setup: npm was not found.*\.$/)
  })
})

describe('the picture of a window', () => {
  /** An XWD file as Xvfb writes it: header, colour map, 32-bit pixels with the blue byte first. */
  function screen(colour: (x: number, y: number) => number): string {
    const [width, height] = [16, 4]
    const header = Buffer.alloc(160 + 12)
    const fields: Record<number, number> = { 0: 160, 4: width, 5: height, 7: 0, 11: 32, 12: width * 4, 19: 1 }
    for (const [index, value] of Object.entries(fields)) header.writeUInt32BE(value, Number(index) * 4)
    const pixels = Buffer.alloc(width * height * 4)
    for (let at = 0; at < width * height; at += 1) {
      pixels.writeUInt32LE(colour(at % width, Math.floor(at / width)), at * 4)
    }
    const directory = temporaryDirectory()
    writeFileSync(path.join(directory, 'Xvfb_screen0'), Buffer.concat([header, pixels]))
    return directory
  }

  test('has the colours in their order, and is a PNG', () => {
    const read = readScreen(screen((x) => (x === 0 ? 0x1f6f6b : x)))
    expect([...(read?.rgb.subarray(0, 6) ?? [])]).toEqual([0x1f, 0x6f, 0x6b, 0, 0, 1])
    expect(read?.painted).toBe(true)
    if (read === undefined) return
    const png = toPng(read)
    expect(png.subarray(1, 4).toString()).toBe('PNG')
    expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([16, 4])
  })

  test('an empty screen is not a painted window, and no screen is no picture', () => {
    expect(readScreen(screen(() => 0xfbfaf7))?.painted).toBe(false)
    expect(readScreen(temporaryDirectory())).toBeUndefined()
  })
})
