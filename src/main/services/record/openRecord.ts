import type { Setting } from '../../../shared/contract/app.ts'
import type { LogFindings } from '../../../shared/contract/auditLog.ts'
import type { WitnessItem } from '../../vault/witness.ts'
import { auditLog } from './auditLog.ts'
import { carryingService } from './carrying.ts'
import { checkup } from './checkup.ts'
import { clientService } from './clients.ts'
import { formatService } from './formats.ts'
import { groupService } from './groups.ts'
import { goalService } from './goals.ts'
import { horizon } from './horizon.ts'
import { loopService } from './loops.ts'
import { noteService } from './notes.ts'
import { preferenceService } from './preferences.ts'
import type { RecordStore } from './RecordStore.ts'
import { reviewService } from './review.ts'
import { searchService } from './search.ts'
import { seriesService } from './series.ts'
import { sessionService } from './sessions.ts'
import { signedNoteService } from './signedNotes.ts'
import { signingService } from './signing.ts'
import { snippetService } from './snippets.ts'
import { spellingWordService } from './spellingWords.ts'
import { takingInService } from './takingIn.ts'
import { treatmentSummaryService } from './treatmentSummary.ts'
import { verifier } from './verifier.ts'
import { visitService, type Opening } from './visit.ts'
import { witnessing } from './witnessing.ts'

export interface RecordOptions {
  setting: Setting
  zone: string
  recoveryConfirmed: () => boolean
  /** Null for a vault without a keychain, and for the sample: nothing outside the file remembers its log. */
  witness?: WitnessItem | null
  opening?: Opening
}

const PLAIN: Opening = { how: 'unlocked', failures: 0, accepted: null }

/** Everything that can be done with an open record. One object per opening; `close` ends it. */
export async function openRecord(record: RecordStore, options: RecordOptions) {
  const item = options.witness ?? null
  const witness = item === null ? null : witnessing(record.store, item)
  const log = auditLog(record, () => witness?.soon())
  const preferences = await preferenceService(record, log, options.setting)
  const author = () => preferences.current().authorName
  const signing = signingService(record, log, {
    author,
    dueHours: () => preferences.current().dueHours,
    recoveryConfirmed: options.recoveryConfirmed,
  })
  await signing.revertUnfinished()
  const visits = visitService(record, log)
  const opening = options.opening ?? PLAIN
  const visit = await visits.begin(options.zone, opening)
  // The person has said that this is the file to go on with: from now on it is the one to compare with.
  if (opening.accepted !== null) await witness?.now()
  const formats = formatService(record, options.setting)
  const notes = noteService(record, log, author, formats)
  const ahead = horizon(record)
  const verification = verifier(record)
  const check = checkup(record, log, visits.unclean(), () => record.changed('verification'))

  /**
   * Signed notes and the whole log, beside the first screen. Logged when it is not what was logged last: the same
   * finding at every opening is one finding.
   */
  async function verifyAll(): Promise<void> {
    await verification.run()
    const { state, changed } = verification.found()
    if (state === 'running') return
    const before = (await log.newest('verification-changed'))?.count ?? 0
    if (changed.length !== before) await log.note('verification-changed', { count: changed.length })
    const { brokenAt } = await log.verify()
    check.sawLog(brokenAt)
    if (brokenAt === null || (await log.newest('log-change-noticed'))?.count === brokenAt) return
    await log.note('log-change-noticed', { count: brokenAt })
  }

  return {
    preferences,
    signing,
    visit,
    notes,
    carrying: carryingService(record),
    formats,
    snippets: snippetService(record),
    spellingWords: spellingWordService(record),
    verification: { ...verification, run: verifyAll },
    log,
    checkup: check,
    clients: clientService(record),
    sessions: sessionService(record, { horizon: ahead, setting: options.setting }),
    series: seriesService(record),
    groups: groupService(record),
    takingIn: takingInService(record, log),
    horizon: ahead,
    loops: loopService(record),
    goals: goalService(record),
    review: reviewService(record),
    search: searchService(record, notes.indexDrafts),
    signedNotes: signedNoteService(record),
    treatmentSummary: treatmentSummaryService(record),

    /** The keychain is brought up to the log now, and not in a moment. */
    async anchor(): Promise<void> {
      await witness?.now()
    },

    /** The whole log, and what the keychain remembers of it. */
    async verifyLog(): Promise<LogFindings> {
      const chain = await log.verify()
      check.sawLog(chain.brokenAt)
      return { ...chain, witness: witness === null ? 'none' : await witness.standing() }
    },

    /**
     * Seals what was signed and closes the file. Whatever fails, the file is closed. The index of words can wait for
     * the next opening: keys should be gone when somebody locks.
     */
    async close(): Promise<void> {
      verification.stop()
      signing.stop()
      try {
        await signing.completeAll()
      } finally {
        await visits.end().catch(() => undefined)
        // Also where the file could not take the last line: it is being closed, and that is no loss.
        await witness?.closing()
        await record.store.close()
      }
    },
  }
}

export type OpenRecord = Awaited<ReturnType<typeof openRecord>>
