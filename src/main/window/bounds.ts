import { screen, type BrowserWindow, type Rectangle } from 'electron'
import { readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { z } from '../../shared/contract/schema.ts'

const DEFAULT = { width: 1280, height: 768 }
const saved = z.strictObject({
  x: z.int(),
  y: z.int(),
  width: z.int().min(400).max(20_000),
  height: z.int().min(300).max(20_000),
})

/** Where the window was, in a small file beside the vault: four numbers, nothing else. */
export function rememberedBounds(profile: string): Rectangle | typeof DEFAULT {
  try {
    const bounds = saved.parse(JSON.parse(readFileSync(file(profile), 'utf8')))
    // A screen that was unplugged: better the middle of this one than nowhere.
    const seen = screen.getAllDisplays().some(({ workArea }) => overlaps(workArea, bounds))
    if (seen) return bounds
  } catch {
    // No file yet, or not ours: the middle of the screen.
  }
  const { workAreaSize } = screen.getPrimaryDisplay()
  return {
    width: Math.min(DEFAULT.width, workAreaSize.width),
    height: Math.min(DEFAULT.height, workAreaSize.height),
  }
}

export function rememberBounds(window: BrowserWindow, profile: string): void {
  try {
    writeFileSync(file(profile), JSON.stringify(window.getNormalBounds()), { mode: 0o600 })
  } catch {
    // Not worth a word: the next start opens in the middle.
  }
}

const file = (profile: string): string => path.join(profile, 'window.json')

function overlaps(area: Rectangle, bounds: Rectangle): boolean {
  const wide = Math.min(area.x + area.width, bounds.x + bounds.width) - Math.max(area.x, bounds.x)
  const high = Math.min(area.y + area.height, bounds.y + bounds.height) - Math.max(area.y, bounds.y)
  return wide > 80 && high > 40
}
