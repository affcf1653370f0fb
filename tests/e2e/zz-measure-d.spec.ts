import { test } from '@playwright/test'
import { readFileSync } from 'node:fs'
import { ask, launch, removeProfile, unlock, vaultProfile } from '../support/application.ts'
import { addSession } from '../support/oneSession.ts'

const pss = (pid: number): number => Number(/^Pss:\s+(\d+)/mu.exec(readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8'))?.[1] ?? 0) / 1024

test('measures', async () => {
  test.setTimeout(240_000)
  for (const spelling of ['en', 'es', null] as const) {
    const profile = await vaultProfile()
    const running = await launch({ profile, now: '2026-11-24T16:00:00Z', env: { TZ: 'UTC', LANG: 'en_US.UTF-8' } })
    try {
      const page = await unlock(running)
      const { preferences } = await ask(page, 'app', 'context', {})
      await ask(page, 'app', 'setPreferences', { ...preferences, spelling })
      const w = await addSession(page, (f) => (f === 'name' ? 'Ines' : f))
      const words = 'She said she slept better this week and went back to work twice withuot leaving early because teh panic passed'.split(' ')
      const text = Array.from({ length: 150 }, () => words.join(' ') + '.').join('\n')
      const note = await ask(page, 'notes', 'read', { noteId: w.noteId })
      await ask(page, 'notes', 'save', { noteId: w.noteId, revision: note.revision, format: note.format, details: note.details, sections: note.sections.map((s, i) => (i === 0 ? { ...s, text } : s)) })
      await page.waitForTimeout(1500)
      const pid = await running.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().find((x) => x.webContents.getURL().startsWith('app://bracket'))?.webContents.getOSProcessId() ?? 0)
      const before = pss(pid)
      await page.getByRole('link', { name: 'Today', exact: true }).first().click()
      await page.getByRole('button', { name: 'Write note' }).or(page.getByRole('button', { name: 'Continue' })).first().click()
      const field = page.getByRole('textbox', { name: 'Subjective', exact: true })
      await field.waitFor()
      const t = Date.now()
      if (spelling !== null) await page.waitForFunction(() => (CSS.highlights.get('misspelt')?.size ?? 0) > 0, null, { timeout: 20000 })
      const first = Date.now() - t
      await page.waitForTimeout(3000)
      const after = pss(pid)
      await field.click()
      const figures = await page.evaluate(() => {
        const times: number[] = []
        ;(window as any).times = times
        let t0 = 0
        window.addEventListener('keydown', () => { t0 = performance.now() }, true)
        document.addEventListener('input', () => { queueMicrotask(() => queueMicrotask(() => times.push(performance.now() - t0))) }, true)
        return 0
      })
      void figures
      await page.keyboard.type('Some words that go on and on withuot an end. '.repeat(4), { delay: 30 })
      const times: number[] = await page.evaluate(() => (window as any).times)
      times.sort((a, b) => a - b)
      await page.waitForTimeout(1000)
      const marks = await page.evaluate(() => CSS.highlights.get('misspelt')?.size ?? 0)
      const long = await page.evaluate(() => 0)
      void long
      console.log(`MEASURE spelling=${spelling} pss before ${before.toFixed(0)} after ${after.toFixed(0)} +${(after - before).toFixed(0)} MB; first marks ${first} ms; key n=${times.length} p50 ${times[times.length >> 1]?.toFixed(1)} p95 ${times[Math.floor(times.length * 0.95)]?.toFixed(1)}; marks ${marks}; load ${readFileSync('/proc/loadavg','utf8').trim()}`)
      if (spelling === 'en') await page.screenshot({ path: '/tmp/pics-d/spelling.png' })
    } finally {
      await running.stop()
      removeProfile(profile)
    }
  }
})
