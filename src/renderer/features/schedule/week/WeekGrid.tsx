import FullCalendar, {
  type CalendarRef,
  type EventApi,
  type EventDropInfo,
  type EventResizeDoneInfo,
} from '@fullcalendar/react'
import interaction from '@fullcalendar/react/interaction'
import theme from '@fullcalendar/react/themes/classic'
import timeGrid from '@fullcalendar/react/timegrid'
import '@fullcalendar/react/skeleton.css'
import '@fullcalendar/react/themes/classic/theme.css'
import { useLayoutEffect, useRef } from 'react'
import type { Temporal } from 'temporal-polyfill'
import type { Margins, ScheduledSession } from '../../../../shared/contract/sessions.ts'
import type { Margin } from '../../../../shared/domain/calendar/margins.ts'
import { now, systemZone, timeText, useMinute, zoned } from '../../../api/clock.ts'
import { useAppContext, usePersonWord } from '../../../api/context.ts'
import { useNamesake } from '../../../api/namesakes.ts'
import { cx } from '../../../ui/cx.ts'
import { Name, VisuallyHidden } from '../../../ui/Parts.tsx'
import { phaseWords } from '../../../ui/PhaseChip.tsx'
import { awayWords } from '../awayWords.ts'
import { kindWords } from '../kindWords.ts'
import { type Block, blocksOf, leading } from '../blocks.ts'
import { thereText } from '../elsewhere.ts'
import { blockOf, marginOf, weekEvents } from './weekEvents.ts'
import { clockOf, hoursOf, meantStart, onWeekend, openingHour, SNAP_MINUTES } from './weekTimes.ts'
import css from './Week.module.css'

export interface WeekGridProps {
  /** The day on which the week begins. */
  week: Temporal.PlainDate
  sessions: readonly ScheduledSession[]
  margins: Margins
  minute: number
  dueHours: number
  /** Pixels: the grid is measured in them, and made anew when text gets another size. */
  rem: number
  onOpen: (block: Block, anchor: HTMLElement) => void
  /** `undo` puts the block back where it was. */
  onMove: (block: Block, span: { startsAt: number; endsAt: number }, undo: () => void) => void
  /** A free stretch was picked. */
  onPick: (span: { startsAt: number; endsAt: number }) => void
}

/** Half an hour's height, so that fifty minutes hold a time, a name and one line more. */
const SLOT_REM = 1.875

/** As the grid counts them: Sunday is 0. The same arrays each time, so that it does not begin anew. */
const WEEKEND = [0, 6]
const NO_DAYS: number[] = []

const plugins = [timeGrid, interaction, theme]

/** A week by the hour. Dragging is a convenience; "Move…" on a block does the same without a pointer. */
export function WeekGrid(props: WeekGridProps) {
  const { week, sessions, margins, minute, dueHours, rem, onOpen, onMove, onPick } = props
  const calendar = useRef<CalendarRef>(null)
  const date = week.toString()
  const shown = useRef(date)
  // Before anything is painted: the old week without its sessions is nothing to look at.
  useLayoutEffect(() => {
    if (shown.current === date) return
    shown.current = date
    calendar.current?.getApi().gotoDate(date)
  }, [date])
  const { from, to } = hoursOf(sessions, systemZone())
  const school = useAppContext().setting === 'school'
  const restDays = school && !onWeekend(sessions, systemZone()) ? WEEKEND : NO_DAYS
  const grid = useRef<HTMLDivElement>(null)
  const opens = useRef(openingHour(sessions, week, minute, systemZone()) - from)
  useLayoutEffect(() => openAt(grid.current, opens.current), [])
  const placed = ({ event, revert }: EventDropInfo | EventResizeDoneInfo, dragged: boolean) => {
    const [start, end] = [event.start?.getTime(), event.end?.getTime()]
    const block = blockOf(event)
    if (block === undefined || start === undefined || end === undefined) return revert()
    const startsAt = dragged ? meantStart(leading(block).startsAt, start) : start
    onMove(block, { startsAt, endsAt: startsAt + end - start }, revert)
  }
  return (
    <div ref={grid} className={css.grid} data-veil>
      <FullCalendar
        ref={calendar}
        plugins={plugins}
        initialView="timeGridWeek"
        initialDate={date}
        firstDay={week.dayOfWeek % 7}
        headerToolbar={false}
        allDaySlot={false}
        height="auto"
        slotMinTime={clockOf(from)}
        slotMaxTime={clockOf(to)}
        slotDuration="00:30:00"
        slotHeaderInterval="01:00:00"
        snapDuration={{ minutes: SNAP_MINUTES }}
        slotEventOverlap={false}
        nowIndicator
        nowIndicatorLineClass={css.nowLine ?? ''}
        hiddenDays={restDays}
        now={() => now()}
        editable
        selectable
        selectMirror
        unselectAuto
        // As long as they are: a contact is made long enough to be read, and margins must not reach into each other.
        eventMinHeight={1}
        dayHeaderContent={dayHeader}
        slotMinHeight={SLOT_REM * rem}
        slotHeaderInnerClass={css.hour ?? ''}
        blockEventInnerClass={css.inner ?? ''}
        slotHeaderContent={({ date: at }) => timeText(at.getTime())}
        events={weekEvents(blocksOf(sessions, minute, dueHours), margins)}
        eventContent={face}
        backgroundEventContent={marginFace}
        eventClass={({ event }) => classOf(event)}
        backgroundEventClass={({ event }) => classOf(event)}
        eventInteractive
        eventClick={({ event, el }) => {
          const block = blockOf(event)
          if (block !== undefined) onOpen(block, el)
        }}
        eventDrop={(info) => placed(info, true)}
        eventResize={(info) => placed(info, false)}
        select={({ start, end, view }) => {
          view.calendar.unselect()
          onPick({ startsAt: start.getTime(), endsAt: end.getTime() })
        }}
      />
    </div>
  )
}

