import { Refusal } from '../../shared/contract/result.ts'
import type { FormatUnreadable } from '../../shared/contract/formats.ts'
import { builtIn } from '../../shared/document/formats/builtIn.ts'
import { type Format, LABEL_MAX } from '../../shared/document/formats/format.ts'
import { FORMAT_FILE_MAX, readFormatFile, writeFormatFile } from '../../shared/document/formats/formatFile.ts'
import type { FormatDesk } from '../ipc/handlers/formats.ts'
import { chosenFile } from '../chosenFile.ts'
import type { OpenRecord } from '../services/record/openRecord.ts'

export interface FormatDeskOptions {
  record(): OpenRecord | null
  askForFormat(): Promise<string | null>
  choosePlace(name: string): Promise<string | null>
  /** Puts a file in its place, whole or not at all. */
  place(target: string, bytes: Uint8Array): Promise<void>
}

/** A person's own formats, and formats as files. */
export function createFormatDesk(options: FormatDeskOptions): FormatDesk {
  const service = () => {
    const open = options.record()
    if (open === null) throw new Refusal('LOCKED')
    return open.formats
  }

  return {
    list: async () => service().list(),
    save: async (id, format) => service().save(id, format),
    remove: async (key) => service().remove(key),
    putBack: async (key, format) => service().putBack(key, format),
    setDefault: async (kind, key) => service().setDefault(kind, key),

    async saveOut(key) {
      const { own } = await service().list()
      const format = builtIn(key) ?? own.find((one) => one.key === key)
      if (format === undefined) throw new Refusal('NOT_FOUND', 'key')
      const target = await options.choosePlace(`${fileName(format.name)}.bracket-format.json`)
      if (target === null) return false
      service()
      await options.place(target, new TextEncoder().encode(writeFormatFile(format)))
      return true
    },

    async takeIn() {
      service()
      const file = await options.askForFormat()
      if (file === null) return { chosen: false, taken: null, unreadable: null }
      const read = await readFrom(file)
      if (typeof read === 'string') return { chosen: true, taken: null, unreadable: read }
      const { own } = await service().list()
      const name = freeName(
        read.name,
        own.map((format) => format.name),
      )
      const key = await service().save(null, { ...read, name })
      return { chosen: true, taken: { key, name }, unreadable: null }
    },
  }
}

async function readFrom(file: string): Promise<Omit<Format, 'key'> | FormatUnreadable> {
  const bytes = await chosenFile(file, FORMAT_FILE_MAX)
  return typeof bytes === 'string' ? bytes : readFormatFile(new TextDecoder('utf-8').decode(bytes))
}

/** Two of one name could not be told apart in the menu. */
function freeName(name: string, taken: readonly string[]): string {
  for (let copy = 1; ; copy += 1) {
    const tail = copy === 1 ? '' : ` (${copy})`
    const free = `${name.slice(0, LABEL_MAX - tail.length).trimEnd()}${tail}`
    if (!taken.includes(free)) return free
  }
}

/** The format's name, as far as every file system takes it. */
function fileName(name: string): string {
  const plain = name
    .replace(/[^\p{L}\p{N} _-]/gu, ' ')
    .replace(/\s+/gu, ' ')
    .trim()
    .slice(0, 60)
    .trim()
  return plain === '' ? 'Format' : plain
}
