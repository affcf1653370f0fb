import { spawnSync } from 'node:child_process'
import { chmodSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test, vi } from 'vitest'
import { crc32 } from 'node:zlib'
import { fromBuffer, type ZipFile } from 'yauzl'
import { temporaryDirectory } from '../../support/storeFiles.ts'
import { supportProgram } from '../../support/storeWorker.ts'

// Most of the time goes into starting threads and processes, which a busy machine makes slow.
vi.setConfig({ testTimeout: 120_000 })

/** How writing a backup of 3 MB ends there; `before` is a shell's, in the same process. */
async function writing(target: string, before = ':', as = 'self'): Promise<string> {
  const program = await supportProgram('writingChild.ts')
  const command = `${before}; exec "$0" "$1" "$2" "$3"`
  const run = spawnSync('sh', ['-c', command, process.execPath, program, target, as], { encoding: 'utf8' })
  expect(run.stderr).toBe('')
  return run.stdout.trim()
}

test('a disk that fills up half-way is named, and nothing of the half stays', async () => {
  const target = join(temporaryDirectory(), 'backup')
  // A file may become no larger than a megabyte; the signal that would end the process is not heard.
  const full = "trap '' XFSZ; ulimit -f 2048"
  expect(await writing(target, full)).toBe('BACKUP_NO_ROOM')
  expect(await writing(target)).toBe('WRITTEN AND THERE')
})

test('so is a real disk with no room left', async () => {
  const disk = temporaryDirectory()
  const target = join(disk, 'backup')
  const mounts = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'bracket', disk]).status === 0
  // Where nothing may be mounted, this at least must not be taken for a full disk.
  if (!mounts) {
    expect(await writing(target)).toBe('WRITTEN AND THERE')
    return
  }
  try {
    expect(await writing(target)).toBe('BACKUP_NO_ROOM')
    expect(spawnSync('mount', ['-o', 'remount,size=16m', disk]).status).toBe(0)
    expect(await writing(target)).toBe('WRITTEN AND THERE')
  } finally {
    expect(spawnSync('umount', [disk]).status).toBe(0)
  }
})

test('a folder that an ordinary user may not write in is named', async () => {
  const folder = temporaryDirectory()
  chmodSync(folder, process.getuid?.() === 0 ? 0o755 : 0o555)
  const target = join(folder, 'backup')
  expect(await writing(target, ':', 'nobody')).toBe('BACKUP_FOLDER_READ_ONLY')
  chmodSync(folder, 0o777)
  expect(await writing(target, ':', 'nobody')).toBe('WRITTEN AND THERE')
})

test('it is a zip like any other: every checksum is right', async () => {
  const target = join(temporaryDirectory(), 'backup')
  await writing(target)
  const zip = await new Promise<ZipFile>((resolve, reject) => {
    fromBuffer(readFileSync(target), { lazyEntries: true }, (error, opened) =>
      error === null ? resolve(opened) : reject(error),
    )
  })
  const found: [string, boolean][] = []
  for await (const entry of zip.eachEntry()) {
    const chunks: Buffer[] = []
    for await (const chunk of await zip.openReadStreamPromise(entry)) chunks.push(chunk as Buffer)
    found.push([entry.fileName, crc32(Buffer.concat(chunks)) === entry.crc32])
  }
  expect(found).toEqual(
    ['vault.json', 'private.db', 'record.db', 'manifest.json'].map((name) => [name, true]),
  )
})
