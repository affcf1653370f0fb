import { launch } from '../support/application.ts'
import { applicationTrials } from './application/index.ts'
import { runTrials } from './main.ts'

/** What was really started. */
async function versions(): Promise<Record<string, string>> {
  const running = await launch()
  try {
    return await running.app.evaluate(() => ({
      electron: process.versions['electron'] ?? 'none',
      node: process.versions.node,
    }))
  } finally {
    await running.stop()
  }
}

await runTrials(applicationTrials, versions)
