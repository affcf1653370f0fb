import { ShieldAlert } from 'lucide-react'
import type { Flag } from '../../../shared/contract/clients.ts'
import { api } from '../../api/client.ts'
import { dayText } from '../../api/clock.ts'
import { Button } from '../../ui/Button.tsx'
import { announce } from '../../ui/Status.tsx'
import { AddLine } from './AddLine.tsx'
import { attempt } from './attempt.ts'
import css from './Flags.module.css'

/** One press takes a flag out of every review: it can be taken back. */
async function end(clientId: string, flag: Flag): Promise<void> {
  const ended = await attempt(() => api.clients.endFlag({ id: flag.id }))
  if (!ended) return
  announce({
    text: 'Safety flag ended.',
    action: {
      label: 'Undo',
      onAction: () => void attempt(() => api.clients.addFlag({ clientId, text: flag.text })),
    },
  })
}

/** Safety flags: the only thing on this page that is red. They stand first in every review until ended. */
export function Flags({ clientId, flags }: { clientId: string; flags: readonly Flag[] }) {
  return (
    <section className={css.flags} aria-label="Safety flags">
      {flags.length > 0 && (
        <ul className={css.list}>
          {flags.map((flag) => (
            <li key={flag.id} className={css.flag}>
              <ShieldAlert aria-hidden />
              <span className={css.text} dir="auto">
                {flag.text}
              </span>
              <span className={css.since}>since {dayText(flag.createdAt)}</span>
              <Button
                compact
                variant="quiet"
                aria-label={`End flag: ${flag.text}`}
                onPress={() => void end(clientId, flag)}
              >
                End
              </Button>
            </li>
          ))}
        </ul>
      )}
      <AddLine
        label="Add safety flag"
        field="Safety flag"
        holdAs={`${clientId}.flag`}
        onAdd={(text) => attempt(() => api.clients.addFlag({ clientId, text }))}
      />
    </section>
  )
}
