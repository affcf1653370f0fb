import type { Trial } from '../trial.ts'
import { killApplication } from './killApplication.ts'

/** They need the built application, a display and a keychain, and run in plain Node beside it. */
export const applicationTrials: readonly Trial[] = [killApplication]
