import type { Loop, LoopKind } from '../../../shared/contract/loops.ts'
import { api } from '../../api/client.ts'
import { dayText } from '../../api/clock.ts'
import { endsOf, loopEnds, loopKinds } from '../../ui/loopWords.ts'
import { Menu } from '../../ui/Menu.tsx'
import { announce } from '../../ui/Status.tsx'
import { AddLine } from './AddLine.tsx'
import { attempt } from './attempt.ts'
import css from './Client.module.css'

const kinds: readonly { key: LoopKind; label: string }[] = loopKinds.map(({ kind, heading }) => ({
  key: kind,
  label: heading.replace(/s$/u, ''),
}))

/** Anything promised, asked, assigned or left unfinished, until someone closes it. */
export function Loops({ clientId, loops }: { clientId: string; loops: readonly Loop[] }) {
  const open = loops.filter((loop) => loop.closedAt === null)
  return (
    <section className={css.block} aria-label="Open loops">
      <h2>Open loops</h2>
      {open.length === 0 && <p className={css.none}>Nothing is left open.</p>}
      {loopKinds.map(({ kind, heading, aside }) => {
        const ofKind = open.filter((loop) => loop.kind === kind)
        return ofKind.length === 0 ? null : (
          <div key={kind} className={css.group}>
            <h3>
              {heading}
              {aside !== undefined && <span className={css.groupAside}> · {aside}</span>}
            </h3>
            <ul>
              {ofKind.map((loop) => (
                <Item key={loop.id} loop={loop} />
              ))}
            </ul>
          </div>
        )
      })}
      <AddLine
        label="Add open loop"
        field="What is open"
        holdAs={`${clientId}.loop`}
        kinds={kinds}
        firstKind="homework"
        onAdd={(text, kind) =>
          attempt(() => api.loops.add({ clientId, sessionId: null, kind: kind ?? 'thread', text }))
        }
      />
    </section>
  )
}

function Item({ loop }: { loop: Loop }) {
  const close = (how: ReturnType<typeof endsOf>[number]) => async () => {
    if (!(await attempt(() => api.loops.close({ id: loop.id, how, outcome: '' })))) return
    announce({
      text: `${loopEnds[how]}.`,
      action: { label: 'Undo', onAction: () => void attempt(() => api.loops.reopen({ id: loop.id })) },
    })
  }
  return (
    <li className={css.item}>
      <div className={css.itemText}>
        <p dir="auto">{loop.text}</p>
        <p className={css.since}>since {dayText(loop.sessionAt ?? loop.createdAt)}</p>
      </div>
      <Menu
        label={`Close: ${loop.text}`}
        entries={endsOf(loop.kind).map((how) => ({
          id: how,
          label: loopEnds[how],
          onAction: () => void close(how)(),
        }))}
      />
    </li>
  )
}
