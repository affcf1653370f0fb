import { resolve } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The checkout; the built runner stands as deep in it (out/reliability) as this file does. */
export const ROOT = resolve(fileURLToPath(new URL('../..', import.meta.url)))
