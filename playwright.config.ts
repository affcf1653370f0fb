import { defineConfig } from '@playwright/test'
import { noonZone } from './tests/support/noonZone.ts'

// For the tests and the applications they start, unless a test says where it is.
process.env.TZ ??= noonZone()

const report = process.env.BRACKET_REPORT

export default defineConfig({
  testDir: 'tests/e2e',
  testMatch: '**/*.spec.ts',
  outputDir: 'test-results',
  timeout: 60_000,
  expect: { timeout: 10_000 },
  forbidOnly: true,
  retries: 0,
  // One application at a time: two windows on one display would take the focus from each other.
  workers: 1,
  reporter: report ? [['dot'], ['json', { outputFile: report }]] : [['list']],
})
