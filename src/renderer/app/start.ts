import type { Context } from '../../shared/contract/app.ts'
import { followChanges, queryClient, read } from '../api/cache.ts'
import { api, refusal } from '../api/client.ts'
import { dayBounds, dayOf, now, setClockOffset } from '../api/clock.ts'
import { contextQuery } from '../api/context.ts'
import { flushAll } from '../api/flush.ts'
import { allHeld, fitting, holdAgain } from '../api/heldBack.ts'
import { restorePlace, tellPlace } from '../api/place.ts'

/** Before a lock or the end: commit what is typed, say where we are, then hand over what could not be saved. */
export function answerFlush(): void {
  window.bracket.on('flush', () => {
    void Promise.all([flushAll(), tellPlace()]).then(([unsaved]) =>
      // What was held back is asked for last: a note that is just being left may have come to it.
      api.app.flushed({ unsaved: fitting([...allHeld(), ...unsaved]) }).catch(() => undefined),
    )
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
  const [found] = await Promise.all([context, takeHeldBack()])
  return found
}

/** Words that a lock came upon before they could be saved. Whatever the answer, the page opens. */
const takeHeldBack = (): Promise<void> =>
  api.app.takeHeldBack({}).then(
    ({ notes }) => holdAgain(notes),
    () => undefined,
  )

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
