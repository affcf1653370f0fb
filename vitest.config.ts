import { defineConfig } from 'vitest/config'
import { channelNames } from './scripts/vite/channel-names.ts'

const project = (name: string) => ({
  extends: true as const,
  test: { name, include: [`tests/${name}/**/*.test.{ts,tsx}`] },
})

export default defineConfig({
  plugins: [channelNames()],
  define: { __TEST_SEAMS__: 'true' },
  test: {
    // Lines printed by a passing test hide the one that matters.
    silent: 'passed-only',
    // Two cores are the rule here; the database runs bring worker threads of their own.
    maxWorkers: 2,
    testTimeout: 20_000,
    hookTimeout: 20_000,
    // `db` runs inside Electron's Node, once per driver (scripts/checks.mjs); the others in plain Node.
    projects: [project('unit'), project('contract'), project('architecture'), project('db')],
  },
})
