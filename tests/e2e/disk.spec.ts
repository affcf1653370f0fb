import { expect, test } from '@playwright/test'
import { spawnSync } from 'node:child_process'
import { chmodSync, cpSync, mkdtempSync, readFileSync, rmSync, statfsSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import {
  ask,
  call,
  freshProfile,
  launch,
  PASSPHRASE,
  removeProfile,
  ROOT,
  unlock,
  vaultProfile,
  type Running,
} from '../support/application.ts'
import { ordinaryUser, type OrdinaryUser } from '../support/nobody.ts'
import { addSession } from '../support/oneSession.ts'
import { fingerprint } from '../support/vaultFiles.ts'
import { soapNote } from '../support/words.ts'

let profile: string
let running: Running | undefined

test.afterEach(async () => {
  await running?.stop()
  running = undefined
})

test.describe('a profile that may only be read', () => {
  let user: OrdinaryUser

  test.afterEach(() => {
    chmodSync(profile, 0o755)
    removeProfile(profile)
    user.remove()
  })

  for (const what of ['a vault', 'nothing']) {
    test(`with ${what} in it: stops, says so, changes nothing`, async () => {
      user = ordinaryUser()
      profile = what === 'a vault' ? await vaultProfile() : freshProfile()
      user.own(profile)
      chmodSync(profile, 0o555)
      // As root, or wherever permissions do not bind, this test could not fail.
      expect(user.can(`touch '${profile}/here'`)).toBe(false)
      const before = fingerprint(profile)

      running = await launch({ profile, ...user.options })
      const door = await running.door()
      expect(await ask(door, 'vault', 'state', {})).toMatchObject({
        page: 'stopped',
        stop: 'PROFILE_READ_ONLY',
      })
      const prepared = await call(door, 'vault', 'prepare', {
        setting: 'practice',
        passphrase: 'walnut harbour sextant violet',
        withoutKeychain: true,
      })
      expect(prepared).toMatchObject({ ok: false })
      await expect(door.getByRole('heading').first()).toBeVisible()
      await running.stop()
      expect(fingerprint(profile)).toEqual(before)
      // Chromium's own files were kept for that run alone.
      expect(user.leftovers()).toEqual([])
    })
  }
})

/** A file system of its own that can be filled to the last page; null where this machine does not mount one. */
function smallDisk(): { directory: string; remove(): void } | null {
  const directory = mkdtempSync(path.join(tmpdir(), 'bracket-disk-'))
  const remove = (): void => rmSync(directory, { recursive: true, force: true })
  const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=24m', 'bracket', directory], {
    stdio: 'ignore',
  })
  if (mounted.status !== 0) {
    remove()
    return null
  }
  return {
    directory,
    remove: () => {
      // Lazily: a process of Chromium's may still be on its way out.
      spawnSync('umount', ['-l', directory], { stdio: 'ignore' })
      remove()
    },
  }
}

const disk = smallDisk()
disk?.remove()

