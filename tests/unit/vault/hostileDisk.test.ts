import { execFileSync, spawnSync } from 'node:child_process'
import { chmodSync, chownSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { build } from 'vite'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { writeRefusal } from '../../../src/main/vault/durableFiles.ts'
import { VaultProfile } from '../../support/vaultProfile.ts'

const directory = mkdtempSync(join(tmpdir(), 'bracket-visit-'))
const program = join(directory, 'vaultVisit.mjs')
let profile: VaultProfile

interface Visit {
  state: Record<string, unknown>
  code: string
}

beforeAll(async () => {
  await build({
    configFile: false,
    logLevel: 'silent',
    build: {
      ssr: 'tests/support/vaultVisit.ts',
      outDir: directory,
      emptyOutDir: false,
      rollupOptions: { output: { entryFileNames: 'vaultVisit.mjs' } },
    },
    ssr: { noExternal: true },
  })
  chmodSync(directory, 0o755)
  chmodSync(program, 0o644)
}, 60_000)

afterAll(() => {
  rmSync(directory, { recursive: true, force: true })
})

beforeEach(() => {
  profile = new VaultProfile()
})

afterEach(() => {
  chmodSync(profile.directory, 0o700)
  profile.remove()
})

// Root may write anywhere, so the visitor is somebody else; an ordinary user visits as oneself.
const nobody = process.getuid?.() === 0 ? { uid: 65534, gid: 65534 } : {}

function visit(): Visit {
  const args = [program, profile.directory]
  return JSON.parse(execFileSync(process.execPath, args, { ...nobody, cwd: '/', encoding: 'utf8' })) as Visit
}

function giveAway(): void {
  if (nobody.uid === undefined) return
  for (const name of readdirSync(profile.directory)) chownSync(profile.path(name), nobody.uid, nobody.gid)
}

test('a profile that cannot be written says so, empty or with a vault, and nothing is made', async () => {
  chmodSync(profile.directory, 0o555)
  const readonly = { kind: 'stopped', reason: 'PROFILE_READONLY', recoverable: false }
  expect(visit()).toEqual({ state: readonly, code: 'PROFILE_READONLY' })
  chmodSync(profile.directory, 0o700)
  await profile.create({ mode: 'passphrase' })
  giveAway()
  const files = readdirSync(profile.directory)
  chmodSync(profile.directory, 0o555)
  expect(visit()).toEqual({ state: readonly, code: 'PROFILE_READONLY' })
  expect(readdirSync(profile.directory)).toEqual(files)
})

test('a vault.json or a directory that may not be read is never taken for a missing one', async () => {
  await profile.create({ mode: 'passphrase' })
  const unreadable = { kind: 'stopped', reason: 'VAULT_FILE_UNREADABLE', recoverable: false }
  chmodSync(profile.directory, 0o777)
  chmodSync(profile.path('vault.json'), 0o000)
  expect(visit()).toEqual({ state: unreadable, code: 'NOT_NEW' })
  chmodSync(profile.path('vault.json'), 0o600)
  chmodSync(profile.directory, 0o000)
  expect(visit()).toEqual({ state: unreadable, code: 'NOT_NEW' })
})

test('each refusal of the system has its code', () => {
  const codes = ['EROFS', 'EACCES', 'EPERM', 'ENOSPC', 'EDQUOT', 'EIO', undefined].map(
    (code) => writeRefusal(Object.assign(new Error('/home/somebody'), { code })).code,
  )
  const readonly = ['PROFILE_READONLY', 'PROFILE_READONLY', 'PROFILE_READONLY']
  expect(codes).toEqual([...readonly, 'DISK_FULL', 'DISK_FULL', 'WRITE_FAILED', 'WRITE_FAILED'])
  expect(writeRefusal('nonsense').code).toBe('WRITE_FAILED')
})

// A disk of four pages, filled before the visit: where an ordinary user may mount one.
function onFullDisk(command: string): string[] {
  return [
    '-rm',
    'sh',
    '-c',
    `mount -t tmpfs -o size=16k tmpfs /mnt && { ${command}; }`,
    process.execPath,
    program,
  ]
}
const disks = spawnSync('unshare', onFullDisk('true')).status === 0 ? ['tmpfs'] : []

test.each(disks)('a full disk says so, and nothing is half made (%s)', () => {
  const args = onFullDisk('cat /dev/zero > /mnt/filler 2>/dev/null; "$0" "$1" /mnt; ls /mnt')
  const [said, ...files] = execFileSync('unshare', args, { encoding: 'utf8' }).trim().split('\n')
  expect(JSON.parse(said ?? '')).toEqual({ state: { kind: 'new' }, code: 'DISK_FULL' })
  expect(files).toEqual(['filler'])
})
