import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createClipboard } from '../../../src/main/clipboard.ts'

const board = vi.hoisted(() => ({
  text: '',
  readText: () => board.text,
  writeText: (text: string) => {
    board.text = text
  },
  clear: () => {
    board.text = ''
  },
}))
vi.mock('electron', () => ({ clipboard: board }))

beforeEach(() => vi.useFakeTimers())
afterEach(() => vi.useRealTimers())

test('what was copied here is taken back after thirty seconds, and not before', async () => {
  createClipboard().put('a client’s words')
  await vi.advanceTimersByTimeAsync(29_999)
  expect(board.text).toBe('a client’s words')
  await vi.advanceTimersByTimeAsync(1)
  expect(board.text).toBe('')
})

test('what somebody copied elsewhere meanwhile stays; line ends of Windows’ are no difference', async () => {
  const clipboard = createClipboard()
  clipboard.put('ours')
  board.text = 'from elsewhere'
  await vi.advanceTimersByTimeAsync(60_000)
  expect(board.text).toBe('from elsewhere')
  clipboard.put('one\ntwo')
  board.text = 'one\r\ntwo'
  await vi.advanceTimersByTimeAsync(30_000)
  expect(board.text).toBe('')
})

test('a second copy has thirty seconds of its own; at the end of the application it goes at once', async () => {
  const clipboard = createClipboard()
  clipboard.put('first')
  await vi.advanceTimersByTimeAsync(20_000)
  clipboard.put('second')
  await vi.advanceTimersByTimeAsync(20_000)
  expect(board.text).toBe('second')
  await clipboard.clear()
  expect(board.text).toBe('')
})
