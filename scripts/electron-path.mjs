import { readFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'

const electron = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../node_modules/electron')

/** The binary that `scripts/setup.mjs` put in place. Never downloads, unlike `import 'electron'`. */
export function electronPath() {
  return path.join(electron, 'dist', readFileSync(path.join(electron, 'path.txt'), 'utf8'))
}
