import { describe, expect, it } from 'vitest'
import { type PrivateDoor, privateHandlers } from '../../../src/main/ipc/handlers/privateRoom.ts'
import type { OpenPrivate } from '../../../src/main/services/private/openPrivate.ts'

const ids = {
  sessionId: '00000000-0000-4000-8000-000000000001',
  clientId: '00000000-0000-4000-8000-000000000002',
}
const note = { ...ids, revision: 0, sections: [] }
const crossing = { ...ids, id: ids.sessionId, direction: 'to-private' as const, text: 'words' }

/** A room that writes down what it is asked for. */
function door(more: Partial<PrivateDoor> = {}) {
  const asked: string[] = []
  const told =
    <T>(what: string, answer: T) =>
    () => {
      asked.push(what)
      return Promise.resolve(answer)
    }
  const room = {
    save: told('save', { revision: 1, savedAt: 0 }),
    crossed: told('crossed', { at: 0 }),
    destroy: told('destroy', { destroyedAt: 0 }),
    get: told('get', { revision: 1, sections: [], updatedAt: 0 }),
    written: told('written', true),
  } as unknown as OpenPrivate
  const { privateRoom } = privateHandlers({
    room: () => room,
    open: () => Promise.resolve(true),
    close: () => Promise.resolve(),
    viewed: told('viewed', undefined),
    destroyed: told('logged', undefined),
    laneOpen: () => true,
    ...more,
  })
  return { privateRoom, asked }
}

describe('the private lane, switched off', () => {
  it('takes nothing in, and says so; what is there can still be read and destroyed', async () => {
    const { privateRoom, asked } = door({ laneOpen: () => false })
    await expect(privateRoom.save(note)).rejects.toMatchObject({ code: 'LANE_OFF' })
    await expect(privateRoom.crossed(crossing)).rejects.toMatchObject({ code: 'LANE_OFF' })
    expect(asked).toEqual([])
    await privateRoom.get(ids)
    await privateRoom.destroy({ ...ids, word: 'DESTROY' })
    expect(asked).toEqual(['get', 'viewed', 'destroy', 'logged'])
  })

  it('is told after the lock: behind a closed door nothing is said but that it is closed', async () => {
    const { privateRoom } = door({ room: () => null, laneOpen: () => false })
    await expect(privateRoom.save(note)).rejects.toMatchObject({ code: 'PRIVATE_LOCKED' })
    await expect(privateRoom.written(ids)).rejects.toMatchObject({ code: 'PRIVATE_LOCKED' })
    await expect(privateRoom.destroy({ ...ids, word: 'x' })).rejects.toMatchObject({ code: 'PRIVATE_LOCKED' })
  })
})

describe('the private lane, open', () => {
  it('destroys for the whole word alone, and logs it only when it is done', async () => {
    const { privateRoom, asked } = door()
    for (const word of ['', 'destroy', 'DESTROY ', 'DESTROY this']) {
      await expect(privateRoom.destroy({ ...ids, word })).rejects.toMatchObject({ code: 'WORDS_DIFFER' })
    }
    expect(asked).toEqual([])
    await privateRoom.destroy({ ...ids, word: 'DESTROY' })
    expect(asked).toEqual(['destroy', 'logged'])
  })

  it('says whether something is written without showing it, so without a line in the log', async () => {
    const { privateRoom, asked } = door()
    expect(await privateRoom.written(ids)).toEqual({ written: true })
    expect(asked).toEqual(['written'])
  })
})