if (disk === null) {
  test('a full disk: no small disk can be mounted here, the store proves it within a page limit', () => {
    const proof = readFileSync(path.join(ROOT, 'tests/db/store/full.test.ts'), 'utf8')
    expect(proof).toContain('maxPageCount')
    expect(proof).toContain("'FULL'")
  })
} else {
  test('a full disk: each save says so, nothing acknowledged is lost, and with room again it goes on', async () => {
    const small = smallDisk()
    if (small === null) throw new Error('it could be mounted a moment ago')
    const { directory } = small
    profile = path.join(directory, 'profile')
    const filler = path.join(directory, 'filler')
    const fill = (leave: number): void => {
      rmSync(filler, { force: true })
      const { bavail, bsize } = statfsSync(directory)
      writeFileSync(filler, Buffer.alloc(Math.max(0, bavail * bsize - leave)))
    }
    try {
      const original = await vaultProfile()
      cpSync(original, profile, { recursive: true })
      removeProfile(original)
      running = await launch({ profile })
      let page = await unlock(running)
      const { noteId } = await addSession(page, (field) => (field === 'name' ? 'Full' : ''))
      let acknowledged = { text: '', revision: (await ask(page, 'notes', 'read', { noteId })).revision }
      const save = async (text: string) => {
        const sections = [{ key: 'subjective', text, lexical: null }]
        const answer = await call(page, 'notes', 'save', {
          noteId,
          revision: acknowledged.revision,
          ...soapNote(sections),
        })
        if (answer.ok) acknowledged = { text, revision: answer.value.revision }
        return answer.ok ? 'saved' : answer.code
      }
      const stored = async (): Promise<string | undefined> =>
        (await ask(page, 'notes', 'read', { noteId })).sections.find((s) => s.key === 'subjective')?.text

      expect(await save('Before the disk was full.')).toBe('saved')
      fill(96 * 1024)
      const answers: string[] = []
      for (let turn = 1; answers.at(-1) !== 'DISK_FULL' && turn < 20; turn += 1) {
        answers.push(await save(`Turn ${turn}. ${'word '.repeat(turn * 4000)}`))
        expect(await stored()).toBe(acknowledged.text)
      }
      expect(answers.at(-1)).toBe('DISK_FULL')
      fill(0)
      expect(await save('Not a byte left. '.repeat(4000))).toBe('DISK_FULL')
      expect(await stored()).toBe(acknowledged.text)

      // Closed and started anew on a full disk: a window, not an end without a word. With room it opens.
      await running.stop()
      running = await launch({ profile })
      expect(await ask(await running.door(), 'vault', 'state', {})).toMatchObject({
        page: 'unlock',
        stop: null,
      })
      rmSync(filler)
      page = await unlock(running)
      expect(await stored()).toBe(acknowledged.text)
      expect(await save('With room again.')).toBe('saved')

      // A vault at rest, without a page to spare for the mark that it is open: it says why it stops.
      await running.stop()
      running = await launch({ profile })
      const door = await running.door()
      fill(0)
      expect(await call(door, 'vault', 'unlock', { passphrase: PASSPHRASE })).toEqual({
        ok: false,
        code: 'DISK_FULL',
      })
      expect(await ask(door, 'vault', 'state', {})).toMatchObject({ page: 'stopped', stop: 'DISK_FULL' })
      rmSync(filler)
      await running.stop()
      running = await launch({ profile })
      page = await unlock(running)
      expect(await stored()).toBe('With room again.')
    } finally {
      await running?.stop()
      small.remove()
    }
  })
}

test.describe('the clock and the zone', () => {
  test.afterEach(() => removeProfile(profile))

  test('a clock set back and a zone that changed are said at the next opening, once', async () => {
    profile = await vaultProfile()
    const hour = 3_600_000
    running = await launch({ profile, env: { TZ: 'America/Chicago' } })
    await addSession(await unlock(running), (field) => (field === 'name' ? 'Clock' : ''))
    await running.stop()

    const before = new Date(Date.now() - 2 * hour).toISOString()
    running = await launch({ profile, now: before, env: { TZ: 'Asia/Tokyo' } })
    let page = await unlock(running)
    let context = await ask(page, 'app', 'context', {})
    expect(context.clockBehind).toBeGreaterThan(1.9 * hour)
    expect(context.clockBehind).toBeLessThan(2.1 * hour)
    expect(context.zoneBefore).toBe('America/Chicago')
    // Nothing stops because of it: what is written now is kept.
    const { clients } = await ask(page, 'clients', 'list', {})
    await ask(page, 'clients', 'addFlag', { clientId: clients[0]?.id ?? '', text: 'written in the past' })
    await running.stop()

    running = await launch({ profile, env: { TZ: 'Asia/Tokyo' } })
    page = await unlock(running)
    context = await ask(page, 'app', 'context', {})
    expect(context).toMatchObject({ clockBehind: null, zoneBefore: null })
  })
})
