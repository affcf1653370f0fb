import { execFileSync, fork, spawnSync } from 'node:child_process'
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { placeFile, sweep, type Unfinished } from '../../../src/main/export/placeFile.ts'
import { supportProgram } from '../../support/storeWorker.ts'

let home: string
let folder: string
let remembered: string | undefined
const unfinished: Unfinished = {
  get: async () => remembered,
  set: async (file) => void (remembered = file),
  clear: async () => void (remembered = undefined),
}

beforeEach(() => {
  home = mkdtempSync(path.join(tmpdir(), 'bracket-place-'))
  folder = path.join(home, 'chosen')
  mkdirSync(folder)
  remembered = undefined
})
afterEach(() => rmSync(home, { recursive: true, force: true }))

const bytes = Buffer.from('%PDF words')

test('the file is there, whole, for its owner alone, and nothing beside it', async () => {
  const target = path.join(folder, 'note.pdf')
  writeFileSync(target, 'an older one')
  await placeFile(target, bytes, unfinished)
  expect(readFileSync(target)).toEqual(bytes)
  expect(statSync(target).mode & 0o777).toBe(0o600)
  expect(readdirSync(folder)).toEqual(['note.pdf'])
  expect(remembered).toBeUndefined()
})

describe('a place that does not take it: a code, and nothing left', () => {
  test.each([
    ['the folder is gone', () => path.join(folder, 'gone', 'note.pdf')],
    [
      'a file stands where the folder was',
      () => (writeFileSync(path.join(folder, 'f'), ''), path.join(folder, 'f', 'note.pdf')),
    ],
    [
      'a folder has that name',
      () => (mkdirSync(path.join(folder, 'note.pdf')), path.join(folder, 'note.pdf')),
    ],
    ['the name is too long', () => path.join(folder, `${'n'.repeat(300)}.pdf`)],
  ])('%s', async (_, place) => {
    const target = place()
    const before = readdirSync(folder)
    await expect(placeFile(target, bytes, unfinished)).rejects.toMatchObject({ code: 'PLACE_REFUSED' })
    expect(readdirSync(folder)).toEqual(before)
    expect(remembered).toBeUndefined()
  })
})

// A file system of 64 KiB, where one can be mounted (as root; elsewhere the limit on a file's size stands in for it).
const mount = 'mount -t tmpfs -o size=64k tmpfs /mnt'
const full =
  spawnSync('unshare', ['-m', 'sh', '-c', mount]).status === 0
    ? { room: 'a full disk', command: ['unshare', '-m', 'sh', '-c', `${mount} && cd /mnt && `] }
    : { room: 'a limit on the size of files', command: ['bash', '-c', 'ulimit -f 64; cd "$4" && '] }

test.each(process.platform === 'win32' ? [] : [full])(
  '$room: a code, the older file as it was, and nothing beside it',
  async ({ command }) => {
    const program = await supportProgram('placing.ts')
    const place = (bytes: number): string[] => {
      const script = `echo older > note.pdf; "$0" "$1" "$PWD/note.pdf" "$2" "$3"; echo; ls -A; cat note.pdf`
      const [file = '', ...before] = command
      const args = [...before.slice(0, -1), `${before.at(-1) ?? ''}${script}`]
      const given = [process.execPath, program, path.join(home, 'memory'), String(bytes), folder]
      return execFileSync(file, [...args, ...given], { encoding: 'utf8', stdio: 'pipe' })
        .trim()
        .split('\n')
    }
    expect(place(400_000)).toEqual(['PLACE_FULL', 'note.pdf', 'older'])
    expect(existsSync(path.join(home, 'memory'))).toBe(false)
    // With room enough the same way leads to the file.
    expect(place(9).slice(-2)).toEqual(['note.pdf', 'nnnnnnnnn'])
  },
)

describe('what a crash left', () => {
  test('is taken away, and nothing else is', async () => {
    const part = path.join(folder, '.bracket-0123456789abcdef.part')
    writeFileSync(part, 'half')
    remembered = part
    await sweep(unfinished)
    expect(readdirSync(folder)).toEqual([])
    expect(remembered).toBeUndefined()
    for (const name of ['record.db', '.bracket-xyz.part', 'x.bracket-0123456789abcdef.part']) {
      writeFileSync(path.join(folder, name), 'not ours to remove')
      remembered = path.join(folder, name)
      await sweep(unfinished)
      expect(existsSync(path.join(folder, name))).toBe(true)
      expect(remembered).toBeUndefined()
    }
  })

  test('stays remembered while its stick is not plugged in', async () => {
    remembered = path.join(home, 'stick', '.bracket-0123456789abcdef.part')
    const part = remembered
    await sweep(unfinished)
    expect(remembered).toBe(part)
    mkdirSync(path.join(home, 'stick'))
    writeFileSync(part, 'half')
    await sweep(unfinished)
    expect(readdirSync(path.join(home, 'stick'))).toEqual([])
    expect(remembered).toBeUndefined()
  })
})

test('killed at any point, the old file or the new one is there, and after the sweep nothing else', async () => {
  const program = await supportProgram('placing.ts')
  const SIZE = 48_000_000
  const target = path.join(folder, 'note.pdf')
  const memory = path.join(home, 'memory')
  let halfway = 0
  for (let turn = 0; turn < 16 || (halfway === 0 && turn < 60); turn += 1) {
    writeFileSync(target, 'the older one')
    const child = fork(program, [target, memory, String(SIZE)], { stdio: 'ignore' })
    const gone = new Promise((resolve) => child.once('exit', resolve))
    await new Promise((resolve) => child.once('message', resolve))
    await new Promise((resolve) => setTimeout(resolve, turn * 6))
    child.kill('SIGKILL')
    await gone
    const left = readdirSync(folder)
    if (left.length > 1) halfway += 1
    await sweep({
      ...unfinished,
      get: async () => (existsSync(memory) ? readFileSync(memory, 'utf8') : undefined),
      clear: async () => rmSync(memory, { force: true }),
    })
    expect(readdirSync(folder)).toEqual(['note.pdf'])
    expect([13, SIZE]).toContain(statSync(target).size)
    expect(existsSync(memory)).toBe(false)
  }
  // Some of the kills must have come in the middle, or nothing was shown.
  expect(halfway).toBeGreaterThan(0)
})
