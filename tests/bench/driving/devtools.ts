import type { ChildProcess } from 'node:child_process'
import type { Duplex } from 'node:stream'

/** What a process started with `--remote-debugging-pipe` is asked by. Answers are not typed: callers say what they expect. */
type Answer = { readonly result?: unknown; readonly error?: { readonly message: string } }

const ANSWER_MS = 30_000

export interface PageTarget {
  readonly targetId: string
  readonly url: string
}

/**
 * The least DevTools there is, over the pipe: no domain is enabled and nothing is attached until a page is
 * asked something, so that what is measured runs as it does for a person. (Playwright's instrumentation stays
 * on in every page, and its loader holds `ready` back until it has connected.)
 */
export class Devtools {
  readonly #to: Duplex
  readonly #waiting = new Map<number, (answer: Answer) => void>()
  #lastId = 0
  #gone = false

  constructor(child: ChildProcess) {
    const [to, from] = [child.stdio[3], child.stdio[4]] as [Duplex, Duplex]
    this.#to = to
    to.on('error', () => undefined)
    let text = ''
    from.setEncoding('utf8')
    from.on('data', (chunk: string) => {
      text += chunk
      const messages = text.split('\0')
      text = messages.pop() ?? ''
      for (const message of messages) this.#receive(JSON.parse(message) as Answer & { readonly id?: number })
    })
    child.once('exit', () => {
      this.#gone = true
      for (const answer of this.#waiting.values()) answer({ error: { message: 'the process has ended' } })
      this.#waiting.clear()
    })
  }

  /** Rejects when there is no answer: a page that is going away may take the question with it. */
  async send<T>(method: string, params: object = {}, sessionId?: string): Promise<T> {
    if (this.#gone) throw new Error(`${method}: the process has ended`)
    const id = (this.#lastId += 1)
    const answer = await new Promise<Answer>((resolve) => {
      this.#waiting.set(id, resolve)
      setTimeout(() => {
        if (this.#waiting.delete(id)) resolve({ error: { message: 'no answer' } })
      }, ANSWER_MS).unref()
      this.#to.write(`${JSON.stringify({ id, method, params, ...(sessionId ? { sessionId } : {}) })}\0`)
    })
    if (answer.error !== undefined) throw new Error(`${method}: ${answer.error.message}`)
    return answer.result as T
  }

  async pages(): Promise<PageTarget[]> {
    type Target = PageTarget & { readonly type: string }
    const { targetInfos } = await this.send<{ targetInfos: Target[] }>('Target.getTargets')
    return targetInfos.filter((target) => target.type === 'page')
  }

  #receive(message: Answer & { readonly id?: number }): void {
    const answer = message.id === undefined ? undefined : this.#waiting.get(message.id)
    if (message.id !== undefined) this.#waiting.delete(message.id)
    answer?.(message)
  }
}
