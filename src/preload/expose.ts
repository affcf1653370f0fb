import { contextBridge, ipcRenderer } from 'electron'

type Listener = (payload: unknown) => void

/**
 * Puts one frozen object into the page, made from the contract's names and nothing else: a function per
 * channel, and `on` for the listed events. The page never sees ipcRenderer or an Electron event.
 */
export function expose(channels: readonly string[], events: readonly string[]): void {
  const api: Record<string, Record<string, (input: unknown) => Promise<unknown>>> = {}
  for (const name of channels) {
    const [domain, verb] = name.split('.') as [string, string]
    const verbs = (api[domain] ??= {})
    verbs[verb] = (input) => ipcRenderer.invoke(name, input)
  }
  const on = (event: string, listener: Listener): (() => void) => {
    if (!events.includes(event)) return () => undefined
    const forward = (_: unknown, payload: unknown): void => listener(payload)
    ipcRenderer.on(event, forward)
    return () => void ipcRenderer.removeListener(event, forward)
  }
  for (const verbs of Object.values(api)) Object.freeze(verbs)
  contextBridge.exposeInMainWorld('bracket', Object.freeze({ ...api, on }))
}
