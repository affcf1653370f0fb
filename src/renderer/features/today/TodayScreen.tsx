import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { ChevronLeft, ChevronRight, PhoneCall, Plus } from 'lucide-react'
import { useState } from 'react'
import type { Temporal } from 'temporal-polyfill'
import { read } from '../../api/cache.ts'
import { dayBounds, dayOf, longDayText, useMinute } from '../../api/clock.ts'
import { usePreferences } from '../../api/context.ts'
import { usePainted } from '../../api/painted.ts'
import { sentenceFor } from '../../api/sentences.ts'
import { Button, IconButton } from '../../ui/Button.tsx'
import { EmptyState } from '../../ui/Parts.tsx'
import { Screen } from '../../ui/Screen.tsx'
import { BackupLine } from '../backup/backup.ts'
import { CalendarNews } from '../calendars/calendars.ts'
import { ContactDialog, SessionDialog } from '../schedule/schedule.ts'
import { DayList } from './DayList.tsx'
import { EmptyDay } from './EmptyDay.tsx'
import { FocusCards } from './FocusCards.tsx'
import { planDay } from './dayPlan.ts'
import { HeldLines } from './HeldLine.tsx'
import { StillToWrite } from './StillToWrite.tsx'
import css from './Today.module.css'

export function TodayScreen() {
  const minute = useMinute()
  const today = dayOf(minute)
  // Null follows the clock past midnight; a day the person has turned to stays.
  const [turnedTo, setTurnedTo] = useState<Temporal.PlainDate | null>(null)
  const [open, setOpen] = useState<'session' | 'contact' | null>(null)
  const day = turnedTo ?? today
  const isToday = day.equals(today)
  const bounds = dayBounds(day)
  const { data, error } = useQuery({ ...read('sessions', 'day', bounds), placeholderData: keepPreviousData })
  const { dueHours } = usePreferences()
  const plan = planDay(data?.sessions ?? [], minute, dueHours)
  usePainted('today', data)

  const turn = (days: number) => {
    const to = day.add({ days })
    setTurnedTo(to.equals(today) ? null : to)
  }
  const focused = isToday && (plan.running.length > 0 || plan.justOver !== null || plan.next !== null)

  return (
    <Screen
      title={isToday ? 'Today' : longDayText(bounds.from)}
      {...(isToday ? { facts: longDayText(bounds.from) } : {})}
      beside={
        <div className={css.turn}>
          <IconButton
            compact
            label="Previous day"
            icon={<ChevronLeft aria-hidden />}
            onPress={() => turn(-1)}
          />
          <IconButton compact label="Next day" icon={<ChevronRight aria-hidden />} onPress={() => turn(1)} />
          {!isToday && (
            <Button compact variant="quiet" onPress={() => setTurnedTo(null)}>
              Back to today
            </Button>
          )}
        </div>
      }
      actions={
        <>
          <Button icon={<PhoneCall aria-hidden />} onPress={() => setOpen('contact')}>
            Contact now
          </Button>
          <Button
            variant={focused ? 'plain' : 'primary'}
            icon={<Plus aria-hidden />}
            onPress={() => setOpen('session')}
          >
            Add session
          </Button>
        </>
      }
    >
      <HeldLines />
      {error !== null && data === undefined ? (
        <EmptyState title="The day could not be read">{sentenceFor(error)}</EmptyState>
      ) : (
        data !== undefined && (
          <div className={css.columns}>
            <div className={css.day}>
              {isToday && <FocusCards plan={plan} />}
              {data.sessions.length === 0 ? (
                <EmptyDay isToday={isToday} />
              ) : (
                <DayList plan={plan} minute={isToday ? minute : null} />
              )}
            </div>
            {isToday && (data.unwritten.length > 0 || data.sessions.length > 0) && (
              <StillToWrite sessions={data.unwritten} dueHours={dueHours} />
            )}
          </div>
        )
      )}

      {isToday && data !== undefined && <CalendarNews />}
      {isToday && <BackupLine />}

      {open === 'session' && (
        <SessionDialog isOpen onClose={() => setOpen(null)} {...(isToday ? {} : { day: day.toString() })} />
      )}
      {open === 'contact' && <ContactDialog isOpen onClose={() => setOpen(null)} />}
    </Screen>
  )
}
