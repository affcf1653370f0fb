import type { DomainName, Input, Output, VerbOf } from '../../shared/contract/index.ts'
import type { Code, Result } from '../../shared/contract/result.ts'
import type { AppDomain, UnlockDomain } from './bracket.d.ts'

/** What main refused, as a code; `sentenceFor` in sentences.ts says it in words. */
export class Refused extends Error {
  readonly code: Code
  readonly field: string | undefined
  constructor(code: Code, field?: string) {
    super(code)
    this.name = 'Refused'
    this.code = code
    this.field = field
  }
}

/** Everything that is not a Refused (a page that is going away, a fault of ours) counts as INTERNAL. */
export const refusal = (error: unknown): Refused =>
  error instanceof Refused ? error : new Refused('INTERNAL')

export function unwrap<T>(result: Result<T>): T {
  if (result.ok) return result.value
  throw new Refused(result.code, result.field)
}

export type Client<D extends DomainName> = {
  readonly [K in D]: { readonly [V in VerbOf<K>]: (input: Input<K, V>) => Promise<Output<K, V>> }
}

type Call = (input: unknown) => Promise<Result<unknown>>

/**
 * `api.clients.get({ id })` → Promise of the value, or a thrown `Refused`. Derived from what the preload
 * exposes, so there is no second list of channels here.
 */
function derive<D extends DomainName>(): Client<D> {
  return new Proxy(Object.create(null) as Client<D>, {
    get: (_, domain) =>
      new Proxy(Object.create(null) as object, {
        get: (__, verb) => async (input: unknown) => {
          const verbs = window.bracket[domain as DomainName] as unknown as Record<string, Call>
          const call = verbs[verb as string]
          if (call === undefined) throw new Refused('UNKNOWN_CHANNEL')
          return unwrap(await call(input))
        },
      }),
  })
}

export const api = derive<AppDomain>()
/** For the small page for passphrases; in the application's page these calls are refused. */
export const vaultApi = derive<UnlockDomain>()
