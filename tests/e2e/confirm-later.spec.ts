import { expect, test } from '@playwright/test'
import { call, launch, PASSPHRASE, removeProfile } from '../support/application.ts'

/* "Confirm later": a banner until both codes were typed in full, and no signature before. */

test('sheets put off are asked for before the first signature, and confirmed by both codes', async () => {
  const running = await launch()
  try {
    const door = await running.door()
    await door.getByRole('button', { name: 'Start my own' }).click()
    await door.getByLabel('Passphrase', { exact: true }).fill(PASSPHRASE)
    await door.getByLabel('Type it again').fill(PASSPHRASE)
    await door.getByRole('button', { name: 'Continue' }).click()
    const codes: Record<string, string> = {}
    for (const sheet of ['A', 'B']) {
      const items = door
        .getByRole('region', { name: new RegExp(`Sheet ${sheet}`, 'i') })
        .getByRole('listitem')
      await expect(items).toHaveCount(12)
      codes[sheet] = (await items.allInnerTexts()).map((item) => item.replace(/^\d+\s*/u, '')).join(' ')
    }
    await door.getByRole('button', { name: 'I have both sheets' }).click()
    await door.getByRole('button', { name: 'Confirm later' }).click()

    const page = await running.page()
    const notices = page.getByRole('region', { name: 'Notices' })
    await expect(notices.getByText(/not confirmed yet/)).toBeVisible()
    await page.keyboard.press('Control+n')
    await expect(page.getByRole('combobox', { name: 'Client' })).toBeFocused()
    await page.keyboard.type('Ruth Amsel')
    await page.keyboard.press('Enter')
    await page.keyboard.press('Enter')
    await page.getByRole('textbox', { name: 'Contact with' }).click()
    await page.keyboard.type('Phoned to cancel Friday.')
    await page.keyboard.press('Control+Enter')
    const sheet = page.getByRole('dialog')
    await sheet.getByRole('button', { name: 'Sign note' }).click()
    await expect(sheet.getByText(/sheets/i).first()).toBeVisible()
    expect(await call(page, 'app', 'context', {})).toMatchObject({ value: { recoveryConfirmed: false } })

    await sheet.getByRole('button', { name: /Confirm/ }).click()
    const small = await running.door()
    await small.getByLabel(/Sheet A/i).fill(codes['B'] ?? '')
    await small.getByLabel(/Sheet B/i).fill(codes['A'] ?? '')
    await small.getByRole('button', { name: 'Confirm', exact: true }).click()
    await expect(small.getByText(/other sheet|sheet B|wrong sheet/i).first()).toBeVisible()
    await small.getByLabel(/Sheet A/i).fill(codes['A'] ?? '')
    await small.getByLabel(/Sheet B/i).fill(codes['B'] ?? '')
    await small.getByRole('button', { name: 'Confirm', exact: true }).click()
    await expect.poll(() => small.isClosed()).toBe(true)

    await sheet.getByRole('button', { name: 'Sign note' }).click()
    await expect(page.getByRole('status', { name: 'Signing' })).toBeVisible()
    await expect(notices.getByText(/not confirmed yet/)).toHaveCount(0)
  } finally {
    await running.stop()
    removeProfile(running.profile)
  }
})
