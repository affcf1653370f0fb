import type { Setting } from '../../../shared/contract/app.ts'
import {
  formatDefaults,
  noteKind,
  type FormatDefaults,
  type NoteKind,
} from '../../../shared/contract/formats.ts'
import { Refusal } from '../../../shared/contract/result.ts'
import { builtIn, firstFormat, soap } from '../../../shared/document/formats/builtIn.ts'
import type { Format } from '../../../shared/document/formats/format.ts'
import { dropFormat, ownFormats, putFormat } from '../../store/record/queries/formats.ts'
import { findScheduled } from '../../store/record/queries/sessions.ts'
import { getSetting, putSetting } from '../../store/record/queries/settings.ts'
import type { ReadHandle } from '../../store/Store.ts'
import { newId } from './ids.ts'
import type { RecordStore } from './RecordStore.ts'

const DEFAULTS = 'formats.defaults'

/** A person's own formats, and which format a note begins in. */
export function formatService({ store, clock, changed }: RecordStore, setting: Setting) {
  async function chosen(h: ReadHandle): Promise<{ [K in NoteKind]?: string | undefined }> {
    const stored = await getSetting(h, DEFAULTS)
    return stored === undefined ? {} : formatDefaults.partial().parse(JSON.parse(stored))
  }

  /** What was chosen, as far as it still exists; else what the setting begins with. */
  async function defaults(h: ReadHandle, own: readonly Format[]): Promise<FormatDefaults> {
    const picked = await chosen(h)
    const keyFor = (kind: NoteKind): string => {
      const key = picked[kind]
      const known = key !== undefined && (builtIn(key) !== undefined || own.some((f) => f.key === key))
      return known ? key : firstFormat(setting, kind)
    }
    return formatDefaults.parse(Object.fromEntries(noteKind.options.map((kind) => [kind, keyFor(kind)])))
  }

  return {
    list: (): Promise<{ own: Format[]; defaults: FormatDefaults }> =>
      store.read(async (h) => {
        const own = await ownFormats(h)
        return { own, defaults: await defaults(h, own) }
      }),

    async save(id: string | null, format: Omit<Format, 'key'>): Promise<string> {
      const now = clock.now()
      const key = id ?? newId(now)
      await store.write(async (h) => {
        if (id !== null && !(await ownFormats(h)).some((f) => f.key === id)) throw new Refusal('NOT_FOUND')
        await putFormat(h, key, { ...format, key }, now)
      })
      changed('formats')
      return key
    },

    async remove(key: string): Promise<void> {
      if (!(await store.write((h) => dropFormat(h, key)))) throw new Refusal('NOT_FOUND')
      changed('formats')
    },

    async putBack(key: string, format: Omit<Format, 'key'>): Promise<void> {
      await store.write(async (h) => {
        if ((await ownFormats(h)).some((f) => f.key === key)) throw new Refusal('CONFLICT')
        await putFormat(h, key, { ...format, key }, clock.now())
      })
      changed('formats')
    },

    async setDefault(kind: NoteKind, key: string): Promise<void> {
      await store.write(async (h) => {
        const known = builtIn(key) !== undefined || (await ownFormats(h)).some((f) => f.key === key)
        if (!known) throw new Refusal('NOT_FOUND', 'key')
        await putSetting(h, DEFAULTS, JSON.stringify({ ...(await chosen(h)), [kind]: key }))
      })
      changed('formats')
    },

    /** The format that a note of this session begins in. */
    async firstFor(h: ReadHandle, sessionId: string): Promise<Format> {
      const session = await findScheduled(h, sessionId)
      if (session === undefined) throw new Refusal('NOT_FOUND')
      const own = await ownFormats(h)
      const key = (await defaults(h, own))[session.group === null ? session.kind : 'group']
      return builtIn(key) ?? own.find((f) => f.key === key) ?? soap
    },
  }
}
