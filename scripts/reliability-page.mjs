/**
 * What is known of one trial: `Outcome` of tests/reliability/state.ts, and `before` beside it in the figures' file.
 * @typedef {object} Run
 * @property {string} at ISO 8601
 * @property {number} rounds
 * @property {string[]} complaints
 *
 * @typedef {object} Outcome
 * @property {string} name
 * @property {string} says
 * @property {number} release how many rounds a release asks for
 * @property {{ rounds: number, failed: number, sums: Record<string, number> }} report
 * @property {string[]} complaints
 * @property {string | null} notRun why it could not be run
 * @property {string} at ISO 8601
 * @property {Record<string, string | undefined>} versions
 * @property {Run[]} [before] runs that failed before this one
 */

/**
 * docs/reliability.md, from the figures of the release run.
 * @param {{ machine: Record<string, string | number>, shipped: string, outcomes: Outcome[] }} figures
 */
export function reliabilityPage({ machine, shipped, outcomes }) {
  const ran = outcomes.filter(({ notRun }) => notRun === null)
  const days = [...new Set(ran.map(({ at }) => at.slice(0, 10)))]
  const electrons = [...new Set(ran.map(({ versions }) => versions.electron))]
  const drivers = [...new Set(ran.map(({ versions }) => versions.driver).filter(Boolean))]
  const short = ran.filter(({ report, release }) => report.rounds < release)
  const onShipped = electrons.length > 0 && electrons.every((version) => version === shipped)
  return `# Reliability: what was tried, how often, and what came of it

Written by \`npm run reliability -- --document\` from \`out/reliability.json\`; do not edit. The rows are those of "Figures to reach" in the security design; the same trials run, less often, at every \`npm test\`.

- **Date:** ${days.join(', ')}
- **Machine:** ${machine.system}; ${machine.cores} cores, ${machine.memory}
- **Electron:** ${electrons.join(', ')} — what ships is ${shipped}, and on that this is **${onShipped ? 'tested' : 'untested'}**
- **Drivers:** ${drivers.join('; ')}
- **SQLCipher:** ${[...new Set(ran.map(({ versions }) => versions.sqlcipher && `${versions.sqlcipher}, SQLite ${versions.sqlite}`).filter(Boolean))].join('; ')}
${short.length === 0 ? '' : `\n**${short.length} of ${outcomes.length} trials ran fewer rounds than a release asks for** (\`--scale\`, \`--minutes\`); what stands in the table is what really ran.\n`}
| trial | driver | a round | ran | of | failed | counted | verdict |
|---|---|---|---|---|---|---|---|
${outcomes.map(row).join('\n')}

## What a failure would look like

${complaintsOf(outcomes)}
${beforeOf(outcomes)}${lateOf(outcomes)}
## What this machine could not do

${unableTo(outcomes, onShipped, shipped)}
`
}

/** @param {Outcome} outcome */
function row({ name, says, versions, report, release, notRun, complaints }) {
  const driver = (versions.driver ?? '').replace(/^@(\w+)\/.*$/u, '$1')
  const verdict = notRun !== null ? '**not run**' : complaints.length === 0 ? 'kept' : '**broken**'
  const counted = Object.entries(report.sums)
    .filter(([sum]) => sum !== 'acts')
    .map(([sum, count]) => `${sum} ${count}`)
    .join(', ')
  return `| ${name} | ${driver} | ${says} | ${report.rounds} | ${release} | ${report.failed} | ${counted} | ${verdict} |`
}

/** @param {Outcome[]} outcomes */
function complaintsOf(outcomes) {
  const found = outcomes.flatMap(({ name, complaints }) => complaints.map((one) => `- ${name}, ${one}`))
  return found.length > 0
    ? found.join('\n')
    : 'There was none in this run. It would stand here with its trial, its round (which is its seed) and the step at which the promise broke: no text, path or key.'
}

/** Runs that failed before the one in the table. @param {Outcome[]} outcomes */
function beforeOf(outcomes) {
  const found = outcomes.flatMap(({ name, before = [] }) =>
    before.map(
      ({ at, rounds, complaints }) =>
        `- ${name}, ${at.slice(0, 16).replace('T', ' ')} UTC, ${rounds} rounds: ${summed(complaints)}`,
    ),
  )
  return found.length === 0 ? '' : `\n**Earlier runs that failed:**\n\n${found.join('\n')}\n`
}

/** @param {string[]} complaints */
function summed(complaints) {
  const times = new Map()
  for (const one of complaints) {
    const step = one.replace(/^round \d+: /u, '')
    times.set(step, (times.get(step) ?? 0) + 1)
  }
  return [...times].map(([step, count]) => (count === 1 ? step : `${step} (${count} times)`)).join('; ')
}

/** A window that is no failure of the figure, but that somebody should know of. @param {Outcome[]} outcomes */
function lateOf(outcomes) {
  const late = outcomes.find(({ name }) => name === 'page-put-back')?.report.sums.lessUntilFullCheck ?? 0
  return late === 0
    ? ''
    : `\n**Noticed late:** in ${late} rounds of page-put-back several old pages together hid signed notes from the check at opening (the table of seals went back with its indexes), and only the full check found it: weekly, after an end without closing, and at every backup.\n`
}

/** @param {Outcome[]} outcomes @param {boolean} onShipped @param {string} shipped */
function unableTo(outcomes, onShipped, shipped) {
  const found = outcomes
    .filter(({ notRun }) => notRun !== null)
    .map(({ name, notRun }) => `- ${name}: ${notRun}.`)
  if (!onShipped)
    found.push(`- Electron ${shipped}, which is what ships, is not on this machine: untested on it.`)
  found.push(
    '- Power was not cut. A library between the process and the kernel wrote down every write, sync and rename; the disk after the cut was made from that, with whatever had not been synced dropped, kept or torn by sectors. What a drive does that lies about its cache is not in it.',
    '- macOS and Windows: untested. There is no such library there; they have `fullfsync` and other locks.',
    '- Backups written by earlier versions were not restored: there are none yet. A record of the first schema is brought up, and killed meanwhile, in kill-migration.',
    '- Payloads of 10 MB, once for each shape of the contract, are sent at every `npm test` and not here.',
    '- Sleep is a stopped process (SIGSTOP), not a suspended machine.',
  )
  return found.join('\n')
}
