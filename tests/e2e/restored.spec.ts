import { expect, test } from '@playwright/test'
import { launch, PASSPHRASE, removeProfile, unlock, vaultProfile } from '../support/application.ts'

/* After a crash in mid-sentence: what was saved is there, and the page says until when. */

test('"Restored to 2:02 PM" is said on Today and in the note', async () => {
  const profile = await vaultProfile()
  const at = (time: string) =>
    launch({ profile, now: `2026-11-24T${time}Z`, env: { TZ: 'UTC', LANG: 'en_US.UTF-8' } })
  const first = await at('14:02:00')
  try {
    const page = await unlock(first)
    await expect(page.getByRole('heading', { name: 'Today', level: 1 })).toBeVisible()
    await page.keyboard.press('Control+n')
    await expect(page.getByRole('combobox', { name: 'Client' })).toBeFocused()
    await page.keyboard.type('Edda Moser')
    await page.keyboard.press('Enter')
    await page.keyboard.press('Enter')
    await page.getByRole('textbox', { name: 'Contact with' }).click()
    await page.keyboard.type('Said the nights are shorter.')
    await expect(page.getByRole('status', { name: 'Saved state', exact: true })).toContainText(
      'Saved 2:02 PM',
    )
    await page.keyboard.type(' And')
    await first.kill()

    const second = await at('14:20:00')
    try {
      const door = await second.door()
      await door.getByLabel('Passphrase', { exact: true }).fill(PASSPHRASE)
      await door.getByRole('button', { name: 'Unlock' }).click()
      const again = await second.page()
      await expect(again.getByText(/Restored to 2:02\sPM/u)).toBeVisible()
      await again.getByRole('link', { name: 'Open the draft' }).click()
      await expect(again.getByRole('textbox', { name: 'Contact with' })).toContainText(
        'Said the nights are shorter.',
      )
      await expect(again.getByRole('status', { name: 'Saved state', exact: true })).toContainText(
        /Restored to 2:02\sPM/u,
      )
    } finally {
      await second.stop()
    }
  } finally {
    await first.stop()
    removeProfile(profile)
  }
})
