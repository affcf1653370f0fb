import AxeBuilder from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import path from 'node:path'

export async function violations(on: Page): Promise<string[]> {
  const found = await new AxeBuilder({ page: on })
    .setLegacyMode(true)
    .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'])
    .analyze()
  return found.violations.map((v) => `${v.id}: ${v.nodes.map((n) => n.target.join(' ')).join(', ')}`)
}

/** How far a page reaches beyond its window, in pixels. */
export const sideways = (page: Page): Promise<number> =>
  page.evaluate(() => document.documentElement.scrollWidth - innerWidth)

/** For a person to look at, light, dark and at 200 %; kept only where asked for. */
export async function look(page: Page, name: string): Promise<void> {
  const at = process.env['BRACKET_SHOTS']
  if (at === undefined) return
  await page.screenshot({ path: path.join(at, `${name}.png`), fullPage: true })
  await page.emulateMedia({ colorScheme: 'dark' })
  await page.screenshot({ path: path.join(at, `${name}-dark.png`), fullPage: true })
  await page.emulateMedia({ colorScheme: 'light' })
  await page.evaluate(() => void (document.documentElement.style.fontSize = '200%'))
  await page.screenshot({ path: path.join(at, `${name}-200.png`), fullPage: true })
  await page.evaluate(() => void (document.documentElement.style.fontSize = ''))
  await page.emulateMedia({ colorScheme: null })
}
