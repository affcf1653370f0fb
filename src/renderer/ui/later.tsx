import { lazy, Suspense, type ComponentType } from 'react'

/**
 * A part that is fetched when it is first shown, so that the first screen does not carry it; nothing is seen
 * until it is there. `preload` fetches it when the machine has nothing else to do.
 */
export function later<P extends object>(
  load: () => Promise<ComponentType<P>>,
): ComponentType<P> & { preload: () => Promise<unknown> } {
  const Lazy = lazy(async () => ({ default: await load() })) as unknown as ComponentType<P>
  const Later = (props: P) => (
    <Suspense>
      <Lazy {...props} />
    </Suspense>
  )
  return Object.assign(Later, { preload: load })
}
