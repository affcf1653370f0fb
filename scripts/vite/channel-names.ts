import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { runnerImport, type Plugin } from 'vite'

/** What of the contract this plugin reads; the rest is none of its business. */
interface ContractModule {
  readonly channels: Readonly<Record<string, { readonly audience: string }>>
  readonly events: Readonly<Record<string, { readonly audience: string }>>
}

// Not `import.meta.dirname`: electron-vite bundles this file into its configuration and keeps only `url` true to it.
// (Two folders below `/` the wrong path happens to be found all the same.)
const CONTRACT = fileURLToPath(new URL('../../src/shared/contract/index.ts', import.meta.url))
const NAME = 'virtual:channel-names'
const RESOLVED = `\0${NAME}`
const AUDIENCES = ['app', 'unlock'] as const

/**
 * `virtual:channel-names`: the names of the contract's channels and events as plain lists, one per audience.
 *
 * The preloads need nothing but names. Taking them from the contract at build time keeps the contract the only
 * list there is, and keeps zod (86 KiB, and a parser too many) out of the one script that sees both worlds.
 */
export function channelNames(): Plugin {
  return {
    name: 'bracket:channel-names',
    resolveId: (source) => (source === NAME ? RESOLVED : undefined),
    async load(id) {
      if (id !== RESOLVED) return undefined
      const { module, dependencies } = await runnerImport<ContractModule>(CONTRACT, { configFile: false })
      for (const file of [CONTRACT, ...dependencies]) this.addWatchFile(path.resolve(file))
      return [
        ...AUDIENCES.map((audience) => list(`${audience}Channels`, module.channels, audience)),
        ...AUDIENCES.map((audience) => list(`${audience}Events`, module.events, audience)),
      ].join('\n')
    },
  }
}

function list(name: string, table: ContractModule['channels'], audience: string): string {
  const unknown = Object.entries(table).find(([, entry]) => !AUDIENCES.some((one) => one === entry.audience))
  if (unknown) throw new Error(`${unknown[0]} in the contract is for nobody we know: ${unknown[1].audience}`)
  const names = Object.keys(table).filter((key) => table[key]?.audience === audience)
  return `export const ${name} = Object.freeze(${JSON.stringify(names)})`
}
