import type { Handlers, Output } from '../../../shared/contract/index.ts'
import { Refusal } from '../../../shared/contract/result.ts'
import type { OpenRecord } from '../../services/record/openRecord.ts'

/** What can be done with shorthand, seen from the door. Refuses LOCKED by itself. */
export interface SnippetDesk {
  list(): Promise<Output<'snippets', 'list'>['snippets']>
  save(id: string | null, short: string, long: string): Promise<string>
  remove(id: string): Promise<void>
  open(): Promise<Output<'snippets', 'open'>>
  take(token: string): Promise<Output<'snippets', 'take'>>
  forgetPlan(): void
  saveOut(): Promise<Output<'snippets', 'saveOut'>>
}

/** Contract to desk; no logic. */
export function snippetHandlers(desk: SnippetDesk): Pick<Handlers, 'snippets'> {
  return {
    snippets: {
      list: async () => ({ snippets: await desk.list() }),
      save: async ({ id, short, long }) => ({ id: await desk.save(id, short, long) }),
      remove: async ({ id }) => {
        await desk.remove(id)
        return {}
      },
      open: async () => desk.open(),
      take: async ({ token }) => desk.take(token),
      forget: async () => {
        desk.forgetPlan()
        return {}
      },
      saveOut: async () => desk.saveOut(),
    },
  }
}

/** Contract to service for the words that spelling takes for right in the record; no logic. */
export function spellingHandlers(open: () => OpenRecord | null): Pick<Handlers, 'spelling'> {
  const words = (): OpenRecord['spellingWords'] => {
    const record = open()
    if (record === null) throw new Refusal('LOCKED')
    return record.spellingWords
  }
  return {
    spelling: {
      words: async () => ({ words: await words().words() }),
      add: async ({ word }) => {
        await words().add(word)
        return {}
      },
      remove: async ({ word }) => {
        await words().remove(word)
        return {}
      },
    },
  }
}
