/** Longer than whatever works on copies takes to stop by itself. */
export const CLOSING_MS = 2500

/**
 * As the work ends, but no later than so many milliseconds: what it leaves undone then is its own affair. Keys and
 * files must not stay open because a folder somewhere does not answer.
 */
export async function atMost(ms: number, work: Promise<void>): Promise<void> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, ms)
  })
  await Promise.race([work, late]).finally(() => clearTimeout(timer))
}
