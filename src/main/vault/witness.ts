import * as z from 'zod'
import type { KeychainPort } from './keychain.ts'

/*
 * What the keychain remembers of the record's log, under "<vault id>/witness": how far it had come, and the hash
 * of its newest entry, which covers all before it. An older file put back does not reach as far. It names nothing
 * and opens nothing.
 */
export interface Witness {
  /** 0 while the log is empty; the hash is '' then. */
  readonly sequence: number
  readonly hash: string
  /** The vault was open when this was written, and has not been closed since. */
  readonly open: boolean
}

export type WitnessFound =
  | { readonly kind: 'found'; readonly witness: Witness }
  /** No such item, or one that is not ours. */
  | { readonly kind: 'missing' }
  /** The keychain did not answer. */
  | { readonly kind: 'unread' }

const witnessSchema = z.strictObject({
  version: z.literal(1),
  sequence: z.int().min(0).max(Number.MAX_SAFE_INTEGER),
  hash: z.string().regex(/^(?:[0-9a-f]{64})?$/),
  open: z.boolean(),
})

export function witnessAccount(vaultId: string): string {
  return `${vaultId}/witness`
}

/** One vault's witness. Neither method throws. */
export class WitnessItem {
  readonly #keychain: KeychainPort
  readonly #account: string

  constructor(keychain: KeychainPort, vaultId: string) {
    this.#keychain = keychain
    this.#account = witnessAccount(vaultId)
  }

  async read(): Promise<WitnessFound> {
    let text: string | null
    try {
      text = await this.#keychain.get(this.#account)
    } catch {
      return { kind: 'unread' }
    }
    if (text === null) return { kind: 'missing' }
    try {
      const { sequence, hash, open } = witnessSchema.parse(JSON.parse(text))
      return { kind: 'found', witness: { sequence, hash, open } }
    } catch {
      return { kind: 'missing' }
    }
  }

  /** False when the keychain refused: what it holds is then an earlier witness, which is no harm. */
  async write({ sequence, hash, open }: Witness): Promise<boolean> {
    try {
      await this.#keychain.set(this.#account, JSON.stringify({ version: 1, sequence, hash, open }))
      return true
    } catch {
      return false
    }
  }

  /**
   * A restored file is about to take its place, and its owner knows that it is older: any history that holds
   * together is right, until its first opening writes where it stands. Gives the way back, for a file that did not
   * take its place after all.
   */
  async anchorAnew(): Promise<() => Promise<void>> {
    const earlier = await this.read()
    await this.write({ sequence: 0, hash: '', open: false })
    return async () => {
      if (earlier.kind === 'found') await this.write(earlier.witness)
      else if (earlier.kind === 'missing') await this.forget()
    }
  }

  /** The vault's file is restored, or gone: what is found next is told once and anchored anew. */
  async forget(): Promise<void> {
    await this.#keychain.delete(this.#account).catch(() => false)
  }
}
