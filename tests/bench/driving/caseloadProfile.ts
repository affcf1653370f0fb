import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import path from 'node:path'
import { makeVault } from './application.ts'
import { ELECTRON, ROOT } from './electron.ts'
import { keychainItems, type KeychainItem, putKeychainItems } from './keychainItems.ts'

/** A filled caseload costs a minute, so it is kept for as long as nothing that shapes it has changed. */
const CACHE = path.join(ROOT, 'node_modules/.cache/bracket-bench')
const SHAPED_BY = [
  'tests/bench/caseload',
  'src/main/store/record/migrations',
  'src/main/services/record/seal.ts',
  'src/main/vault/vaultFile.ts',
  'src/shared/document',
]

/**
 * The profile with the thirty-year caseload; copy it before use. Its keychain items are put into this session's
 * keychain. (That the cache holds a vault and its items side by side is no harm: nothing in it was ever said.)
 */
export async function caseloadProfile(say: (line: string) => void): Promise<string> {
  const kept = path.join(CACHE, `caseload-${fingerprint()}`)
  if (!existsSync(kept)) await makeCaseload(kept, say)
  const items = readFileSync(path.join(kept, 'keychain.json'), 'utf8')
  await putKeychainItems(JSON.parse(items) as KeychainItem[])
  return path.join(kept, 'profile')
}

async function makeCaseload(kept: string, say: (line: string) => void): Promise<void> {
  say('making a caseload of thirty years (kept for the next run) …')
  const profile = await makeVault()
  await inElectronsNode('fill.mjs', [profile])
  const items = await keychainItems(profile)
  const building = `${kept}.new`
  rmSync(CACHE, { recursive: true, force: true })
  mkdirSync(building, { recursive: true })
  rmSync(path.join(profile, 'chromium'), { recursive: true, force: true })
  cpSync(profile, path.join(building, 'profile'), { recursive: true })
  rmSync(profile, { recursive: true })
  writeFileSync(path.join(building, 'keychain.json'), JSON.stringify(items))
  renameSync(building, kept)
}

function fingerprint(): string {
  const hash = createHash('sha256')
  const visit = (file: string): void => {
    if (statSync(file).isDirectory()) {
      for (const name of readdirSync(file).toSorted()) visit(path.join(file, name))
    } else hash.update(path.relative(ROOT, file)).update(readFileSync(file))
  }
  for (const file of SHAPED_BY) visit(path.join(ROOT, file))
  return hash.digest('hex').slice(0, 16)
}

/** Runs one of the bench's own programs in Electron's Node, and gives the last line it printed. */
export async function inElectronsNode(program: string, args: readonly string[]): Promise<string> {
  const child = spawn(ELECTRON, [path.join(ROOT, 'out/bench', program), ...args], {
    env: { ...process.env, ELECTRON_RUN_AS_NODE: '1', TZ: 'America/New_York' },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let text = ''
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
    text += chunk
    // Lines that begin with two spaces are for whoever is waiting.
    for (const line of chunk.split('\n')) if (line.startsWith('  ')) console.log(line)
  })
  const [code] = (await once(child, 'close')) as [number | null]
  if (code !== 0) throw new Error(`${program} ended with ${code}`)
  return text.trimEnd().split('\n').at(-1) ?? ''
}
