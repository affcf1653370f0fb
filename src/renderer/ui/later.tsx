import { useEffect, useState, type ComponentType, type FunctionComponent } from 'react'

export type Later<P> = FunctionComponent<P> & { preload: () => Promise<void> }

/**
 * A part that is fetched when it is first shown, so that the first screen does not carry it; nothing is seen
 * until it is there. `preload` fetches it when the machine has nothing else to do.
 *
 * Not React.lazy: that shows a fallback even for what is here already, and React then holds the real thing
 * back for 300 ms. A palette has to be there at once.
 */
export function later<P extends object>(load: () => Promise<ComponentType<P>>): Later<P> {
  const part: { loaded: ComponentType<P> | null; loading: Promise<void> | null } = {
    loaded: null,
    loading: null,
  }
  const preload = () => {
    part.loading ??= load().then(
      (component) => {
        part.loaded = component
      },
      (error: unknown) => {
        part.loading = null
        throw error
      },
    )
    return part.loading
  }
  function Later(props: P) {
    const [Part, setPart] = useState(() => part.loaded)
    const [failed, setFailed] = useState(false)
    useEffect(() => {
      if (Part === null)
        preload().then(
          () => setPart(() => part.loaded),
          () => setFailed(true),
        )
    }, [Part])
    // A file that cannot be read: the nearest boundary says so.
    if (failed) throw new Error('a part of the page could not be read')
    return Part === null ? null : <Part {...props} />
  }
  return Object.assign(Later, { preload })
}
