import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { ChevronLeft, ChevronRight, Plus } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import { Temporal } from 'temporal-polyfill'
import { queryClient, read } from '../../../api/cache.ts'
import { dayBounds, dayOf, dayText, useMinute } from '../../../api/clock.ts'
import { usePreferences } from '../../../api/context.ts'
import { usePainted } from '../../../api/painted.ts'
import { sentenceFor } from '../../../api/sentences.ts'
import { Button, IconButton } from '../../../ui/Button.tsx'
import { Banner, EmptyState } from '../../../ui/Parts.tsx'
import { Screen } from '../../../ui/Screen.tsx'
import { SessionDialog } from '../schedule.ts'
import { ScopeDialog } from '../ScopeDialog.tsx'
import { leading, repeats, type Block } from '../blocks.ts'
import { BlockCard } from './BlockCard.tsx'
import { moveBlock } from './moveBlock.ts'
import { WeekGrid } from './WeekGrid.tsx'
import { firstWeekday, weekOf } from './weekTimes.ts'
import css from './Week.module.css'

const boundsOf = (week: Temporal.PlainDate) => ({
  from: dayBounds(week).from,
  to: dayBounds(week.add({ days: 6 })).to,
})

/** The weeks beside the one that is looked at, asked for when there is nothing else to do. */
function useNeighbours(week: Temporal.PlainDate, ready: boolean): void {
  const date = week.toString()
  useEffect(() => {
    if (!ready) return
    const idle = requestIdleCallback(() => {
      for (const weeks of [1, -1]) {
        const beside = boundsOf(Temporal.PlainDate.from(date).add({ weeks }))
        void queryClient.prefetchQuery(read('sessions', 'between', beside))
      }
    })
    return () => cancelIdleCallback(idle)
  }, [date, ready])
}

/** A block that could not be moved goes back to where it was. */
const undone = (undo: () => void) => (moved: boolean) => {
  if (!moved) undo()
}

/** What the root's text measures at 100 %. */
const ROOT_PX = 16

type Span = { startsAt: number; endsAt: number }

/** The week by the hour: where it is full, where it is free, and what is still unwritten. */
export function WeekScreen() {
  const minute = useMinute()
  const navigate = useNavigate()
  const [first] = useState(() => firstWeekday())
  const thisWeek = weekOf(dayOf(minute), first)
  const [turnedTo, setTurnedTo] = useState<Temporal.PlainDate | null>(null)
  const week = turnedTo ?? thisWeek
  const bounds = boundsOf(week)
  const { data, error, isPlaceholderData } = useQuery({
    ...read('sessions', 'between', bounds),
    placeholderData: keepPreviousData,
  })
  // The grid turns when there is something to turn to: an empty week in between would be drawn for nothing.
  const [drawn, setDrawn] = useState(week)
  if (!isPlaceholderData && !drawn.equals(week)) setDrawn(week)
  const { dueHours, textSize } = usePreferences()
  const [opened, setOpened] = useState<Block | null>(null)
  const anchor = useRef<HTMLElement | null>(null)
  const [asking, setAsking] = useState<{ block: Block; span: Span; undo: () => void } | null>(null)
  const [adding, setAdding] = useState<Span | 'plain' | null>(null)
  usePainted('week', data)
  useNeighbours(week, data !== undefined && !isPlaceholderData)

  const turn = (weeks: number) => {
    const to = week.add({ weeks })
    setOpened(null)
    setTurnedTo(to.equals(thisWeek) ? null : to)
  }

  const moved = (block: Block, span: Span, undo: () => void) => {
    if (!repeats(leading(block))) void moveBlock(block, span, 'this').then(undone(undo))
    else setAsking({ block, span, undo })
  }

  const last = week.add({ days: 6 })
  return (
    <Screen
      title="Week"
      facts={`${dayText(bounds.from)} – ${dayText(dayBounds(last).from)}`}
      beside={
        <div className={css.turn}>
          <IconButton
            compact
            label="Previous week"
            icon={<ChevronLeft aria-hidden />}
            onPress={() => turn(-1)}
          />
          <IconButton compact label="Next week" icon={<ChevronRight aria-hidden />} onPress={() => turn(1)} />
          {!week.equals(thisWeek) && (
            <Button compact variant="quiet" onPress={() => setTurnedTo(null)}>
              Back to this week
            </Button>
          )}
        </div>
      }
      actions={
        <>
          <Button onPress={() => void navigate({ to: '/calendars' })}>Calendars & groups</Button>
          <Button variant="primary" icon={<Plus aria-hidden />} onPress={() => setAdding('plain')}>
            Add session
          </Button>
        </>
      }
    >
      {data !== undefined && data.madeUntil < bounds.to && (
        <Banner>
          Recurring sessions are planned until {dayText(data.madeUntil)}. What comes later is not shown yet.
        </Banner>
      )}
      {error !== null && data === undefined ? (
        <EmptyState title="The week could not be read">{sentenceFor(error)}</EmptyState>
      ) : (
        data !== undefined && (
          <WeekGrid
            key={textSize}
            rem={ROOT_PX * (textSize / 100)}
            week={drawn}
            sessions={data.sessions}
            margins={data.margins}
            minute={minute}
            dueHours={dueHours}
            onOpen={(block, element) => {
              anchor.current = element
              setOpened(block)
            }}
            onMove={moved}
            onPick={setAdding}
          />
        )
      )}
      {opened !== null && <BlockCard block={opened} anchor={anchor} onClose={() => setOpened(null)} />}
      {asking !== null && (
        <ScopeDialog
          title="Move session"
          whose={asking.block.title}
          action="Move"
          session={leading(asking.block)}
          onClose={() => {
            asking.undo()
            setAsking(null)
          }}
          onChoose={(scope) => {
            setAsking(null)
            void moveBlock(asking.block, asking.span, scope).then(undone(asking.undo))
          }}
        />
      )}
      {adding !== null && (
        <SessionDialog
          isOpen
          onClose={() => setAdding(null)}
          {...(adding === 'plain' ? {} : { span: adding })}
        />
      )}
    </Screen>
  )
}
