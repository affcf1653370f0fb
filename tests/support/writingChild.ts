/** A backup written in a process of its own, where the disk is full or the folder is not its to write. Prints how it ended. */
import { existsSync } from 'node:fs'
import { writeBackup } from '../../src/main/backup/writing.ts'
import { saving } from '../../src/main/store/givingWay.ts'
import { Refusal } from '../../src/shared/contract/result.ts'

const NOBODY = 65534
const [target = '', as = 'self'] = process.argv.slice(2)

// Everything is loaded by now; root could write anywhere.
if (as === 'nobody' && process.getuid?.() === 0) {
  process.setegid?.(NOBODY)
  process.seteuid?.(NOBODY)
}

const part = (name: 'vault.json' | 'record.db' | 'private.db', size: number) => ({
  name,
  size,
  from: { kind: 'bytes' as const, bytes: Buffer.alloc(size, name) },
})

const said = await writeBackup({
  target,
  parts: [part('vault.json', 1000), part('private.db', 20_000), part('record.db', 3_000_000)],
  about: {
    format: 1,
    application: 'Bracket',
    version: '0',
    vaultId: '00000000-0000-4000-8000-000000000000',
    createdAt: new Date(0).toISOString(),
    setting: 'practice',
    schema: { record: 1, private: 1 },
    counts: { clients: 0, sessions: 0, notes: 0, addenda: 0 },
  },
  saving,
  signal: new AbortController().signal,
  onWritten: () => undefined,
}).then(
  () => 'WRITTEN',
  (error: unknown) => (error instanceof Refusal ? error.code : 'UNEXPECTED'),
)
process.stdout.write(`${said}${existsSync(target) ? ' AND THERE' : ''}\n`)
