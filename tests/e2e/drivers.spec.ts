import { expect, test } from '@playwright/test'
import { readFileSync } from 'node:fs'
import { ask, launch, removeProfile, unlock, vaultProfile, type Running } from '../support/application.ts'
import { liveOneSession, openPrivateRoom, sign } from '../support/oneSession.ts'

test('written with one driver, read with the other: the whole of a session', async () => {
  const profile = await vaultProfile()
  let running = await launch({ profile, env: { BRACKET_SQLCIPHER: 'signal' } })
  try {
    const page = await unlock(running)
    expectLoaded(running, '@signalapp')
    const written = await liveOneSession(running, page, (field) => `word of ${field}`)
    await sign(page, written, 'A summary line')
    await running.stop()

    running = await launch({ profile, env: { BRACKET_SQLCIPHER: 'journeyapps' } })
    const after = await unlock(running)
    expectLoaded(running, '@journeyapps')
    const note = await ask(after, 'notes', 'read', { noteId: written.noteId })
    expect(note).toMatchObject({ state: 'sealed', summary: 'A summary line' })
    expect(note.sections.map((s) => s.text)).toContain('word of assessment')
    const { hits } = await ask(after, 'search', 'query', { text: 'assessment', order: 'newest' })
    expect(hits.map((hit) => hit.noteId)).toEqual([written.noteId])
    await openPrivateRoom(running, after)
    const room = await ask(after, 'privateRoom', 'get', { sessionId: written.sessionId })
    expect(room.sections.map((s) => s.text)).toEqual(['word of private'])
    await expect.poll(async () => (await ask(after, 'app', 'verification', {})).state).toBe('intact')
  } finally {
    await running.stop()
    removeProfile(profile)
  }
})

const DRIVERS = ['@journeyapps', '@signalapp'] as const

/** Whose addon the process has mapped: proof that the environment's choice was heard. Linux alone tells. */
function expectLoaded(running: Running, name: (typeof DRIVERS)[number]): void {
  if (process.platform !== 'linux') return
  const mapped = readFileSync(`/proc/${running.app.process().pid}/maps`, 'utf8')
  expect(DRIVERS.filter((driver) => mapped.includes(`/${driver}/`))).toEqual([name])
}
