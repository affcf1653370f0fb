import { expect, test } from 'vitest'
import { giveWay, saving, whileSaving } from '../../../src/main/store/givingWay.ts'
import { openStore, randomKey, temporaryDatabase } from '../../support/storeFiles.ts'

test('while a unit writes, and not while one reads, others are asked to stand aside', async () => {
  const store = await openStore({ path: temporaryDatabase(), key: randomKey(), mode: 'create' })
  const writing = (): number => Atomics.load(saving, 0)
  expect(writing()).toBe(0)
  await store.write(async () => expect(writing()).toBe(1))
  await store.write(() => Promise.reject(new Error('undone'))).catch(() => undefined)
  await store.read(async () => expect(writing()).toBe(0))
  expect(writing()).toBe(0)
})

test('whoever gives way goes on at once when nobody saves, and in the end also when somebody never stops', async () => {
  giveWay(saving)
  let over = (): void => undefined
  const endless = whileSaving(
    () =>
      new Promise<void>((resolve) => {
        over = resolve
      }),
  )
  // This returns, or the test never ends.
  for (let chunk = 0; chunk < 3; chunk += 1) giveWay(saving)
  over()
  await endless
  expect(Atomics.load(saving, 0)).toBe(0)
})
