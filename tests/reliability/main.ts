/** Runs trials one after the other, says how far it is, and keeps where it stands. Started by scripts/reliability.mjs. */
import { readState, reportOf, writeState, type Outcome } from './state.ts'
import { complaints, runTrial, type Report, type Trial } from './trial.ts'
import { scoped } from './withoutVitest.ts'

export interface Orders {
  readonly only: readonly string[]
  readonly scale: number
  /** For all trials of this process together; null for as long as it takes. */
  readonly minutes: number | null
  readonly state: string
  /** See State. */
  readonly of: string
}

const SAVE_EVERY_MS = 3000
const SAY_EVERY_MS = process.stdout.isTTY ? 250 : 15_000

let stopping = false

export async function runTrials(
  trials: readonly Trial[],
  versions: () => Promise<Record<string, string>>,
): Promise<void> {
  const orders = JSON.parse(process.env['BRACKET_TRIALS'] ?? '{}') as Orders
  for (const name of ['SIGINT', 'SIGTERM'] as const) process.on(name, () => (stopping = true))
  const asked = trials.filter(({ name }) => orders.only.length === 0 || orders.only.includes(name))
  const known = asked.length === 0 ? {} : await scoped(versions)
  const end = orders.minutes === null ? Infinity : Date.now() + orders.minutes * 60_000
  for (const [place, trial] of asked.entries()) {
    // What one trial does not need is there for those after it.
    const share = (end - Date.now()) / (asked.length - place)
    if (!stopping) await runOne(trial, orders, known, Date.now() + share)
  }
  if (stopping) process.exitCode = 130
}

async function runOne(
  trial: Trial,
  orders: Orders,
  versions: Record<string, string>,
  end: number,
): Promise<void> {
  const { name, says, release } = trial
  const state = readState(orders.state, orders.of)
  let wanted = Math.max(1, Math.round(release * orders.scale))
  const from = reportOf(state, name)
  const before = state.outcomes[name]?.ms ?? 0
  const began = Date.now()
  const notRun = await scoped(async () => trial.unavailable?.() ?? null)
  const outcome = (report: Report): Outcome => ({
    name,
    says,
    release,
    wanted,
    report,
    complaints: complaints(trial, report),
    notRun,
    ms: before + Date.now() - began,
    at: new Date().toISOString(),
    versions,
  })
  const keep = (report: Report): void => {
    state.outcomes[name] = outcome(report)
    writeState(orders.state, state)
  }
  if (notRun !== null) {
    keep(from)
    return line(`${name}: NOT RUN: ${notRun}`, true)
  }
  if (from.rounds > 0 && from.rounds < wanted) line(`${name}: goes on after round ${from.rounds}`, true)
  let [saved, said] = [Date.now(), 0]
  const report = await runTrial(trial, wanted, {
    from,
    around: scoped,
    onRound(now) {
      if (Date.now() - saved > SAVE_EVERY_MS) {
        keep(now)
        saved = Date.now()
      }
      if (Date.now() - said > SAY_EVERY_MS) {
        line(progress(name, now, wanted, (now.rounds - from.rounds) / (Date.now() - began)), false)
        said = Date.now()
      }
      return !stopping && Date.now() < end
    },
  })
  const { rounds, failed } = report
  // Out of time is the end of it; interrupted is not.
  if (!stopping) wanted = rounds
  keep(report)
  const wrong = complaints(trial, report)
  line(`${name}: ${rounds} rounds, ${failed} failed, ${((Date.now() - began) / 1000).toFixed(0)} s`, true)
  if (!stopping) for (const complaint of wrong) line(`  ${complaint}`, true)
}

function progress(name: string, { rounds, failed }: Report, wanted: number, perMs: number): string {
  const left = Math.round((wanted - rounds) / perMs / 1000)
  const rate = (perMs * 1000).toFixed(perMs < 0.01 ? 1 : 0)
  return `${name}: ${rounds} of ${wanted}, ${failed} failed, ${rate} a second, ${left} s left`
}

function line(text: string, stays: boolean): void {
  if (process.stdout.isTTY) process.stdout.write(`\r\u001b[K${text}${stays ? '\n' : ''}`)
  else process.stdout.write(`${text}\n`)
}
