import { rmSync } from 'node:fs'
import { medianAboveFloor, medianAtMost, medianTimesFloor, sample, type Figure } from '../figure.ts'
import { BARE, start, type Started } from '../driving/electron.ts'
import { memoryOf } from '../driving/memory.ts'
import { Page, pause } from '../driving/page.ts'
import { copyOfProfile, enter, painted } from '../driving/application.ts'

const RUNS = 7
/** Looking at a page while it starts would slow it down: it is asked only after this. */
const HANDS_OFF_MS = 1300
/** A person needs longer than this to type a passphrase; until then the page behind the door has loaded. */
const TYPING_MS = 700
/** Memory is read when what starts later (other screens, the check of the seals) has started. */
const SETTLED_MS = 2500

interface BareRun {
  readonly painted: number
  readonly memory: number
}

interface ApplicationRun extends BareRun {
  readonly unlocked: number
  readonly derivation: number
}

/** Start, memory and unlocking of a vault of a few clients; each run beside a run of a bare window. */
export async function startingFigures(profile: string): Promise<Figure[]> {
  const bare: BareRun[] = []
  const application: ApplicationRun[] = []
  for (let run = 0; run < RUNS; run += 1) {
    bare.push(await runBare())
    application.push(await runApplication(profile))
  }
  const of = <T>(runs: readonly T[], value: (run: T) => number) => sample(runs.map(value))
  return [
    {
      name: 'Spawn → Unlock painted',
      unit: 'ms',
      figure: of(application, (run) => run.painted),
      floor: { name: 'bare window', sample: of(bare, (run) => run.painted) },
      target: medianTimesFloor(1.3),
    },
    {
      name: 'Memory (PSS) with Today shown',
      unit: 'MB',
      figure: of(application, (run) => run.memory),
      floor: { name: 'bare window', sample: of(bare, (run) => run.memory) },
      target: medianAboveFloor(60, 'MB'),
    },
    {
      name: 'Unlock, passphrase → Today painted',
      unit: 'ms',
      figure: of(application, (run) => run.unlocked + run.derivation),
      floor: { name: 'key derivation alone', sample: of(application, (run) => run.derivation) },
      target: medianTimesFloor(1.3),
    },
    {
      name: 'Unlock without key derivation → Today painted',
      unit: 'ms',
      figure: of(application, (run) => run.unlocked),
      target: medianAtMost(150, 'ms'),
    },
  ]
}

async function runBare(): Promise<BareRun> {
  const started = start(BARE)
  try {
    await pause(HANDS_OFF_MS)
    const page = await Page.at(started.devtools, 'file:')
    const at = await painted(page, 'bare')
    await pause(SETTLED_MS)
    return { painted: at - started.spawnedAt, memory: memoryOf(started.pid) }
  } finally {
    await started.stop()
  }
}

async function runApplication(template: string): Promise<ApplicationRun> {
  const profile = await copyOfProfile(template)
  const started: Started = start('.', [`--profile=${profile}`])
  try {
    await pause(HANDS_OFF_MS)
    const door = await Page.at(started.devtools, 'app://unlock')
    const at = await painted(door, 'unlock')
    await pause(TYPING_MS)
    const { withoutDerivation, derivation } = await enter(started, door)
    await pause(SETTLED_MS)
    const painting = at - started.spawnedAt
    return { painted: painting, memory: memoryOf(started.pid), unlocked: withoutDerivation, derivation }
  } finally {
    await started.stop()
    rmSync(profile, { recursive: true, force: true })
  }
}
