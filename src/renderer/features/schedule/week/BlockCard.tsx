import { useNavigate } from '@tanstack/react-router'
import { NotebookPen } from 'lucide-react'
import { useEffect, useState, type RefObject } from 'react'
import { relativeDayText, timeText } from '../../../api/clock.ts'
import { MenuPopover } from '../../../ui/MenuPopover.tsx'
import { Name } from '../../../ui/Parts.tsx'
import { PhaseChip } from '../../../ui/PhaseChip.tsx'
import { useSessionActs } from '../SessionMenu.tsx'
import type { Block } from './weekEvents.ts'
import css from './Week.module.css'

export interface BlockCardProps {
  block: Block
  anchor: RefObject<HTMLElement | null>
  onClose: () => void
}

const pens: Partial<Record<Block['phase'], string>> = {
  'in-session': 'Write note',
  'to-write': 'Write note',
  overdue: 'Write note',
  draft: 'Go on writing',
  signed: 'Read note',
  amended: 'Read note',
}

/** What a block of the week offers: the same as a row of the day, beside the block. */
export function BlockCard({ block, anchor, onClose }: BlockCardProps) {
  const [session] = block.sessions
  const navigate = useNavigate()
  const [menu, setMenu] = useState(true)
  const { entries, dialog } = useSessionActs(session)
  const done = !menu && dialog === null
  useEffect(() => {
    if (done) onClose()
  }, [done, onClose])
  const pen = pens[block.phase]
  const write =
    pen === undefined
      ? []
      : [
          {
            id: 'write',
            label: pen,
            icon: <NotebookPen aria-hidden />,
            onAction: () => void navigate({ to: '/write/$sessionId', params: { sessionId: session.id } }),
          },
        ]
  return (
    <>
      {menu && (
        <MenuPopover
          label={`About ${block.title}`}
          heading={
            <div className={css.about}>
              <strong>
                <Name>{block.title}</Name>
              </strong>
              <span className={css.when}>
                {relativeDayText(session.startsAt)}, {timeText(session.startsAt)} – {timeText(session.endsAt)}
              </span>
              <PhaseChip phase={block.phase} />
              {session.line !== '' && <bdi dir="auto">{session.line}</bdi>}
            </div>
          }
          entries={[...write, ...entries]}
          trigger={anchor}
          onClose={() => setMenu(false)}
        />
      )}
      {dialog}
    </>
  )
}
