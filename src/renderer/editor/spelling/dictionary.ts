import type { SpellingLanguage } from '../../../shared/contract/app.ts'
import type { Answer, Question } from './protocol.ts'
// oxlint-disable-next-line import/default -- Vite makes it: the address of the worker's own bundle
import workerUrl from './worker.ts?worker&url'

/** A language's dictionary, wherever it lies. */
export interface Dictionary {
  /** Those of the words that it does not know. */
  wrong(words: readonly string[]): Promise<readonly string[]>
  suggest(word: string): Promise<readonly string[]>
  /** Ends its thread; whoever still waits is refused. */
  end(): void
}

interface TrustedTypesFactory {
  createPolicy(
    name: string,
    rules: { createScriptURL: (url: string) => string },
  ): { createScriptURL: (url: string) => string }
}
let policy: ReturnType<TrustedTypesFactory['createPolicy']> | undefined

/** `new Worker` takes an address only from this policy, and the policy only one of our own. */
function trusted(url: string): string {
  const { trustedTypes } = window as unknown as { trustedTypes?: TrustedTypesFactory }
  policy ??= trustedTypes?.createPolicy('bracket-worker', {
    createScriptURL: (wanted) => {
      const address = new URL(wanted, location.href)
      if (address.protocol !== location.protocol || address.host !== location.host)
        throw new TypeError('a worker comes from our own origin')
      return address.href
    },
  })
  return policy === undefined ? url : policy.createScriptURL(url)
}

/** Starts the thread; about a fifth of a second passes there before the first answer. */
export function startDictionary(language: SpellingLanguage): Dictionary {
  const worker = new Worker(trusted(workerUrl), { type: 'module' })
  const waiting = new Map<
    number,
    { resolve: (words: readonly string[]) => void; reject: (error: Error) => void }
  >()
  let next = 1
  let dead = false

  function fail(): void {
    for (const { reject } of waiting.values()) reject(new Error('no answer'))
    waiting.clear()
  }
  worker.onmessage = ({ data }: MessageEvent<Answer>) => {
    const asked = waiting.get(data.id)
    waiting.delete(data.id)
    if (data.ok) asked?.resolve(data.words)
    else asked?.reject(new Error('no answer'))
  }
  worker.onerror = () => {
    dead = true
    fail()
  }
  type Asked = Question extends infer Q ? (Q extends Question ? Omit<Q, 'id'> : never) : never
  const ask = (question: Asked) =>
    new Promise<readonly string[]>((resolve, reject) => {
      if (dead) {
        reject(new Error('no answer'))
        return
      }
      const id = next++
      waiting.set(id, { resolve, reject })
      worker.postMessage({ ...question, id })
    })

  // What comes of it is seen with the first question.
  ask({ ask: 'start', language }).catch(() => undefined)
  return {
    wrong: (words) => ask({ ask: 'check', words }),
    suggest: (word) => ask({ ask: 'suggest', word }),
    end: () => {
      dead = true
      worker.terminate()
      fail()
    },
  }
}
