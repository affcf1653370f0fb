import type { Page } from '@playwright/test'
import { ask, launch, removeProfile, unlock, vaultProfile, type Running } from '../../support/application.ts'
import { addSession, toThePen } from '../../support/oneSession.ts'
import { chance } from '../chance.ts'
import { Fault, must, type Sums, type Trial } from '../trial.ts'
import { noonZone } from '../../support/noonZone.ts'

export async function stored(page: Page, noteId: string): Promise<{ text: string; revision: number }> {
  const { sections, revision } = await ask(page, 'notes', 'read', { noteId })
  return { text: sections.find((s) => s.key === 'subjective')?.text ?? '', revision }
}

/** Words that nothing in the editor turns into something else, told apart by their place. */
const wordsFrom = (first: number, count: number): string =>
  Array.from({ length: count }, (_, place) => `beat${first + place} `).join('')

export async function openDraft(page: Page): Promise<void> {
  await toThePen(page)
  await page.getByRole('textbox', { name: 'Subjective' }).click()
  await page.keyboard.press('Control+End')
}

/** What the page shows while its status says "Saved", two frames after the last key; else null. */
function saidToBeSaved(page: Page): Promise<string | null> {
  return page.evaluate(async () => {
    const frame = () => new Promise((resolve) => requestAnimationFrame(resolve))
    await frame()
    await frame()
    const status = document.querySelector('[role="status"][aria-label="Saved state"]')
    const field = document.querySelector('[role="textbox"][aria-label="Subjective"]')
    if (field === null || status === null) throw new Error('no editor')
    return /Saved \d/u.test(status.textContent ?? '') ? (field.textContent ?? '') : null
  })
}

export const killApplication: Trial = {
  name: 'kill-application',
  says: 'kill -9 of the whole application in mid-typing: what the page said was saved is there, nothing twice',
  ci: 5,
  release: 200,
  // The note grows with each.
  roundsPerStand: 25,
  lacks: ({ promises = 0 }, rounds) => (promises >= rounds ? null : 'hardly anything was said to be saved'),
  async stand() {
    const profile = await vaultProfile()
    let running: Running = await launch({ profile, env: { TZ: noonZone() } })
    let page = await unlock(running)
    const { noteId, sessionId } = await addSession(page, (field) => (field === 'name' ? 'Crash' : ''))
    let [text, count, phase] = ['', 0, '']
    return {
      async round(seed) {
        return cycle(seed).catch((thrown: unknown) => {
          // Playwright's own, which says where it waited in words of the page: slow, or hung, but nothing is lost yet.
          if (thrown instanceof Error && thrown.name === 'TimeoutError') throw new Fault(`timed out ${phase}`)
          throw thrown
        })
      },
      async end() {
        await running.stop()
        removeProfile(profile)
      },
    }

    async function cycle(seed: number): Promise<Sums> {
      const pick = chance(seed)
      const upTo = (ms: number): Promise<void> => page.waitForTimeout(pick(ms))
      let promises = 0
      phase = 'opening the draft'
      await openDraft(page)
      phase = 'typing'
      let promised = await stored(page, noteId)
      // Short bursts with pauses for thought; after some of them the page says that it saved.
      for (let burst = 0; burst < 3; burst += 1) {
        const words = wordsFrom(count, 3)
        count += 3
        text += words
        await page.keyboard.type(words, { delay: 8 })
        await (burst === 0 ? page.waitForTimeout(900) : upTo(900))
        const saved = await saidToBeSaved(page)
        if (saved === null) continue
        promises += 1
        const { revision } = await stored(page, noteId)
        promised = { text: saved, revision }
      }
      // And on without a pause, longer than the page ever waits; killed somewhere in it, in a save or between two.
      const words = wordsFrom(count, 60)
      count += 60
      const typing = page.keyboard.type(words, { delay: 8 }).catch(() => undefined)
      const until = Date.now() + 300 + pick(2700)
      while (Date.now() < until) {
        // What can be read is committed, and no less than what was answered.
        const read = await stored(page, noteId)
        if (read.revision > promised.revision) promised = read
        await upTo(40)
      }
      phase = 'being killed'
      await running.kill()
      await typing

      phase = 'starting again'
      running = await launch({ profile, env: { TZ: noonZone() } })
      phase = 'unlocking again'
      page = await unlock(running)
      const found = await stored(page, noteId)
      must(found.text.startsWith(promised.text.trimEnd()), 'said to be saved and lost')
      must((text + words).startsWith(found.text.trimEnd()), 'missing in the middle, or there twice')
      must(found.revision >= promised.revision, 'an earlier revision')
      const { restored } = await ask(page, 'app', 'context', {})
      must(
        restored?.noteId === noteId && restored.sessionId === sessionId,
        'it does not say what it restored',
      )
      text = found.text
      return { promises }
    }
  },
}
