import { mkdir, open, readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { BackupWork, Counts } from '../../shared/contract/backup.ts'
import { type CheckCopy, type CheckKeys, examine, type Examined, scratch } from './examination.ts'
import { sweepPartials } from './folder.ts'
import { type WhatToWrite, writeInThread } from './jobs.ts'
import { BACKUP_FORMAT } from './format.ts'
import { backupName, type Manifest, partialName } from './manifest.ts'
import { giveName } from './naming.ts'
import type { SchemaVersions } from './reading.ts'
import { HoldBroken, type PartSource } from './sources.ts'
import { FolderStuck, goOn, inFolder, inProfile } from './troubles.ts'

/** Both databases, standing still to be copied while their rooms are used. */
export interface HeldParts {
  readonly parts: readonly PartSource[]
  /** Of the record as it is held. */
  readonly counts: Counts
  /** Must be called, however the copying went. Never rejects. */
  release(): Promise<void>
}

export interface Making {
  readonly profile: string
  readonly folder: string
  readonly version: string
  readonly vaultId: string
  readonly setting: Manifest['setting']
  readonly schema: SchemaVersions
  /** The built backupWorker.ts. */
  readonly workerPath: string | URL
  /** Epoch milliseconds. */
  readonly now: () => number
  /** What goes into the backup as vault.json. */
  readonly slotsForBackup: () => Promise<Buffer>
  /** Where a copy is needed first, it is made in this directory. */
  readonly holdParts: (directory: string) => Promise<HeldParts>
  readonly keysOf: CheckKeys
  readonly checkRecord: CheckCopy
  readonly checkPrivate: CheckCopy | null
  readonly signal: AbortSignal
  readonly onWork: (work: BackupWork) => void
}

export interface Made extends Examined {
  readonly name: string
}

/** Opening or closing the private room in the middle breaks a copy off; more than this is not bad luck. */
const TRIES = 4

/**
 * Copies straight to where the backup will lie, reads it back, checks, and only then gives the file its name: under
 * a backup's name stands nothing that was not verified where it lies. Killed at any moment, a hidden partial file
 * stays at most, which the next backup sweeps.
 */
export async function makeBackup(making: Making): Promise<Made> {
  const { profile, folder, vaultId, signal, onWork } = making
  let partial: string | null = null
  try {
    await inFolder(() => readdir(folder))
    await sweepPartials(folder, vaultId)
    const createdAt = making.now()
    const path = join(folder, partialName(vaultId))
    partial = path
    await write(making, path, createdAt)
    const examined = await examine({ ...making, path, directory: scratch(profile) })
    goOn(signal)
    onWork({ stage: 'checking', fraction: 1 })
    const name = await inFolder(() => giveName(path, folder, (nth) => backupName(createdAt, vaultId, nth)))
    partial = null
    await inFolder(() => syncDirectory(folder))
    return { ...examined, name }
  } catch (error) {
    if (error instanceof FolderStuck) partial = null
    throw error
  } finally {
    if (partial !== null) await rm(partial, { force: true }).catch(() => undefined)
  }
}

async function write(making: Making, target: string, createdAt: number): Promise<void> {
  const { signal } = making
  for (let again = 1; ; again += 1) {
    try {
      return await writeOnce(making, target, createdAt)
    } catch (error) {
      goOn(signal)
      if (!(error instanceof HoldBroken) || again === TRIES) throw error
    }
  }
}

async function writeOnce(making: Making, target: string, createdAt: number): Promise<void> {
  const { profile, version, vaultId, setting, schema, workerPath, signal, onWork } = making
  const staging = scratch(profile)
  const holding: { held?: HeldParts } = {}
  try {
    onWork({ stage: 'copying', fraction: 0 })
    await inProfile(() => mkdir(staging, { mode: 0o700 }))
    const prepare = async (): Promise<WhatToWrite> => {
      const slots = await making.slotsForBackup()
      const held = await making.holdParts(staging)
      holding.held = held
      return {
        parts: [
          { name: 'vault.json', size: slots.length, from: { kind: 'bytes', bytes: slots } },
          ...held.parts,
        ],
        about: {
          format: BACKUP_FORMAT,
          application: 'Bracket',
          version,
          vaultId,
          createdAt: new Date(createdAt).toISOString(),
          setting,
          schema,
          counts: held.counts,
        },
      }
    }
    await writeInThread(target, prepare, {
      workerPath,
      signal,
      onFraction: (fraction) => onWork({ stage: 'writing', fraction }),
    })
  } finally {
    await holding.held?.release()
    await rm(staging, { recursive: true, force: true }).catch(() => undefined)
  }
}

async function syncDirectory(path: string): Promise<void> {
  // Windows has no such call; some network folders refuse it, and then the file itself is synced all the same.
  if (process.platform === 'win32') return
  const handle = await open(path, 'r')
  try {
    await handle.sync().catch(() => undefined)
  } finally {
    await handle.close()
  }
}
