import AxeBuilder from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import path from 'node:path'

/** What axe finds, as "rule: where it is". */
export async function violations(on: Page): Promise<string[]> {
  // A modal dialog stands outside the landmarks on purpose; `region` (a best practice, not WCAG) minds that.
  const modal = (await on.getByRole('dialog').or(on.getByRole('alertdialog')).count()) > 0
  // Electron has no way to open the extra page that axe's newer mode wants.
  const found = await new AxeBuilder({ page: on })
    .setLegacyMode(true)
    .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'])
    .disableRules(modal ? ['region'] : [])
    .analyze()
  return found.violations.map((v) => `${v.id}: ${v.nodes.map((n) => n.target.join(' ')).join(', ')}`)
}

/** How far a page reaches beyond its window, in pixels. */
export const sideways = (page: Page): Promise<number> =>
  page.evaluate(() => document.documentElement.scrollWidth - innerWidth)

/** Where pictures go, when a person wants to look at them; nothing is compared with them. */
const PICTURES = process.env['BRACKET_PICTURES']

export async function picture(page: Page, name: string): Promise<void> {
  if (PICTURES !== undefined)
    await page.screenshot({ path: path.join(PICTURES, `${name}.png`), fullPage: true })
}

/** Light, dark and at 200 %. */
export async function look(page: Page, name: string): Promise<void> {
  if (PICTURES === undefined) return
  await picture(page, name)
  await page.emulateMedia({ colorScheme: 'dark' })
  await picture(page, `${name}-dark`)
  await page.emulateMedia({ colorScheme: 'light' })
  await page.evaluate(() => void (document.documentElement.style.fontSize = '200%'))
  await picture(page, `${name}-200`)
  await page.evaluate(() => void (document.documentElement.style.fontSize = ''))
  await page.emulateMedia({ colorScheme: null })
}
