import type { Api, DomainName, EventName, EventPayload } from '../../shared/contract/index.ts'

/** The small page at the door takes every secret; these domains are its alone. */
export type UnlockDomain = 'vault' | 'restore' | 'damage' | 'destruction'
/** The domains the application's page may call. */
export type AppDomain = Exclude<DomainName, UnlockDomain>

/** What the preload puts on the page: each domain's verbs, and `on` for what main tells the page unasked. */
export interface BracketBridge extends Api {
  /** Returns the function that stops listening. */
  on<N extends EventName>(name: N, listener: (payload: EventPayload<N>) => void): () => void
}

declare global {
  interface Window {
    readonly bracket: BracketBridge
  }
}
