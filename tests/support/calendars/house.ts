import { expect, type Page } from '@playwright/test'
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { ScheduledSession } from '../../../src/shared/contract/sessions.ts'
import { wallOf } from '../../../src/shared/domain/calendar/zones.ts'
import { filesWith } from '../scan.ts'
import { ask, launch, removeProfile, unlock, vaultProfile, type Running } from '../application.ts'

export const HOME = 'America/New_York'
/** A Monday, 8:00 in New York. */
export const NOW = '2026-01-05T13:00:00Z'
const DAY = 86_400_000

/** An unlocked vault on a Monday morning in New York, and a folder of calendars beside it. */
export class CalendarHouse {
  readonly folder = mkdtempSync(path.join(tmpdir(), 'bracket-calendars-'))
  readonly #running: Running
  readonly page: Page

  private constructor(running: Running, page: Page) {
    this.#running = running
    this.page = page
  }

  static async open(): Promise<CalendarHouse> {
    const running = await launch({ profile: await vaultProfile(), now: NOW, env: { TZ: HOME } })
    const page = await unlock(running)
    await expect(page.getByRole('heading', { name: 'Today', level: 1 })).toBeVisible()
    return new CalendarHouse(running, page)
  }

  async close(): Promise<void> {
    await this.#running.stop()
    removeProfile(this.#running.profile)
    removeProfile(this.folder)
  }

  /** Behind the door again: the page is another one then. */
  unlockAgain(): Promise<Page> {
    return unlock(this.#running)
  }

  /** As it stands in the navigation and on the week. */
  async toCalendars(): Promise<void> {
    await this.page.getByRole('link', { name: 'Week', exact: true }).click()
    await this.page.getByRole('button', { name: 'Calendars & groups' }).click()
    await expect(this.page.getByRole('heading', { name: 'Calendars & groups', level: 1 })).toBeVisible()
  }

  async addClient(name: string): Promise<string> {
    const { id } = await ask(this.page, 'clients', 'create', {
      name,
      pronouns: '',
      birthDate: null,
      referralReason: '',
    })
    return id
  }

  put(name: string, content: string | Uint8Array): string {
    const file = path.join(this.folder, name)
    writeFileSync(file, content)
    return file
  }

  /** What the system's dialogs answer from here on. */
  async answer(chosen: string): Promise<void> {
    await this.#running.app.evaluate(({ dialog }, at) => {
      dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [at] })
      dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath: at })
    }, chosen)
  }

  /** Chooses a file as a person does; what is then on the screen is the test's to say. */
  async choose(name: string, content: string | Uint8Array): Promise<void> {
    await this.answer(this.put(name, content))
    await this.page.getByRole('button', { name: 'Choose a calendar file…' }).click()
  }

  async looking(): Promise<void> {
    await expect(this.page.getByRole('heading', { name: 'Take in a calendar', level: 1 })).toBeVisible()
  }

  async takeIn(): Promise<void> {
    await this.page.getByRole('button', { name: 'Take it in' }).click()
    await expect(this.page.getByRole('heading', { name: 'Calendars & groups', level: 1 })).toBeVisible()
  }

  async sessions(days = 56): Promise<readonly ScheduledSession[]> {
    const from = Date.parse(NOW) - DAY
    return (await ask(this.page, 'sessions', 'between', { from, to: from + days * DAY })).sessions
  }

  /** "2026-01-06T15:00:00 Anna Berger", with "off" behind what was called off. */
  async lines(days?: number): Promise<string[]> {
    return (await this.sessions(days)).map(
      ({ startsAt, clientName, status }) =>
        `${wallOf(startsAt, HOME).slice(0, 16)} ${clientName}${status === 'cancelled' ? ' off' : ''}`,
    )
  }

  /** Closes it, and finds where in its files or in what it printed one of the words stands. */
  async leftBehind(words: readonly string[]): Promise<string[]> {
    await this.#running.stop()
    const printed = words.filter((word) => this.#running.stderr().includes(word))
    return [...filesWith(words, [this.#running.profile]), ...printed.map((word) => `stderr: ${word}`)]
  }

  async logged(): Promise<{ action: string; count: number | null }[]> {
    const { entries } = await ask(this.page, 'auditLog', 'list', { kind: null, day: null, before: null })
    return entries
      .filter(({ action }) => /^(calendar|schedule)-/u.test(action))
      .map(({ action, count }) => ({ action, count }))
      .reverse()
  }
}
