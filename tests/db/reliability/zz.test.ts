import { readFileSync, writeFileSync } from 'node:fs'
import { test, expect } from 'vitest'
import { chance } from '../../reliability/chance.ts'
import { twoStates, proof } from '../../reliability/trials/putBack.ts'
import { temporaryDatabase, openStore } from '../../support/storeFiles.ts'
import { recordMigrations } from '../../../src/main/store/record/migrations/index.ts'
test('x', async () => {
  const s = await twoStates()
  const out: string[] = []
  for (let seed = s.pages.length + 1; seed < s.pages.length + 40; seed++) {
    const pick = chance(seed)
    const path = temporaryDatabase()
    const bytes = Buffer.from(s.after)
    const chosen = s.pages.filter(() => pick(4) === 0)
    for (const { at, old } of chosen) old.copy(bytes, at)
    writeFileSync(path, bytes)
    const found = await proof(path, s.key, s.item).catch(() => 'noticed')
    if (found === 'noticed' || found === s.whole) continue
    const [a, b] = [JSON.parse(found), JSON.parse(s.whole)]
    const names = ['log', 'seals', 'addenda', 'bodies']
    const diff = names.map((n, i) => `${n} ${a[i].length}/${b[i].length} ${JSON.stringify(a[i]) === JSON.stringify(b[i])}`)
    const store = await openStore({ path, key: s.key, mode: 'open', migrations: recordMigrations })
    const t = await store.read(async (h) => [await h.get('SELECT count(*) n FROM notes'), await h.get('SELECT count(*) n FROM sessions'), await h.get('SELECT count(*) n FROM clients'), await h.get('SELECT count(*) n FROM notes NOT INDEXED')])
    const integ = await store.integrity()
    await store.close()
    out.push(`${seed}: ${chosen.map((c) => c.at / 4096 + 1)} ${diff.join('; ')} ${JSON.stringify(t)} integrity ${integ}`)
  }
  writeFileSync('/tmp/zz.txt', `${s.pages.length} pages\n` + out.join('\n'))
  expect(1).toBe(1)
})
