import { beforeEach, describe, expect, it } from 'vitest'
import { queryClient, followChanges, read } from '../../../src/renderer/api/cache.ts'
import { api, Refused, refusal } from '../../../src/renderer/api/client.ts'
import { flushAll, registerFlusher } from '../../../src/renderer/api/flush.ts'
import { sentences, sentenceFor } from '../../../src/renderer/api/sentences.ts'
import { codes } from '../../../src/shared/contract/result.ts'
import { fakeApi } from '../../support/fakeApi.ts'
import { showPage } from './page.ts'

beforeEach(() => queryClient.clear())

const somebody = { name: 'Ana', pronouns: '', birthDate: null, referralReason: '' }

describe('the client', () => {
  it('unwraps a value', async () => {
    showPage(fakeApi())
    const { id } = await api.clients.create(somebody)
    expect((await api.clients.list({})).clients.map((client) => client.id)).toEqual([id])
  })

  it('throws a refusal with its code and field', async () => {
    showPage(fakeApi())
    const refused = await api.clients.create({ ...somebody, name: '  ' }).catch(refusal)
    expect(refused).toBeInstanceOf(Refused)
    expect(refused).toMatchObject({ code: 'BAD_INPUT', field: 'name' })
  })

  it('says INTERNAL of whatever is not a refusal', () => {
    expect(refusal(new TypeError('x')).code).toBe('INTERNAL')
    expect(sentenceFor(new TypeError('x'))).toBe(sentences.INTERNAL)
  })
})

describe('sentences', () => {
  it.each(codes)('%s is said in a whole sentence, without the code and without blame', (code) => {
    expect(sentences[code]).toMatch(/^[A-Z].{20,}[.]$/u)
    expect(sentences[code]).not.toMatch(/[A-Z]{2,}_|error|invalid|illegal|failed|must|sorry/iu)
  })
})

describe('what is on screen', () => {
  it('is read again when main says that it changed, and only that', async () => {
    const bracket = showPage(fakeApi())
    const stop = followChanges()
    const list = queryClient.getQueryCache().build(queryClient, {
      ...queryClient.defaultQueryOptions(read('clients', 'list', {})),
    })
    const context = queryClient.getQueryCache().build(queryClient, {
      ...queryClient.defaultQueryOptions(read('app', 'context', {})),
    })
    await Promise.all([list.fetch(), context.fetch()])
    bracket.emit('changed', { topics: ['clients'] })
    expect(list.state.isInvalidated).toBe(true)
    expect(context.state.isInvalidated).toBe(false)
    stop()
  })

  it('is asked for again when a change overtook the answer on its way', async () => {
    const fake = fakeApi()
    const answers: (() => void)[] = []
    const list: typeof fake.clients.list = async (input) => {
      const answer = await fake.clients.list(input)
      await new Promise<void>((resolve) => answers.push(resolve))
      return answer
    }
    const bracket = showPage({ ...fake, clients: { ...fake.clients, list } })
    const stop = followChanges()
    const reading = queryClient.fetchQuery(read('clients', 'list', {}))
    await expect.poll(() => answers.length).toBe(1)
    await api.clients.create(somebody)
    bracket.emit('changed', { topics: ['clients'] })
    answers[0]?.()
    await expect.poll(() => answers.length).toBe(2)
    answers[1]?.()
    expect((await reading).clients).toHaveLength(1)
    stop()
  })

  it('forgets the private room the moment it locks', async () => {
    const bracket = showPage(fakeApi())
    const stop = followChanges()
    const { queryKey } = read('privateRoom', 'search', { text: 'word' })
    queryClient.setQueryData(queryKey, { hits: [] })
    bracket.emit('privateRoom', { room: 'locked' })
    expect(queryClient.getQueryData(queryKey)).toBeUndefined()
    expect(queryClient.getQueryData(read('privateRoom', 'state', {}).queryKey)).toEqual({ room: 'locked' })
    stop()
  })
})

describe('flushing', () => {
  it('lets everyone save, even when one cannot', async () => {
    const saved: string[] = []
    const stops = [
      registerFlusher(async () => Promise.reject(new Error())),
      registerFlusher(async () => void saved.push('second')),
    ]
    await flushAll()
    expect(saved).toEqual(['second'])
    for (const stop of stops) stop()
    await flushAll()
    expect(saved).toEqual(['second'])
  })
})
