import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { CheckView } from '../../../shared/contract/damage.ts'
import { read } from '../../api/cache.ts'
import { api, refusal } from '../../api/client.ts'
import { longDayText, timeText } from '../../api/clock.ts'
import { sentenceFor } from '../../api/sentences.ts'
import { Button } from '../../ui/Button.tsx'
import css from './Settings.module.css'

const POLL_MS = 300

const stages: Readonly<Record<NonNullable<CheckView['work']>['stage'], string>> = {
  copying: 'Copying the record…',
  pages: 'Reading every page…',
  log: 'Reading the log…',
  notes: 'Comparing signed notes with their seals…',
}

/** The full check: when it last ran and what it found, a button, progress, and a way to stop it. */
export function FullCheck() {
  const { data, refetch } = useQuery({
    ...read('checking', 'state', {}),
    // Asks main alone, and is no activity to the idle lock: that counts keys and the mouse.
    refetchInterval: ({ state }) => ((state.data?.work ?? null) === null ? false : POLL_MS),
  })
  const [said, setSaid] = useState<string>()
  const running = data?.work ?? null
  if (data === undefined) return null

  const run = async () => {
    setSaid(undefined)
    try {
      const { faults } = await api.checking.run({})
      setSaid(faults === 0 ? 'Every page, the log and every signed note were read.' : undefined)
    } catch (error) {
      setSaid(
        refusal(error).code === 'CANCELLED'
          ? 'Stopped, as you asked. Nothing was changed.'
          : sentenceFor(error),
      )
    }
    // Main is asked once more, over IPC: nothing of this leaves the machine.
    await refetch()
  }
  return (
    <div>
      <p>{lastText(data.last)}</p>
      {running !== null && (
        <p>
          <span role="status">{stages[running.stage]}</span>
          <progress
            className={css.progress}
            aria-label="Full check"
            {...(running.stage === 'log' ? { value: running.fraction } : {})}
          />
        </p>
      )}
      {running === null ? (
        <Button onPress={() => void run()}>Check now</Button>
      ) : (
        <Button onPress={() => void api.checking.cancel({}).catch(() => undefined)}>Stop</Button>
      )}
      <span className={css.note} role="status">
        {said}
      </span>
      <span className={css.note}>
        It also runs by itself while nobody types: once a week, after Bracket ended without closing, and for
        each backup. You can go on writing meanwhile.
      </span>
    </div>
  )
}

function lastText(last: CheckView['last']): string {
  if (last === null) return 'The record has not been fully checked yet.'
  const when = `${longDayText(last.at)}, ${timeText(last.at)}`
  return last.faults === 0
    ? `Last full check: ${when}, no damage.`
    : `Last full check: ${when}, ${last.faults === 1 ? 'one fault' : `${last.faults} faults`}.`
}
