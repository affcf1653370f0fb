import { app, session, type Session } from 'electron'
import { developmentCsp } from './csp.ts'
import { SCHEME, servePages } from './protocol.ts'

/** Without `persist:` everything the pages keep is in memory and gone with the process. */
const PARTITION = 'bracket'

export interface PageSource {
  /** The built pages. */
  directory: string
  /** The dev server, in an unpackaged run with hot reload; otherwise undefined. */
  development: { origin: string; nonce: string } | undefined
  /** When the channels answer. */
  answering: Promise<unknown>
}

/** Must run before the application is ready: no name is ever looked up, no service of Chromium's starts. */
export function denyNetwork(development: boolean): void {
  const { commandLine } = app
  commandLine.appendSwitch(
    'host-resolver-rules',
    `MAP * ~NOTFOUND${development ? ', EXCLUDE localhost' : ''}`,
  )
  commandLine.appendSwitch('disable-background-networking')
  commandLine.appendSwitch('disable-component-update')
  commandLine.appendSwitch('disable-domain-reliability')
  commandLine.appendSwitch('no-pings')
  commandLine.appendSwitch('no-proxy-server')
  commandLine.appendSwitch('force-webrtc-ip-handling-policy', 'disable_non_proxied_udp')
  app.on('session-created', (made) => {
    // Electron asks for a spelling dictionary even with `spellcheck: false`; this is what stops it.
    made.setSpellCheckerEnabled(false)
    made.setSpellCheckerLanguages([])
  })
}

/** The one session: in memory, without network, permissions, downloads or devices. */
export function pageSession({ directory, development, answering }: PageSource): Session {
  const made = session.fromPartition(PARTITION, { cache: false })
  servePages(made, directory, answering)
  denyEverything(made, development?.origin)
  if (development !== undefined) {
    const csp = developmentCsp(development.nonce)
    made.webRequest.onHeadersReceived((details, respond) =>
      respond({ responseHeaders: { ...details.responseHeaders, 'Content-Security-Policy': [csp] } }),
    )
  }
  denyEverything(session.defaultSession, undefined)
  return made
}

export function denyEverything(made: Session, developmentOrigin: string | undefined): void {
  made.setPermissionRequestHandler((_contents, _permission, decide) => decide(false))
  made.setPermissionCheckHandler(() => false)
  made.setDevicePermissionHandler(() => false)
  made.setDisplayMediaRequestHandler((_request, decide) => decide({}))
  made.on('will-download', (event) => event.preventDefault())
  made.webRequest.onBeforeRequest((details, decide) => {
    const url = new URL(details.url)
    const ours = url.protocol === `${SCHEME}:` || url.protocol === 'devtools:'
    const development = developmentOrigin !== undefined && url.host === new URL(developmentOrigin).host
    decide({ cancel: !ours && !development && url.protocol !== 'data:' && url.protocol !== 'blob:' })
  })
}
