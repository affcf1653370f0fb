import { useEffect, useState, type RefObject } from 'react'
import { relativeDayText, timeText } from '../../../api/clock.ts'
import { usePersonWord } from '../../../api/context.ts'
import { useNamesake } from '../../../api/namesakes.ts'
import { MenuPopover } from '../../../ui/MenuPopover.tsx'
import { Name } from '../../../ui/Parts.tsx'
import { PhaseChip } from '../../../ui/PhaseChip.tsx'
import { awayWords } from '../awayWords.ts'
import { leading, type Block } from '../blocks.ts'
import { Details } from '../Details.tsx'
import { thereText } from '../elsewhere.ts'
import { kindWords } from '../kindWords.ts'
import { useSeriesWords } from '../seriesWords.ts'
import { travelText } from '../travelWords.ts'
import { useSessionActs } from '../useSessionActs.tsx'
import css from './Week.module.css'

export interface BlockCardProps {
  block: Block
  anchor: RefObject<HTMLElement | null>
  onClose: () => void
}

/** What a block of the week offers: the same as a row of the day, beside the block. */
export function BlockCard({ block, anchor, onClose }: BlockCardProps) {
  const [menu, setMenu] = useState(true)
  const { entries, dialog } = useSessionActs(block, { pen: true })
  const done = !menu && dialog === null
  useEffect(() => {
    if (done) onClose()
  }, [done, onClose])
  return (
    <>
      {menu && (
        <MenuPopover
          label={`About ${block.title}`}
          heading={<Heading block={block} />}
          entries={entries}
          trigger={anchor}
          onClose={() => setMenu(false)}
        />
      )}
      {dialog}
    </>
  )
}

function Heading({ block }: { block: Block }) {
  const person = usePersonWord()
  const session = leading(block)
  const rhythm = useSeriesWords(session)
  const namesake = useNamesake(session.clientId)
  const mark = session.group === null ? namesake : null
  const lines = [
    `${relativeDayText(session.startsAt)}, ${timeText(session.startsAt)} – ${timeText(session.endsAt)}`,
    session.kind === 'individual' ? null : kindWords[session.kind],
    thereText(session),
    travelText(session),
    rhythm,
    awayWords(session, person),
  ].filter((line) => line !== null)
  return (
    <div className={css.about} data-veil>
      <strong>
        <Name mark={mark}>{block.title}</Name>
      </strong>
      {lines.map((line) => (
        <span key={line} className={css.when}>
          {line}
        </span>
      ))}
      <Details session={session} />
      {session.status === 'scheduled' && <PhaseChip phase={block.phase} />}
      {session.line !== '' && <bdi dir="auto">{session.line}</bdi>}
    </div>
  )
}
