import { copyFileSync, existsSync, readFileSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { expect, test, vi } from 'vitest'
import type { CheckProcess } from '../../../src/main/store/pageCheck.ts'
import { House } from '../../support/backupHouse.ts'
import { startedCheck } from '../../support/checkProcess.ts'
import { checkProgramPath } from '../../support/storeWorker.ts'

vi.setConfig({ testTimeout: 120_000 })

async function openedHouse(): Promise<House> {
  const house = await House.build()
  await house.create()
  const record = await house.unlock()
  await house.live(record)
  return house
}

async function copied(house: House): Promise<string> {
  const file = path.join(house.profile, 'copy.db')
  await house.rooms.copyRecord(file)
  return file
}

const gone = (pid: number): boolean => {
  try {
    process.kill(pid, 0)
    return false
  } catch {
    return true
  }
}

test('a copy is checked in a process of its own, which gives way and is gone afterwards', async () => {
  const house = await openedHouse()
  const program = await checkProgramPath()
  const started: { pid: number; niceness: number }[] = []
  house.startCheck = () => {
    const check = startedCheck(program)
    const one = { pid: check.pid, niceness: 0 }
    started.push(one)
    return {
      ...check,
      onMessage: (heard) =>
        check.onMessage((message) => {
          one.niceness = os.getPriority(check.pid)
          heard(message)
        }),
    }
  }
  const finding = await house.rooms.checkCopy('record', await copied(house))
  expect(finding).toMatchObject({ intact: true, counts: { clients: 1 } })
  expect(started).toHaveLength(1)
  expect(started[0]?.niceness).toBe(os.constants.priority.PRIORITY_LOW)
  await vi.waitFor(() => expect(gone(started[0]?.pid ?? 0)).toBe(true), 20_000)
})

test('damage is found there, and one that is not ours is told as that', async () => {
  const house = await openedHouse()
  const program = await checkProgramPath()
  house.startCheck = () => startedCheck(program)
  const file = await copied(house)
  const bytes = readFileSync(file)
  const at = bytes.length - 2000
  bytes[at] = (bytes[at] ?? 0) ^ 1
  writeFileSync(file, bytes)
  expect(await house.rooms.checkCopy('record', file)).toEqual({ intact: false, counts: null })
  const other = path.join(house.profile, 'other.db')
  await house.rooms.copyRecord(other)
  await expect(house.rooms.checkCopy('record', other, new Uint8Array(32).fill(7))).rejects.toMatchObject({
    code: 'WRONG_KEY_OR_DAMAGED',
  })
})

test('locking ends the process, and the key with it, in the middle of a check', async () => {
  const house = await openedHouse()
  const file = await copied(house)
  const program = await checkProgramPath()
  let pid = 0
  let asked = (): void => undefined
  const underWay = new Promise<void>((resolve) => {
    asked = resolve
  })
  house.startCheck = () => {
    const check = startedCheck(program)
    ;({ pid } = check)
    // It has come up, and is never asked: as long as a large file would take.
    return { ...check, postMessage: () => asked() }
  }
  const check = house.rooms.checkCopy('record', file)
  check.catch(() => undefined)
  await underWay
  await house.lock()
  await expect(check).rejects.toMatchObject({ code: 'CANCELLED' })
  await vi.waitFor(() => expect(gone(pid)).toBe(true), 20_000)
  expect(existsSync(file)).toBe(true)
})

test('where no process comes up the check is made here; one that dies in the middle proves nothing', async () => {
  const house = await openedHouse()
  const file = await copied(house)
  const spare = path.join(house.profile, 'spare.db')
  copyFileSync(file, spare)
  const dying = (first: unknown): (() => CheckProcess) => {
    return () => {
      const heard: ((message: unknown) => void)[] = []
      const ended: (() => void)[] = []
      setTimeout(() => {
        if (first !== null) for (const one of heard) one(first)
        for (const one of ended) one()
      })
      return {
        postMessage: () => undefined,
        onMessage: (one) => void heard.push(one),
        onExit: (one) => void ended.push(one),
        kill: () => undefined,
      }
    }
  }
  house.startCheck = dying(null)
  expect(await house.rooms.checkCopy('record', file)).toMatchObject({ intact: true })
  house.startCheck = dying({ kind: 'ready' })
  await expect(house.rooms.checkCopy('record', spare)).rejects.toMatchObject({ code: 'DRIVER' })
})
