import { useState } from 'react'
import type { GlossaryPlan } from '../../../shared/contract/snippets.ts'
import type { LeftOut } from '../../../shared/domain/glossaryCsv.ts'
import { api } from '../../api/client.ts'
import { sentenceFor } from '../../api/sentences.ts'
import { Dialog, DialogForm } from '../../ui/Dialog.tsx'
import { announce } from '../../ui/Status.tsx'
import css from './Shorthand.module.css'

const why: Readonly<Record<LeftOut, string>> = {
  NO_EXPANSION: 'nothing to expand to',
  MORE_COLUMNS: 'more than two columns; words with a comma want quotes',
  SHORT_FORM: 'the short form is not one word of at most 20 letters and digits',
  TOO_LONG: 'longer than 2,000 characters',
  TWICE: 'the same short form stands in an earlier line',
  TOO_MANY: 'only the first 2,000 lines are taken',
  QUOTES: 'a quotation mark is never closed',
}

const words = ({ add, change, same, leftOut }: GlossaryPlan['counts']): string =>
  [
    `${add} will be added`,
    `${change} changed`,
    ...(same > 0 ? [`${same} ${same === 1 ? 'is' : 'are'} there already`] : []),
    `${leftOut} left out`,
  ].join(' · ')

/** What taking a list in would do. Nothing has been done yet. */
export function ShorthandPlan({ plan, onClose }: { plan: GlossaryPlan; onClose: () => void }) {
  const [busy, setBusy] = useState(false)
  const [trouble, setTrouble] = useState<string>()
  const { counts, token } = plan
  const does = counts.add + counts.change > 0

  const leave = () => {
    void api.snippets.forget({}).catch(() => undefined)
    onClose()
  }
  const take = async () => {
    if (!does) return leave()
    setBusy(true)
    setTrouble(undefined)
    try {
      const { added, changed } = await api.snippets.take({ token })
      announce({ text: `${added} added, ${changed} changed.` })
      onClose()
    } catch (error) {
      setTrouble(sentenceFor(error))
      setBusy(false)
    }
  }
  return (
    <Dialog title="Take in shorthand" lead={words(counts)} isOpen wide onClose={leave}>
      <DialogForm
        action={does ? 'Take it in' : 'Done'}
        busy={busy}
        trouble={trouble}
        onSubmit={() => void take()}
        onCancel={leave}
        cancel="Leave it"
      >
        {plan.add.length > 0 && (
          <List title="Will be added" shown={plan.add.length} of={counts.add}>
            {plan.add.map(({ short, long }) => (
              <li key={short}>
                <span className={css.short}>;{short}</span>
                <span className={css.long}>{long}</span>
              </li>
            ))}
          </List>
        )}
        {plan.change.length > 0 && (
          <List title="Will be changed" shown={plan.change.length} of={counts.change}>
            {plan.change.map(({ short, before, long }) => (
              <li key={short}>
                <span className={css.short}>;{short}</span>
                <span className={css.both}>
                  <del className={css.long}>{before}</del>
                  <ins className={css.long}>{long}</ins>
                </span>
              </li>
            ))}
          </List>
        )}
        {plan.leftOut.length > 0 && (
          <List title="Left out" shown={plan.leftOut.length} of={counts.leftOut}>
            {plan.leftOut.map(({ line, short, reason }) => (
              <li key={line}>
                <span className={css.short}>{short === '' ? '–' : short}</span>
                <span className={css.long}>
                  Line {line}: {why[reason]}
                </span>
              </li>
            ))}
          </List>
        )}
      </DialogForm>
    </Dialog>
  )
}

interface ListProps {
  title: string
  shown: number
  of: number
  children: React.ReactNode
}

const List = ({ title, shown, of, children }: ListProps) => (
  <section aria-label={title} className={css.list}>
    <h3>{title}</h3>
    <ul className={css.rows}>{children}</ul>
    {of > shown && <p className={css.hint}>and {of - shown} more</p>}
  </section>
)
