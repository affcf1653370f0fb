import { screen, type BrowserWindow, type Rectangle } from 'electron'
import { readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { z } from '../../shared/contract/schema.ts'

const DEFAULT = { width: 1280, height: 768 }
const saved = z.object({
  x: z.int(),
  y: z.int(),
  width: z.int().min(400).max(20_000),
  height: z.int().min(300).max(20_000),
})

const savedLook = z.object({
  theme: z.enum(['system', 'light', 'dark']).catch('system'),
  /** Per cent. */
  textSize: z.int().min(80).max(200).catch(100),
})

/** What the door has to look like for whoever reads it; the person's own choice, behind the lock, is the one that counts. */
export type Look = z.infer<typeof savedLook>

/*
 * A small file beside the vault: where the window was, its colours and its size of text. Five numbers and a word, and
 * nothing of anybody's (docs/adr: "The door looks as its owner reads").
 */

export function rememberedLook(profile: string): Look {
  return savedLook.parse(contentOf(profile))
}

/** Where the window was. */
export function rememberedBounds(profile: string): Rectangle | typeof DEFAULT {
  try {
    const bounds = saved.parse(contentOf(profile))
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

export function rememberWindow(window: BrowserWindow, look: Look, profile: string): void {
  try {
    writeFileSync(file(profile), JSON.stringify({ ...window.getNormalBounds(), ...look }), { mode: 0o600 })
  } catch {
    // Not worth a word: the next start opens in the middle.
  }
}

function contentOf(profile: string): unknown {
  try {
    const content: unknown = JSON.parse(readFileSync(file(profile), 'utf8'))
    return typeof content === 'object' ? (content ?? {}) : {}
  } catch {
    return {}
  }
}

const file = (profile: string): string => path.join(profile, 'window.json')

function overlaps(area: Rectangle, bounds: Rectangle): boolean {
  const wide = Math.min(area.x + area.width, bounds.x + bounds.width) - Math.max(area.x, bounds.x)
  const high = Math.min(area.y + area.height, bounds.y + bounds.height) - Math.max(area.y, bounds.y)
  return wide > 80 && high > 40
}
