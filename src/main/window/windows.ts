import {
  app as electronApp,
  BrowserWindow,
  nativeTheme,
  screen,
  type IpcMainInvokeEvent,
  type Session,
} from 'electron'
import path from 'node:path'
import type { Audience } from '../../shared/contract/index.ts'
import { events, type EventName, type EventPayload } from '../../shared/contract/events.ts'
import { type Look, rememberedBounds, rememberedLook, rememberWindow } from './bounds.ts'
import { ORIGINS } from './protocol.ts'

export interface WindowsOptions {
  session: Session
  /** Where the built preloads lie. */
  preloads: string
  profile: string
  developmentOrigin: string | undefined
  /** False in a release. */
  devTools: boolean
}

/** Who is told what happens to the windows. */
export interface Attendant {
  /** A key was pressed or the mouse moved over the application's page. */
  onActivity(): void
  /** Somebody wants the application's window closed; the answer comes later, by `closeApp`. */
  onCloseWanted(): void
  /** The door stands and nobody waits for anything: what is needed behind it can be made. */
  onDoorShown(): void
  /** A person closed the door instead of opening it. */
  onDoorClosed(): void
  /** The page's process died. */
  onPageLost(): void
}

/** What a small window opened over the application is for. */
export type Question =
  'private' | 'confirm' | 'passphrase' | 'sheets' | 'backup-passphrase' | 'without-passphrase' | 'destroy'

const SIZES: Readonly<Record<Question, { width: number; height: number }>> = {
  private: { width: 480, height: 420 },
  confirm: { width: 640, height: 640 },
  passphrase: { width: 560, height: 640 },
  sheets: { width: 840, height: 680 },
  'backup-passphrase': { width: 600, height: 720 },
  'without-passphrase': { width: 560, height: 560 },
  destroy: { width: 640, height: 720 },
}

/** While the rest of the application is still being put together nobody can be in it. */
const NOBODY: Attendant = {
  onActivity: () => undefined,
  onCloseWanted: () => undefined,
  onDoorShown: () => undefined,
  onDoorClosed: () => electronApp.quit(),
  onPageLost: () => undefined,
}

const GROUND = { light: '#FBFAF7', dark: '#16191B' }

/**
 * The windows. `door` is the small page that takes passphrases, in a process and origin of its own, destroyed
 * when it has done its work; `app` is the application, made in advance behind the door so that unlocking only
 * has to show it, and destroyed at every lock with all it held.
 */
