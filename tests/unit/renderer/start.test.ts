import { beforeEach, describe, expect, it, vi } from 'vitest'
import { initialCaret, reportCaret, reportPath, tellPlace } from '../../../src/renderer/api/place.ts'
import { queryClient } from '../../../src/renderer/api/cache.ts'
import { registerFlusher } from '../../../src/renderer/api/flush.ts'
import { answerFlush, open } from '../../../src/renderer/app/start.ts'
import { fakeApi } from '../../support/fakeApi.ts'
import { showPage } from './page.ts'

beforeEach(() => queryClient.clear())

const place = { path: '/write/x', caret: { section: 'plan', block: 1, offset: 7 }, scroll: 40 }

describe('the page, started before the vault is open', () => {
  it('waits for the vault and then asks again', async () => {
    const bracket = showPage(fakeApi({ locked: true }))
    let path: string | null = null
    const opened = open().then((found) => (path = found))
    await vi.waitFor(() => expect(bracket.calls).toContain('app.context'))
    expect(path).toBeNull()
    bracket.locked = false
    bracket.emit('unlocked', {})
    expect(await opened).toBe('/today')
    expect(bracket.calls).toContain('sessions.day')
  })

  it('goes back to where the person was, caret and all, once', async () => {
    showPage(fakeApi({ context: { place } }))
    expect(await open()).toBe('/write/x')
    expect(initialCaret()).toEqual(place.caret)
    expect(initialCaret()).toBeNull()
  })

  it('passes on what is not a lock', async () => {
    showPage(fakeApi({ handlers: { app: { context: () => Promise.reject(new Error('gone')) } } }))
    await expect(open()).rejects.toThrow('gone')
  })
})

describe('the place', () => {
  it('is told with its caret, and a new path has none', async () => {
    const told: unknown[] = []
    const rememberPlace = async (given: unknown) => {
      told.push(given)
      return {}
    }
    showPage(fakeApi({ handlers: { app: { rememberPlace } } }))
    reportPath('/write/y')
    reportCaret({ section: 'plan', block: 0, offset: 3 })
    await tellPlace()
    reportPath('/clients')
    await tellPlace()
    await tellPlace()
    expect(told).toEqual([
      { path: '/write/y', caret: { section: 'plan', block: 0, offset: 3 }, scroll: 0 },
      { path: '/clients', caret: null, scroll: 0 },
    ])
  })
})

describe('before a lock', () => {
  it('what is typed is saved first, then main is told', async () => {
    const bracket = showPage(fakeApi())
    const order: string[] = []
    answerFlush()
    const stop = registerFlusher(async () => {
      order.push(bracket.calls.includes('app.flushed') ? 'late' : 'saved')
    })
    bracket.emit('flush', {})
    await vi.waitFor(() => expect(bracket.calls).toContain('app.flushed'))
    expect(order).toEqual(['saved'])
    stop()
  })
})
