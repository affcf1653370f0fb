import type { Api, DomainName, EventName, EventPayload } from '../../shared/contract/index.ts'

/** The domains the application's page may call; `vault` belongs to the small page for passphrases alone. */
export type AppDomain = Exclude<DomainName, 'vault'>

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
