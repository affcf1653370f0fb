import { app, type WebContents } from 'electron'

/** Every page of the process: no navigation, no second window, no webview, no dragging a file into it. */
export function denyWandering(): void {
  app.on('web-contents-created', (_event, contents) => deny(contents))
}

function deny(contents: WebContents): void {
  const refuse = (event: { preventDefault(): void }): void => event.preventDefault()
  contents.on('will-navigate', refuse)
  contents.on('will-frame-navigate', refuse)
  contents.on('will-redirect', refuse)
  contents.on('will-attach-webview', refuse)
  contents.on('will-prevent-unload', refuse)
  contents.setWindowOpenHandler(() => ({ action: 'deny' }))
  contents.setWebRTCIPHandlingPolicy('disable_non_proxied_udp')
  contents.on('select-bluetooth-device', (event, _devices, choose) => {
    event.preventDefault()
    choose('')
  })
}
