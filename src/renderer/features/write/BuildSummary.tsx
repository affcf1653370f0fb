import { useState } from 'react'
import type { Section } from '../../../shared/document/document.ts'
import { summarySections } from '../../../shared/document/formats/treatmentSummary.ts'
import { api } from '../../api/client.ts'
import { sentenceFor } from '../../api/sentences.ts'
import { Button } from '../../ui/Button.tsx'
import css from './Format.module.css'

/** The format that can be begun from what is signed. */
export const SUMMARY = 'summary'

/** With the year: a summary is read long after it was written. */
const day = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium' })

/** Facts from signed notes as a beginning. Every line stays marked until its author has touched it. */
export function BuildSummary({
  clientId,
  onBuilt,
}: {
  clientId: string
  onBuilt: (sections: readonly Section[]) => void
}) {
  const [busy, setBusy] = useState(false)
  const [said, setSaid] = useState('')
  const build = async () => {
    if (busy) return
    setBusy(true)
    setSaid('')
    try {
      const facts = await api.notes.summaryFacts({ clientId })
      if (facts.sessions === 0) setSaid('No note is signed yet, so there is nothing to build from.')
      else onBuilt(summarySections(facts, (at) => day.format(at)))
    } catch (error) {
      setSaid(sentenceFor(error))
    }
    setBusy(false)
  }
  return (
    <div className={css.build}>
      <p>
        Dates, summary lines, goals and interventions of signed notes can be put here as a beginning. Nothing
        from drafts or private notes.
      </p>
      <Button compact busy={busy} onPress={() => void build()}>
        Build from signed notes
      </Button>
      <span role="status">{said}</span>
    </div>
  )
}
