import fc from 'fast-check'
import { expect, test } from 'vitest'
import { SECRET_UNITS } from '../../../src/renderer/unlock/parts.tsx'
import { channels } from '../../../src/shared/contract/index.ts'
import { PASSPHRASE_MAX } from '../../../src/shared/contract/vault.ts'
import { withinSize } from '../../../src/main/ipc/size.ts'
import { isTooLong } from '../../../src/main/vault/keys.ts'

/* A thousand characters pass the field and the door whole: cut anywhere, they would be another passphrase. */

test('the field takes as much as the door', () => {
  expect(SECRET_UNITS).toBe(PASSPHRASE_MAX)
})

test('a thousand characters of any script, however typed, get to where they are counted', () => {
  const letters = fc.oneof(
    fc.string({ unit: 'grapheme', minLength: 1, maxLength: 1 }),
    // Letters in two and three parts, Hangul, beyond the first plane, and none that anybody has on a key.
    fc.constantFrom('é', 'ệ', '각', 'नि', '字', '𠮷', '😀', '𞤀', 'ΐ'),
  )
  const { unlock, changePassphrase } = {
    unlock: channels['vault.unlock'],
    changePassphrase: channels['vault.changePassphrase'],
  }
  fc.assert(
    fc.property(fc.array(letters, { minLength: 1, maxLength: 5 }), fc.boolean(), (some, apart) => {
      const text = some.join('').normalize('NFC')
      const thousand = [...text.repeat(1000)].slice(0, 1000).join('')
      const typed = thousand.normalize(apart ? 'NFD' : 'NFC')
      // Half a cluster at the cut may compose differently: what main would refuse is not promised.
      if (isTooLong(typed)) return
      expect(typed.length).toBeLessThanOrEqual(SECRET_UNITS)
      expect(unlock.input.parse({ passphrase: typed })).toEqual({ passphrase: typed })
      const both = { passphrase: typed, replacement: typed }
      expect(withinSize(both, changePassphrase.limit)).toBe(true)
      expect(changePassphrase.input.safeParse(both).success).toBe(true)
    }),
  )
})

test('what is longer than any passphrase is refused by whoever counts, not cut', () => {
  expect(isTooLong('a'.repeat(SECRET_UNITS))).toBe(true)
  expect(isTooLong('😀'.repeat(SECRET_UNITS / 2))).toBe(true)
  expect(isTooLong('e\u0323\u0302'.repeat(1000))).toBe(false)
})
