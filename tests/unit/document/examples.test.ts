import { expect, test } from 'vitest'
import { examples } from '../../../src/shared/document/formats/examples.ts'
import { sectionWords } from '../../../src/shared/document/formats/sectionWords.ts'

test('every section that a built-in format may have shows a poor and a good way, and nothing else does', () => {
  expect(Object.keys(examples).sort()).toEqual(Object.keys(sectionWords).sort())
  for (const { poor, good } of Object.values(examples)) {
    expect(good.length).toBeGreaterThan(poor.length)
    expect(good.length).toBeLessThanOrEqual(260)
  }
})
