import { defineConfig } from '@playwright/test'

/** Run by tests/e2e/network.spec.ts in a network namespace; not part of the ordinary run. */
export default defineConfig({
  testDir: '.',
  testMatch: 'offline.ts',
  outputDir: '../../test-results/offline',
  timeout: 60_000,
  workers: 1,
  retries: 0,
  reporter: [['list']],
})
