import { runTrials } from './main.ts'
import { applicationTrials } from './application/index.ts'

await runTrials(applicationTrials, async () => ({}))
