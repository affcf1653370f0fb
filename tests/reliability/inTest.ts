import { expect } from 'vitest'
import { complaints, runTrial, type Trial } from './trial.ts'

/**
 * The CI figure is for all runs of a database test together: there is one for each driver, but for Windows.
 */
const RUNS = process.platform === 'win32' ? 1 : 2

export function roundsInCI(trial: Trial, runs: 1 | 'each driver' = 'each driver'): number {
  return Math.ceil(trial.ci / (runs === 1 ? 1 : RUNS))
}

/** Runs the trial as often as CI does and fails the test with the rounds that failed. */
export async function expectKept(trial: Trial, rounds = roundsInCI(trial)): Promise<void> {
  const report = await runTrial(trial, rounds)
  expect(complaints(trial, report)).toEqual([])
  expect([report.rounds, report.failed]).toEqual([rounds, 0])
}

/** For a trial that stands between a process and Linux: there it is run, or fails for want of gcc. */
export async function expectKeptOnLinux(trial: Trial): Promise<void> {
  if (process.platform === 'linux') await expectKept(trial)
  else expect(trial.unavailable?.()).toContain('needs Linux')
}
