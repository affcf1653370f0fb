import { Outlet, useNavigate, useRouterState } from '@tanstack/react-router'
import { useEffect, useRef, useState } from 'react'
import { api } from '../api/client.ts'
import { useAppContext } from '../api/context.ts'
import { initialScroll, reportPath, reportScroll } from '../api/place.ts'
import { cx } from '../ui/cx.ts'
import { StatusRegion } from '../ui/Status.tsx'
import { useAppearance } from './appearance.ts'
import { Banners } from './Banners.tsx'
import { useKeys } from './keys.ts'
import { stepPane } from './panes.ts'
import { Layers, warmUp } from './screens.ts'
import { Sidebar } from './Sidebar.tsx'
import css from './Shell.module.css'

/** Is a dialog open that is not on its way out? */
const isAsking = (): boolean =>
  [...document.querySelectorAll('[role=dialog], [role=alertdialog]')].some(
    (dialog) => dialog.closest('[data-exiting]') === null,
  )

/** What may lie over the screen, whatever the screen is. */
export type Layer = 'palette' | 'open-client' | 'contact-now' | 'add-session' | 'add-client' | 'shortcuts'

const lock = () => void api.app.lock({}).catch(() => undefined)

/** Waits until the first screen has been painted before the machine is asked for anything else. */
function useWarmUp(): void {
  useEffect(() => {
    const handle = requestIdleCallback(() => void warmUp().catch(() => undefined), {
      timeout: 4000,
    })
    return () => cancelIdleCallback(handle)
  }, [])
}

/** The path goes to main as it changes; a screen that was left long scrolled comes back so. */
function usePlace(main: React.RefObject<HTMLElement | null>, path: string): void {
  useEffect(() => {
    reportPath(path)
    const element = main.current
    if (element === null) return
    element.scrollTop = 0
    const wanted = initialScroll()
    // The screen may still be fetching what makes it long: go there as soon as it is long enough.
    const grown = new ResizeObserver(() => {
      if (element.scrollHeight - element.clientHeight < wanted) return
      element.scrollTop = wanted
      grown.disconnect()
    })
    if (wanted > 0 && element.firstElementChild !== null) grown.observe(element.firstElementChild)
    // Where the focus was on something that is gone, a screen reader should begin at the new screen.
    if (document.activeElement === document.body) element.focus({ preventScroll: true })
    return () => grown.disconnect()
  }, [main, path])
}

/** A notification that was clicked, or a command in the menu. Only the person's own act sends these. */
function useGo(): void {
  const navigate = useNavigate()
  useEffect(
    () =>
      window.bracket.on('go', ({ to, sessionId }) => {
        if (to === 'review' && sessionId !== null)
          void navigate({ to: '/review/$sessionId', params: { sessionId } })
        else if (to === 'settings') void navigate({ to: '/settings' })
        else void navigate({ to: '/today' })
      }),
    [navigate],
  )
}

export function Shell() {
  const context = useAppContext()
  const navigate = useNavigate()
  const path = useRouterState({ select: (state) => state.location.pathname })
  const [layer, setLayer] = useState<Layer | null>(null)
  const main = useRef<HTMLElement>(null)
  useAppearance(context.preferences)
  useWarmUp()
  usePlace(main, path)
  useGo()

  const toSearch = () => void navigate({ to: '/search' })
  /** What is being filled in is not thrown away by a key: only the palette and the list of keys give way. */
  const unlessAsked = (act: () => void) => () => {
    const givesWay = layer === 'palette' || layer === 'open-client' || layer === 'shortcuts'
    if (!givesWay && isAsking()) return
    setLayer(null)
    act()
  }
  useKeys(
    {
      'Mod+K': unlessAsked(() => setLayer(layer === 'palette' ? null : 'palette')),
      'Mod+1': unlessAsked(() => void navigate({ to: '/today' })),
      'Mod+2': unlessAsked(() => void navigate({ to: '/clients' })),
      'Mod+4': unlessAsked(toSearch),
      'Mod+Shift+F': unlessAsked(toSearch),
      'Mod+O': unlessAsked(() => setLayer('open-client')),
      'Mod+N': unlessAsked(() => setLayer('contact-now')),
      'Mod+,': unlessAsked(() => void navigate({ to: '/settings' })),
      'Mod+/': unlessAsked(() => setLayer('shortcuts')),
      'Mod+Shift+L': lock,
      F6: unlessAsked(() => stepPane(1)),
      'Shift+F6': unlessAsked(() => stepPane(-1)),
    },
    context.platform === 'mac',
  )

  useEffect(() => {
    // A layer that followed another has nowhere to give the focus back to.
    if (layer !== null) return
    const timer = setTimeout(() => {
      if (document.activeElement === document.body) main.current?.focus({ preventScroll: true })
    }, 50)
    return () => clearTimeout(timer)
  }, [layer])

  return (
    <div className={css.frame}>
      <a
        href="#content"
        className={css.skip}
        onClick={(event) => {
          event.preventDefault()
          main.current?.focus()
        }}
      >
        Skip to the screen
      </a>
      <div className={cx(css.shell, path.startsWith('/write') && css.writing)}>
        <Sidebar onLock={lock} />
        <div className={css.body}>
          <Banners />
          <main
            id="content"
            ref={main}
            tabIndex={-1}
            className={css.main}
            onScroll={(event) => reportScroll(event.currentTarget.scrollTop)}
          >
            <Outlet />
          </main>
        </div>
      </div>
      {layer !== null && <Layers layer={layer} onLayer={setLayer} onLock={lock} />}
      <StatusRegion />
    </div>
  )
}
