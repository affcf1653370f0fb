import { randomKey } from './keys.ts'

/** Keys for the throwaway vault of "Look around": random, in memory only, no slot, no keychain item. */
export function sampleKeys(): { recordKey: Buffer; privateKey: Buffer } {
  return { recordKey: randomKey(), privateKey: randomKey() }
}