export function createWindows(options: WindowsOptions) {
  let attendant = NOBODY
  let door: BrowserWindow | null = null
  let app: BrowserWindow | null = null
  let question: { kind: Question; window: BrowserWindow } | null = null
  // Screenshots and screen sharing show nothing of it, unless the person has chosen otherwise.
  let contentProtection = true
  let entered = false
  let look = rememberedLook(options.profile)
  nativeTheme.themeSource = look.theme

  /** A small window has room for the larger text that is read in it. */
  function grown({ width, height }: { width: number; height: number }): { width: number; height: number } {
    const { workAreaSize } = screen.getPrimaryDisplay()
    const factor = Math.max(1, look.textSize / 100)
    return {
      width: Math.min(Math.round(width * factor), workAreaSize.width),
      height: Math.min(Math.round(height * factor), workAreaSize.height),
    }
  }

  function make(audience: Audience, more: Electron.BrowserWindowConstructorOptions): BrowserWindow {
    const window = new BrowserWindow({
      show: false,
      title: 'Bracket',
      backgroundColor: nativeTheme.shouldUseDarkColors ? GROUND.dark : GROUND.light,
      autoHideMenuBar: true,
      ...more,
      webPreferences: {
        session: options.session,
        preload: path.join(options.preloads, audience === 'app' ? 'index.cjs' : 'unlock.cjs'),
        sandbox: true,
        // The application's page sets its own; the door cannot read what is behind it.
        zoomFactor: audience === 'unlock' ? look.textSize / 100 : 1,
        contextIsolation: true,
        nodeIntegration: false,
        webviewTag: false,
        webgl: false,
        spellcheck: false,
        navigateOnDragDrop: false,
        autoplayPolicy: 'user-gesture-required',
        devTools: options.devTools,
      },
    })
    window.setContentProtection(contentProtection)
    // The page's own title never reaches the taskbar.
    window.on('page-title-updated', (event) => event.preventDefault())
    void window.loadURL(addressOf(audience)).catch(() => undefined)
    return window
  }

  const addressOf = (audience: Audience): string => {
    const { developmentOrigin } = options
    if (developmentOrigin === undefined) return `${ORIGINS[audience]}/`
    return audience === 'app' ? `${developmentOrigin}/index.html` : `${developmentOrigin}/unlock.html`
  }

  function reportActivity(window: BrowserWindow): void {
    window.webContents.on('before-input-event', () => attendant.onActivity())
    window.webContents.on('input-event', () => attendant.onActivity())
  }

  function prepareApp(): void {
    if (app !== null) return
    const made = make('app', { ...rememberedBounds(options.profile), minWidth: 640, minHeight: 480 })
    made.on('close', (event) => {
      event.preventDefault()
      attendant.onCloseWanted()
    })
    reportActivity(made)
    made.webContents.on('render-process-gone', () => {
      if (app !== made) return
      if (entered) return attendant.onPageLost()
      // It died behind the door: nobody may be let into it.
      app = null
      made.destroy()
      if (door !== null) prepareAppBehind(door)
    })
    app = made
  }

  /** Not while the door itself still paints: it is what the person waits for. */
  function prepareAppBehind(made: BrowserWindow): void {
    setTimeout(() => {
      if (door !== made || !made.isVisible()) return
      prepareApp()
      attendant.onDoorShown()
    }, 50)
  }

  /** The door stands where the page stood; the application's page starts behind it once it has painted. */
  function showDoor(): void {
    if (door !== null) return door.show()
    const bounds = entered && app !== null ? app.getNormalBounds() : rememberedBounds(options.profile)
    const made = make('unlock', { ...bounds, minWidth: 480, minHeight: 480 })
    made.once('ready-to-show', () => {
      made.show()
      prepareAppBehind(made)
    })
    made.on('closed', () => {
      if (door !== made) return
      door = null
      attendant.onDoorClosed()
    })
    door = made
  }

  return {
    showDoor,

    /** From now on this one is told. */
    attend(by: Attendant): void {
      attendant = by
    },

    /** The vault is open: show the application and let the door go. */
    enterApp(): void {
      prepareApp()
      const shown = app
      if (shown === null) return
      if (door !== null) shown.setBounds(door.getBounds())
      entered = true
      shown.show()
      shown.focus()
      shown.webContents.send('unlocked' satisfies EventName, {})
      const leaving = door
      door = null
      leaving?.destroy()
    },

    /** Takes the application's page away, and with its process everything it had read. */
    closeApp(): void {
      question?.window.destroy()
      const leaving = app
      app = null
      entered = false
      if (leaving === null) return
      rememberWindow(leaving, look, options.profile)
      leaving.destroy()
      if (door !== null) prepareAppBehind(door)
    },

    /** Opens a small window over the application; resolves when it is gone. */
    ask(kind: Question): Promise<void> {
      if (app === null) return Promise.resolve()
      if (question !== null) {
        question.window.focus()
        return Promise.resolve()
      }
      const window = make('unlock', {
        parent: app,
        modal: true,
        ...grown(SIZES[kind]),
        minimizable: false,
        maximizable: false,
      })
      // Twenty-four words take a while to type.
      reportActivity(window)
      question = { kind, window }
      // Writing two sheets down takes a while: it must not lock in the middle of it.
      window.webContents.on('input-event', () => attendant.onActivity())
      window.once('ready-to-show', () => window.show())
      return new Promise((resolve) => {
        window.on('closed', () => {
          question = null
          resolve()
        })
      })
    },

    dismissQuestion(): void {
      question?.window.destroy()
    },

    question: (): Question | null => question?.kind ?? null,

    /** Tells the page whose event it is; one that waits behind the door is told too, and may ask for nothing. */
    send<N extends EventName>(event: N, payload: EventPayload<N>): void {
      const windows = events[event].audience === 'app' ? [app] : [door, question?.window ?? null]
      for (const window of windows) window?.webContents.send(event, payload)
    },

    /** Our window, its main frame, its exact origin; anything missing is null. */
    whoAsks(event: IpcMainInvokeEvent): Audience | null {
      const frame = event.senderFrame
      if (frame === null || frame !== event.sender.mainFrame) return null
      const ours = (window: BrowserWindow | null): boolean => window?.webContents === event.sender
      const audience: Audience | null = ours(app)
        ? 'app'
        : ours(door) || ours(question?.window ?? null)
          ? 'unlock'
          : null
      if (audience === null) return null
      if (options.developmentOrigin !== undefined) {
        return frame.url.split(/[?#]/u)[0] === addressOf(audience) ? audience : null
      }
      return frame.origin === ORIGINS[audience] ? audience : null
    },

    setContentProtection(on: boolean): void {
      contentProtection = on
      for (const window of [app, door, question?.window]) window?.setContentProtection(on)
    },

    /** For the system's own dialogs and for the door; `lasting`: at the next start, too. */
    setLook({ theme, textSize }: Look, lasting: boolean): void {
      nativeTheme.themeSource = theme
      if (lasting) look = { theme, textSize }
    },

    focus(): void {
      const window = question?.window ?? (entered ? app : door)
      // macOS keeps the application when its last window was closed.
      if (window === null || window === undefined) return showDoor()
      if (window.isMinimized()) window.restore()
      window.show()
      window.focus()
    },

    /** The window that dialogs and papers belong to; null while nobody is in. */
    appWindow: (): BrowserWindow | null => (entered ? app : null),

    /** Somebody has been let in; the window may be minimised. */
    isEntered: (): boolean => entered,
    isPageAlive: (): boolean => entered && app !== null && !app.webContents.isCrashed(),
  }
}

export type Windows = ReturnType<typeof createWindows>
