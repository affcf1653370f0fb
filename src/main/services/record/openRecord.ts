import type { Setting } from '../../../shared/contract/app.ts'
import { clientService } from './clients.ts'
import { goalService } from './goals.ts'
import { loopService } from './loops.ts'
import { noteService } from './notes.ts'
import { preferenceService } from './preferences.ts'
import type { RecordStore } from './RecordStore.ts'
import { reviewService } from './review.ts'
import { searchService } from './search.ts'
import { sessionService } from './sessions.ts'
import { signingService } from './signing.ts'
import { verifier } from './verifier.ts'
import { visitService } from './visit.ts'

export interface RecordOptions {
  setting: Setting
  zone: string
  recoveryConfirmed: () => boolean
}

/** Everything that can be done with an open record. One object per opening; `close` ends it. */
export async function openRecord(record: RecordStore, options: RecordOptions) {
  const preferences = await preferenceService(record, options.setting)
  const author = () => preferences.current().authorName
  const signing = signingService(record, {
    author,
    dueHours: () => preferences.current().dueHours,
    recoveryConfirmed: options.recoveryConfirmed,
  })
  await signing.revertUnfinished()
  const visits = visitService(record)
  const visit = await visits.begin(options.zone)
  const notes = noteService(record, author)
  const verification = verifier(record)

  return {
    preferences,
    signing,
    visit,
    notes,
    verification,
    clients: clientService(record),
    sessions: sessionService(record),
    loops: loopService(record),
    goals: goalService(record),
    review: reviewService(record),
    search: searchService(record, notes.indexDrafts),

    /** Seals what was signed, indexes what was written, closes the file. Whatever fails, the file is closed. */
    async close(): Promise<void> {
      verification.stop()
      signing.stop()
      try {
        await signing.completeAll()
        await notes.indexDrafts()
        await visits.end()
      } finally {
        await record.store.close()
      }
    },
  }
}

export type OpenRecord = Awaited<ReturnType<typeof openRecord>>
