import { beforeEach, describe, expect, it } from 'vitest'
import { queryClient } from '../../../src/renderer/api/cache.ts'
import { api } from '../../../src/renderer/api/client.ts'
import { clientFor } from '../../../src/renderer/features/schedule/scheduling.ts'
import { fakeApi } from '../../support/fakeApi.ts'
import { showPage } from './page.ts'

const typed = (text: string) => ({ text, clientId: null, isNew: false })
const names = async () => (await api.clients.list({})).clients.map((client) => client.name)

beforeEach(() => {
  queryClient.clear()
  showPage(fakeApi())
})

describe('a name typed beside a new session', () => {
  it('becomes a client once', async () => {
    const first = await clientFor(typed('Bo Park'))
    expect(await clientFor(typed('bo park'))).toBe(first)
    expect(await names()).toEqual(['Bo Park'])
  })

  it('makes nobody while it could mean somebody', async () => {
    await clientFor(typed('Bo Park'))
    expect(await clientFor(typed('Bo'))).toBeNull()
    expect(await names()).toEqual(['Bo Park'])
  })

  it('is refused when it cannot be kept', async () => {
    await expect(clientFor(typed('x'.repeat(121)))).rejects.toMatchObject({ code: 'BAD_INPUT' })
  })
})
