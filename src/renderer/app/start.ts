import type { Context } from '../../shared/contract/app.ts'
import { followChanges, queryClient, read } from '../api/cache.ts'
import { api, refusal } from '../api/client.ts'
import { dayBounds, dayOf, now, setClockOffset } from '../api/clock.ts'
import { contextQuery } from '../api/context.ts'
import { flushAll } from '../api/flush.ts'
import { restorePlace, tellPlace } from '../api/place.ts'

/** Before a lock or the end: commit what is typed, say where we are, then answer. */
export function answerFlush(): void {
  window.bracket.on('flush', () => {
    void Promise.all([flushAll(), tellPlace()]).then(() => api.app.flushed({}).catch(() => undefined))
  })
}

const unlocked = (): Promise<void> =>
  new Promise((resolve) => {
    const stop = window.bracket.on('unlocked', () => {
      performance.mark('unlocked')
      stop()
      resolve()
    })
  })

const today = () => read('sessions', 'day', dayBounds(dayOf(now())))

/** Context and, unawaited, the day as the machine's clock has it: both questions travel together. */
async function fetchContext(): Promise<Context> {
  const context = queryClient.fetchQuery(contextQuery())
  void queryClient.prefetchQuery(today())
  return await context
}

/** Answers when the vault is open and the first screen's data are on their way: the path to show. */
export async function open(): Promise<string> {
  followChanges()
  // Listening before asking: the vault may open between the two.
  const event = unlocked()
  const first = await fetchContext().catch(async (error: unknown) => {
    queryClient.clear()
    if (refusal(error).code !== 'LOCKED') throw error
    await event
    return fetchContext()
  })
  setClockOffset(first.clockOffset)
  restorePlace(first.place)
  const path = first.place?.path ?? '/today'
  if (path === '/today') await queryClient.prefetchQuery(today())
  return path
}
