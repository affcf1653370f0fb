import type { Handlers, Output } from '../../../shared/contract/index.ts'
import type { NoteKind } from '../../../shared/contract/formats.ts'
import type { Format } from '../../../shared/document/formats/format.ts'

/** What can be done with formats, seen from the door. Refuses LOCKED by itself. */
export interface FormatDesk {
  list(): Promise<Output<'formats', 'list'>>
  save(id: string | null, format: Omit<Format, 'key'>): Promise<string>
  remove(key: string): Promise<void>
  putBack(key: string, format: Omit<Format, 'key'>): Promise<void>
  setDefault(kind: NoteKind, key: string): Promise<void>
  saveOut(key: string): Promise<boolean>
  takeIn(): Promise<Output<'formats', 'takeIn'>>
}

/** Contract to desk; no logic. */
export function formatHandlers(desk: FormatDesk): Pick<Handlers, 'formats'> {
  return {
    formats: {
      list: async () => desk.list(),
      save: async ({ id, format }) => ({ key: await desk.save(id, format) }),
      remove: async ({ key }) => {
        await desk.remove(key)
        return {}
      },
      putBack: async ({ key, format }) => {
        await desk.putBack(key, format)
        return {}
      },
      setDefault: async ({ kind, key }) => {
        await desk.setDefault(kind, key)
        return {}
      },
      saveOut: async ({ key }) => ({ saved: await desk.saveOut(key) }),
      takeIn: async () => desk.takeIn(),
    },
  }
}
