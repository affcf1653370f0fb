import type { Trend } from '../../../shared/contract/goals.ts'
import { trend } from '../../../shared/contract/goals.ts'
import { Refusal } from '../../../shared/contract/result.ts'
import { SUMMARY_SESSIONS_MAX, type SummaryFacts } from '../../../shared/contract/summary.ts'
import { type Outcome, outcome } from '../../../shared/document/details.ts'
import type { NoteDocument } from '../../../shared/document/document.ts'
import { findClient } from '../../store/record/queries/clients.ts'
import { signedOf } from '../../store/record/queries/treatmentSummary.ts'
import type { RecordStore } from './RecordStore.ts'

/** Sections that say where somebody stands, the likeliest first. */
const STANDING = ['status-now', 'assessment', 'risk-assessment', 'progress', 'response', 'agreed'] as const

const textIn = (document: NoteDocument, key: string): string =>
  document.sections.find((section) => section.key === key)?.text.trim() ?? ''

/** What can be said of a treatment from what was signed. A draft says nothing yet, and private notes never do. */
export function treatmentSummaryService({ store }: RecordStore) {
  return {
    facts: (clientId: string): Promise<SummaryFacts> =>
      store.read(async (h) => {
        const client = await findClient(h, clientId)
        if (client === undefined) throw new Refusal('NOT_FOUND')
        const signed = await signedOf(h, clientId)
        const goals = new Map<string, { at: number; trend: Trend }[]>()
        const interventions = new Map<
          string,
          { name: string; times: number; outcomes: Map<Outcome, number> }
        >()
        let presenting: SummaryFacts['presenting'] = null
        let now: SummaryFacts['now'] = null

        for (const { at, document, goals: looked } of signed) {
          for (const { text, trend: how } of looked) {
            const known = trend.safeParse(how)
            if (known.success) goals.set(text, [...(goals.get(text) ?? []), { at, trend: known.data }])
          }
          for (const { name, outcome: how } of document.details.interventions) {
            const named = name.trim()
            if (named === '') continue
            const tried = interventions.get(named.toLowerCase()) ?? {
              name: named,
              times: 0,
              outcomes: new Map(),
            }
            tried.times += 1
            if (how !== null) tried.outcomes.set(how, (tried.outcomes.get(how) ?? 0) + 1)
            interventions.set(named.toLowerCase(), tried)
          }
          const why = textIn(document, 'presenting')
          if (why !== '') presenting ??= { at, text: why }
          const stands = STANDING.map((key) => textIn(document, key)).find((text) => text !== '')
          if (stands !== undefined) now = { at, text: stands }
        }
        return {
          sessions: signed.length,
          from: signed[0]?.at ?? null,
          to: signed.at(-1)?.at ?? null,
          referral: client.referralReason.trim(),
          presenting,
          course: signed.slice(-SUMMARY_SESSIONS_MAX).map(({ at, kind, summary }) => ({ at, kind, summary })),
          goals: [...goals].map(([text, trends]) => ({ text, trends })),
          interventions: [...interventions.values()].map(({ name, times, outcomes }) => ({
            name,
            times,
            outcomes: outcome.options.flatMap((one) => {
              const count = outcomes.get(one)
              return count === undefined ? [] : [{ outcome: one, times: count }]
            }),
          })),
          now,
        }
      }),
  }
}
