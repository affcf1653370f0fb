import { expect, test } from '@playwright/test'
import { networkInterfaces } from 'node:os'
import { ask, freshProfile, launch, removeProfile } from './application.ts'
import { liveTheMainJob } from './oneSession.ts'

test('the main job without a network', async () => {
  expect(Object.keys(networkInterfaces())).toEqual(['lo'])
  const profile = freshProfile()
  const running = await launch({ profile })
  try {
    const { noteId } = await liveTheMainJob(running, (field) => `word of ${field}`)
    const note = await ask(await running.page(), 'notes', 'read', { noteId })
    expect(note).toMatchObject({ state: 'sealed', summary: 'word of summary' })
    expect(note.addenda.map((addendum) => addendum.text)).toEqual(['word of addendum'])
  } finally {
    await running.stop()
    removeProfile(profile)
  }
})
