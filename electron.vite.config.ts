import react from '@vitejs/plugin-react'
import { defineConfig } from 'electron-vite'
import path from 'node:path'
import { channelNames } from './scripts/vite/channel-names.ts'
import { dictionaries } from './scripts/vite/dictionaries.ts'
import { liveAnnouncer } from './scripts/vite/live-announcer.ts'

const root = import.meta.dirname
const source = (file: string): string => path.join(root, 'src', file)

// One build for the Electron that ships and for the older one on which closed networks develop and test.
const NODE = 'node20.18'
const CHROME = 'chrome130'

// `--profile`, `--now` and the other test seams are compiled out of a release. (They also ask `app.isPackaged`.)
const release = process.env.BRACKET_RELEASE === '1'
const define = { __TEST_SEAMS__: JSON.stringify(!release) }

export default defineConfig(({ command }) => ({
  main: {
    define,
    build: {
      target: NODE,
      minify: command === 'build',
      // An optional dependency, and so not among those that electron-vite leaves outside by itself.
      externalizeDeps: { include: ['@journeyapps/sqlcipher'] },
      rolldownOptions: {
        input: {
          index: source('main/index.ts'),
          'store-worker': source('main/store/worker.ts'),
          'check-process': source('main/store/checkProcess.ts'),
          'backup-worker': source('main/backup/backupWorker.ts'),
          'salvage-worker': source('main/salvage/worker.ts'),
          'strength-worker': source('main/vault/strengthWorker.ts'),
          'calendar-worker': source('main/calendar/worker.ts'),
        },
        output: {
          format: 'es',
          entryFileNames: '[name].js',
          // Flat, so that `new URL('./store-worker.js', import.meta.url)` is right from whatever chunk it ends in.
          chunkFileNames: '[name]-[hash].js',
        },
      },
    },
  },
  preload: {
    define,
    plugins: [channelNames()],
    build: {
      target: NODE,
      minify: command === 'build',
      // A sandboxed preload cannot require anything, nor load ESM; each must be one self-contained file.
      externalizeDeps: false,
      isolatedEntries: true,
      rolldownOptions: {
        input: {
          index: source('preload/index.ts'),
          unlock: source('preload/unlock.ts'),
        },
        output: { format: 'cjs', entryFileNames: '[name].cjs', chunkFileNames: '[name]-[hash].cjs' },
      },
    },
  },
  renderer: {
    root: source('renderer'),
    define,
    plugins: [react(), liveAnnouncer(), dictionaries()],
    // A worker's bundle has plugins of its own; the dev server's workers have the page's.
    worker: { format: 'es', plugins: () => [dictionaries()] },
    // Hot reload under a CSP without `unsafe-inline`: the page's scripts and styles carry this run's nonce, and
    // main names it in the development CSP. Built pages have no nonce at all.
    ...(command === 'serve' && process.env.BRACKET_DEV_NONCE
      ? { html: { cspNonce: process.env.BRACKET_DEV_NONCE } }
      : {}),
    build: {
      target: CHROME,
      minify: true,
      // `font-src 'self'` and `worker-src 'self'`: nothing may arrive as a data: URL.
      assetsInlineLimit: 0,
      rolldownOptions: {
        input: {
          index: source('renderer/index.html'),
          unlock: source('renderer/unlock.html'),
          paper: source('renderer/paper.html'),
        },
      },
    },
  },
}))