/** The grid gets its height in several steps; this is long after the last of them. */
const SETTLED_MS = 1_000
/** Hours. */
const AFTER = 3

/** At opening, until a hand does something else: whoever turns to another week keeps the hours they look at. */
function openAt(grid: HTMLElement | null, nth: number): (() => void) | undefined {
  if (grid === null) return undefined
  const observer = new ResizeObserver(() => scrollToHour(grid, nth))
  const hands = new AbortController()
  const end = (): void => {
    observer.disconnect()
    hands.abort()
    clearTimeout(timer)
  }
  const timer = setTimeout(end, SETTLED_MS)
  for (const kind of ['wheel', 'keydown', 'pointerdown'])
    addEventListener(kind, end, { signal: hands.signal, capture: true, passive: true })
  scrollToHour(grid, nth)
  observer.observe(grid)
  return end
}

function scrollToHour(grid: HTMLElement, nth: number): void {
  const hours = grid.querySelectorAll<HTMLElement>(`.${css.hour ?? ''}`)
  const scrolls = grid.closest('main')
  const [first, second, hour] = [hours[0], hours[1], hours[Math.max(0, nth)]]
  if (scrolls === null || first === undefined || second === undefined || hour === undefined) return
  const topOf = (element: Element): number => element.getBoundingClientRect().top
  const from = topOf(hour) - topOf(scrolls) + scrolls.scrollTop
  // In sight with the hours after it: then the screen begins at its title.
  const inSight = from + AFTER * (topOf(second) - topOf(first)) <= scrolls.clientHeight
  scrolls.scrollTop = inSight ? 0 : topOf(hour) - topOf(first)
}

const dayHeader = ({ date }: { date: Date }) => <DayHeader day={date} />
const face = ({ event, isMirror }: { event: Drawn; isMirror: boolean }) => (
  <Face event={event} isMirror={isMirror} />
)

/** The time around a session is a pattern to look at, and a word to hear. */
const marginFace = ({ event }: { event: Drawn }) => {
  const margin = marginOf(event)
  return margin === undefined ? null : <VisuallyHidden>{marginWords[margin.kind]}</VisuallyHidden>
}

function DayHeader({ day }: { day: Date }) {
  const minute = useMinute()
  const at = zoned(day.getTime())
  const isToday = at.toPlainDate().equals(zoned(minute).toPlainDate())
  return (
    <span className={cx(css.day, isToday && css.today)} {...(isToday ? { 'aria-current': 'date' } : {})}>
      <span className={css.weekday}>{at.toLocaleString(undefined, { weekday: 'short' })}</span>
      <span className={css.date}>{at.day}</span>
    </span>
  )
}

type Drawn = Pick<EventApi, 'start' | 'end' | 'extendedProps'>

function classOf(event: Drawn): string {
  const [block, margin] = [blockOf(event), marginOf(event)]
  if (margin !== undefined) return cx(css.margin, css[margin.kind])
  return block === undefined ? (css.picked ?? '') : cx(css.event, css[block.phase])
}

const marginWords: Readonly<Record<Margin['kind'], string>> = {
  review: 'Review',
  writing: 'Writing',
  shared: 'Writing and review',
  travel: 'Travel',
}

/** What stands on a block: when, one word where it is not simply an upcoming session, and who. */
function Face({ event, isMirror }: { event: Drawn; isMirror: boolean }) {
  const person = usePersonWord()
  const block = blockOf(event)
  if (block === undefined) return null
  const session = leading(block)
  const startsAt = isMirror && event.start !== null ? event.start.getTime() : session.startsAt
  const away = awayWords(session, person)
  const more = [thereText(session), away].filter((line) => line !== null)
  const quiet = block.phase === 'upcoming' || block.phase === 'review'
  const words = [
    session.kind === 'individual' ? '' : kindWords[session.kind],
    block.sessions.length > 1 ? `${block.sessions.length} members` : '',
    quiet || away !== null ? '' : phaseWords[block.phase].word,
  ].filter((word) => word !== '')
  return (
    <span className={css.face}>
      <span className={css.top}>
        <span className={css.time}>{timeText(startsAt)}</span>
        {words.length > 0 && <span className={css.word}>{words.join(' · ')}</span>}
      </span>
      <span className={css.name}>
        <Name>{block.title}</Name>
      </span>
      {session.group === null && <Mark id={session.clientId} />}
      {more.map((line) => (
        <span key={line} className={css.word}>
          {line}
        </span>
      ))}
      <VisuallyHidden>until {timeText(session.endsAt)}</VisuallyHidden>
    </span>
  )
}

/** What tells a client from another of the same name, on a line of its own. */
function Mark({ id }: { id: string }) {
  const mark = useNamesake(id, 'short')
  return mark === null ? null : <span className={cx(css.word, css.mark)}>{mark}</span>
}
