import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { placeFile } from '../../src/main/export/placeFile.ts'
import { Refusal } from '../../src/shared/contract/result.ts'

/* A process that is killed while it puts a file in its place. argv: target, where it keeps what it remembers, bytes. */
const [target = '', memory = '', size = '0'] = process.argv.slice(2)

process.send?.('ready')
try {
  await placeFile(target, Buffer.alloc(Number(size), 'n'), {
    get: async () => {
      try {
        return readFileSync(memory, 'utf8')
      } catch {
        return undefined
      }
    },
    set: async (file) => writeFileSync(memory, file),
    clear: async () => rmSync(memory, { force: true }),
  })
  process.send?.('placed')
} catch (error) {
  process.stdout.write(error instanceof Refusal ? error.code : 'not a refusal')
}
