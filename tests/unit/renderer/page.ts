import type { FakeBracket } from '../../support/fakeApi.ts'

/** Puts the fake where the page looks for it. */
export function showPage(bracket: FakeBracket): FakeBracket {
  Object.assign(globalThis, { window: { bracket } })
  return bracket
}
