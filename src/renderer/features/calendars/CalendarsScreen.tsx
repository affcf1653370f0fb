import { useQuery } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import type { TakingPlan } from '../../../shared/contract/calendar.ts'
import { api, refusal } from '../../api/client.ts'
import { read } from '../../api/cache.ts'
import { systemZone } from '../../api/clock.ts'
import { usePainted } from '../../api/painted.ts'
import { sentenceFor } from '../../api/sentences.ts'
import { Button } from '../../ui/Button.tsx'
import { Part } from '../../ui/Part.tsx'
import { Banner, EmptyState } from '../../ui/Parts.tsx'
import { Screen } from '../../ui/Screen.tsx'
import { announce } from '../../ui/Status.tsx'
import { Around } from './Around.tsx'
import { Groups } from './Groups.tsx'
import { PlanView } from './PlanView.tsx'
import { Remembered } from './Remembered.tsx'
import { ScheduleOut } from './ScheduleOut.tsx'
import { Taken } from './Taken.tsx'
import { Watched } from './Watched.tsx'
import { Working } from './Working.tsx'
import { unreadableWords } from './words.ts'
import css from './Calendars.module.css'

const FOLDER_MS = 3_000

/** Calendars of other programs, groups, and the time around sessions: what the schedule is made from. */
export function CalendarsScreen() {
  const { data, error } = useQuery({
    ...read('calendars', 'list', {}),
    // Whoever has just saved a calendar into the watched folder comes here to see it.
    staleTime: 0,
    refetchInterval: ({ state }) => ((state.data?.watch ?? null) === null ? false : FOLDER_MS),
  })
  const [plan, setPlan] = useState<TakingPlan | null>(null)
  const [opening, setOpening] = useState(false)
  const [trouble, setTrouble] = useState<string | null>(null)
  usePainted('calendars', data)
  const applying = useRef(false)
  // A plan that nobody looks at any more is nobody's; one that was agreed to goes on.
  useEffect(
    () => () => {
      if (!applying.current) void api.takeIn.cancel({}).catch(() => undefined)
    },
    [],
  )

  const open = async (verb: 'open' | 'openWaiting') => {
    setTrouble(null)
    setOpening(true)
    try {
      const found = await api.takeIn[verb]({ zone: systemZone() })
      if (found.unreadable !== null) setTrouble(unreadableWords[found.unreadable])
      setPlan(found.plan)
    } catch (wrong) {
      if (refusal(wrong).code === 'CANCELLED') announce({ text: 'Stopped. Nothing was changed.' })
      else setTrouble(sentenceFor(wrong))
    }
    setOpening(false)
  }

  if (plan !== null)
    return (
      <PlanView
        plan={plan}
        onPlan={setPlan}
        onApplying={(now) => {
          applying.current = now
        }}
        onDone={(said) => {
          setPlan(null)
          if (said !== null) announce({ text: said })
        }}
      />
    )

  return (
    <Screen title="Calendars & groups" width="narrow">
      {error !== null && data === undefined ? (
        <EmptyState title="The calendars could not be looked up">{sentenceFor(error)}</EmptyState>
      ) : (
        data !== undefined && (
          <>
            <Part title="Take in">
              <p>
                From Google, Outlook, Apple or the school: export the calendar as an .ics file and choose it
                here. You see what would change before anything does.
              </p>
              {trouble !== null && (
                <Banner tone="amber">
                  <span role="alert">{trouble}</span>
                </Banner>
              )}
              {opening ? (
                <Working />
              ) : (
                <div className={css.buttons}>
                  <Button variant="primary" onPress={() => void open('open')}>
                    Choose a calendar file…
                  </Button>
                </div>
              )}
              <Watched watch={data.watch} busy={opening} onOpen={() => void open('openWaiting')} />
            </Part>
            {data.calendars.length > 0 && (
              <Taken
                calendars={data.calendars}
                onDropping={(now) => {
                  applying.current = now
                }}
              />
            )}
            <Remembered />
            <Groups />
            <Around />
            <ScheduleOut />
          </>
        )
      )}
    </Screen>
  )
}
