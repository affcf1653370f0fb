import { join } from 'node:path'
import type { DurableFiles } from './durableFiles.ts'

/** Where a vault's things lie in the profile's directory. */
export interface ProfilePaths {
  readonly directory: string
  readonly vaultFile: string
  /** Stands from the first step of a creation to its last; see creation.ts. */
  readonly creationMarker: string
  /** Stands while a restore puts files in their places; see backup/placing.ts. */
  readonly restoreMarker: string
  /** Stands while files under new keys move into their places; see keySwitch.ts. */
  readonly rekeyMarker: string
  readonly record: string
  readonly private: string
}

export function profilePaths(directory: string): ProfilePaths {
  return {
    directory,
    vaultFile: join(directory, 'vault.json'),
    creationMarker: join(directory, 'vault.creating'),
    restoreMarker: join(directory, 'vault.restoring'),
    rekeyMarker: join(directory, 'vault.rekeying'),
    record: join(directory, 'record.db'),
    private: join(directory, 'private.db'),
  }
}

const databaseFile = /^(?:record|private)\.db(?:-wal|-shm|-journal)?$/

/** Names of database files present, side files included: a lone -wal may hold the last hour's notes. */
export async function databaseFiles(files: DurableFiles, paths: ProfilePaths): Promise<string[]> {
  return (await files.names(paths.directory)).filter((name) => databaseFile.test(name))
}

/** An empty file would be taken for a new database by SQLite, so it counts as missing. */
export async function isPresent(files: DurableFiles, path: string): Promise<boolean> {
  const size = await files.size(path)
  return size !== null && size !== 0
}
