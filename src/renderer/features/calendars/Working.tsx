import { useQuery } from '@tanstack/react-query'
import { api } from '../../api/client.ts'
import { read } from '../../api/cache.ts'
import { Button } from '../../ui/Button.tsx'
import { act } from './act.ts'
import { stageWords } from './words.ts'
import css from './Calendars.module.css'

const POLL_MS = 200

/** How far it has come, and the way out. */
export function Working() {
  const { data } = useQuery({
    ...read('takeIn', 'progress', {}),
    refetchInterval: POLL_MS,
    gcTime: 0,
    staleTime: 0,
  })
  const work = data?.work ?? null
  return (
    <div className={css.working} role="status">
      <span>{work === null ? 'One moment' : stageWords[work.stage]} …</span>
      <progress max={1} {...(work === null ? {} : { value: work.fraction })} aria-label="Progress" />
      <Button variant="quiet" onPress={() => void act(() => api.takeIn.cancel({}))}>
        Stop
      </Button>
    </div>
  )
}
