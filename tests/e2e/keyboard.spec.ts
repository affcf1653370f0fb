import { expect, test, type Page } from '@playwright/test'
import { launch, PASSPHRASE, removeProfile, vaultProfile } from '../support/application.ts'

/* The main job without a mouse: from the passphrase to the seal and back to the door. */

test('a contact is written, set down, signed and locked away by keyboard alone', async () => {
  const profile = await vaultProfile()
  const running = await launch({ profile, now: '2026-11-24T16:00:00Z', env: { TZ: 'UTC' } })
  try {
    const door = await running.door()
    await expect(door.getByLabel('Passphrase', { exact: true })).toBeFocused()
    await door.keyboard.type(PASSPHRASE)
    await door.keyboard.press('Enter')

    const page = await running.page()
    const { keyboard } = page
    await expect(page.getByRole('heading', { name: 'Today', level: 1 })).toBeVisible()
    await keyboard.press('Control+n')
    await expect(page.getByRole('combobox', { name: 'Client' })).toBeFocused()
    await keyboard.type('Tomas Brandt')
    await keyboard.press('Enter')
    await keyboard.press('Enter')
    await expect(page.getByRole('textbox', { name: 'Contact with' })).toBeFocused()

    await keyboard.type('Called from the bus stop; asked whether Thursday holds.')
    await keyboard.press('Control+Alt+ArrowDown')
    await expect(page.getByRole('textbox', { name: 'Reason for contact' })).toBeFocused()
    await keyboard.type('Spoke clearly, traffic behind him.')
    await keyboard.press('Control+s')
    await expect(page.getByRole('status', { name: 'Saved state', exact: true })).toContainText('Saved')

    const homework = page.getByRole('textbox', { name: 'Homework' })
    for (let i = 0; i < 12 && !(await homework.evaluate((el) => el === document.activeElement)); i += 1) {
      await keyboard.press('Tab')
    }
    await expect(homework).toBeFocused()
    await keyboard.type('Bring the letter')
    await keyboard.press('Enter')
    await expect(page.getByRole('region', { name: 'Set down' }).getByText('Bring the letter')).toBeVisible()

    // Esc closes the innermost layer and never leaves Write.
    await keyboard.press('Escape')
    await expect(page.getByRole('textbox', { name: 'Contact with' })).toBeVisible()

    await keyboard.press('Control+Enter')
    await expect(page.getByRole('dialog').getByLabel('Summary line')).toBeFocused()
    await keyboard.press('Enter')
    await expect(page.getByText(/seal 1/i)).toBeVisible({ timeout: 20_000 })

    await lockByKey(page)
    const back = await running.door()
    await expect(back.getByLabel('Passphrase', { exact: true })).toBeFocused()
    await back.keyboard.type(PASSPHRASE)
    await back.keyboard.press('Enter')
    const again = await running.page()
    await expect(again.getByText(/seal 1/i)).toBeVisible()
  } finally {
    await running.stop()
    removeProfile(profile)
  }
})

test('after a lock in mid-sentence the draft, the screen and the caret are back', async () => {
  const profile = await vaultProfile()
  const running = await launch({ profile, now: '2026-11-24T16:00:00Z', env: { TZ: 'UTC' } })
  const enter = async () => {
    const door = await running.door()
    await expect(door.getByLabel('Passphrase', { exact: true })).toBeFocused()
    await door.keyboard.type(PASSPHRASE)
    await door.keyboard.press('Enter')
    return running.page()
  }
  try {
    const page = await enter()
    await expect(page.getByRole('heading', { name: 'Today', level: 1 })).toBeVisible()
    await page.keyboard.press('Control+n')
    await expect(page.getByRole('combobox', { name: 'Client' })).toBeFocused()
    await page.keyboard.type('Ada Lindgren')
    await page.keyboard.press('Enter')
    await page.keyboard.press('Enter')
    await expect(page.getByRole('textbox', { name: 'Contact with' })).toBeFocused()
    await page.keyboard.press('Control+Alt+ArrowDown')
    await page.keyboard.type('One two four')
    for (let i = 0; i < 4; i += 1) await page.keyboard.press('ArrowLeft')
    await page.waitForTimeout(400)
    await lockByKey(page)

    const back = await enter()
    const objective = back.getByRole('textbox', { name: 'Reason for contact' })
    await expect(objective).toBeFocused()
    await expect(objective).toHaveText('One two four')
    await back.keyboard.type('three ')
    await expect(objective).toHaveText('One two three four')
  } finally {
    await running.stop()
    removeProfile(profile)
  }
})

/** The page is gone before the key is up again. */
const lockByKey = (page: Page): Promise<void> => page.keyboard.press('Control+Shift+L').catch(() => undefined)
