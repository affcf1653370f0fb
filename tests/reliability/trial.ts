/**
 * A row of security.md's "Figures to reach", as something that can be done once or ten thousand times. CI and the
 * release run call the same trial, with the row's two figures.
 */
export interface Trial {
  readonly name: string
  /** What a round does, for the table. */
  readonly says: string
  /** Rounds at every CI run, over all drivers, and at a release. */
  readonly ci: number
  readonly release: number
  /** Why this machine cannot do it; null when it can. Asked by the release run, which then says "not run". */
  readonly unavailable?: () => string | null
  /** What rounds share. Made anew after `roundsPerStand` of them (STAND), and after a failed one. */
  readonly stand: () => Promise<Stand>
  readonly roundsPerStand?: number
  /** Sums that a run of so many rounds must have reached, or it showed nothing: what is missing, else null. */
  readonly lacks?: (sums: Sums, rounds: number) => string | null
}

export interface Stand {
  /** The same seed does the same, as far as a killed process allows. Throws Fault for a broken promise. */
  round(seed: number): Promise<Sums>
  /** Closes and removes what `around` does not know of. */
  end?(): Promise<void>
}

/** Things counted, by name; added up over the rounds. */
export type Sums = Readonly<Record<string, number>>

/** A promise that was not kept. `step` names where: no text, path, key or SQL. */
export class Fault extends Error {
  constructor(step: string) {
    super(step)
    this.name = 'Fault'
  }
}

export function must(kept: boolean, step: string): asserts kept {
  if (!kept) throw new Fault(step)
}

export interface Failure {
  readonly seed: number
  readonly step: string
}

export interface Report {
  readonly rounds: number
  readonly failures: readonly Failure[]
  readonly failed: number
  readonly sums: Sums
}

export const nothingYet: Report = { rounds: 0, failures: [], failed: 0, sums: {} }

/** Files of past rounds lie about no longer than this. */
const STAND = 100
/** Of a run that goes wrong at every round the first are enough to look into. */
const SHOWN = 20

export interface Running {
  /** Where an interrupted run stood. */
  readonly from?: Report
  /** Called after every round; false stops. */
  readonly onRound?: (report: Report) => boolean
  /** What a stand and its rounds left open is closed when they are over. */
  readonly around?: <T>(work: () => Promise<T>) => Promise<T>
}

export async function runTrial(trial: Trial, rounds: number, running: Running = {}): Promise<Report> {
  const { from = nothingYet, onRound = () => true, around = (work) => work() } = running
  const { roundsPerStand = STAND } = trial
  let report = from
  let goesOn = true
  while (goesOn && report.rounds < rounds) {
    const until = Math.min(rounds, report.rounds + roundsPerStand)
    const { failed } = report
    await around(async () => {
      const stand = await trial.stand()
      try {
        while (goesOn && report.rounds < until && report.failed === failed) {
          const seed = report.rounds + 1
          report = await stand.round(seed).then(
            (sums) => added(report, sums),
            (thrown: unknown) => broken(report, { seed, step: stepOf(thrown) }),
          )
          goesOn = onRound(report)
        }
      } finally {
        await stand.end?.()
      }
    })
  }
  return report
}

/** What a finished run has to say against itself; empty when the promise was kept and could have been broken. */
export function complaints(trial: Trial, report: Report): string[] {
  const found = report.failures.map(({ seed, step }) => `round ${seed}: ${step}`)
  const lacking = trial.lacks?.(report.sums, report.rounds) ?? null
  return lacking === null ? found : [...found, lacking]
}

function added(report: Report, sums: Sums): Report {
  const all: Record<string, number> = { ...report.sums }
  for (const [name, count] of Object.entries(sums)) all[name] = (all[name] ?? 0) + count
  return { ...report, rounds: report.rounds + 1, sums: all }
}

function broken(report: Report, failure: Failure): Report {
  return {
    ...report,
    rounds: report.rounds + 1,
    failed: report.failed + 1,
    failures: [...report.failures, failure].slice(0, SHOWN),
  }
}

/** The message of an error that is not ours may hold anything; its name and code may not. */
function stepOf(thrown: unknown): string {
  if (thrown instanceof Fault) return thrown.message
  if (process.env['BRACKET_TRIAL_EXPLAIN'] === '1') console.error(thrown)
  if (!(thrown instanceof Error)) return 'something else was thrown'
  const code = 'code' in thrown && typeof thrown.code === 'string' ? ` ${thrown.code}` : ''
  return `${thrown.name}${code}`
}
