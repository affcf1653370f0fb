import { loadJourneyapps, openJourneyapps } from './journeyapps.ts'
import { loadSignal, openSignal } from './signal.ts'
import type { DriverName, SqlDriver } from './SqlDriver.ts'

export interface DriverChoice {
  readonly platform: NodeJS.Platform
  readonly environment: Readonly<Record<string, string | undefined>>
  /** Whether BRACKET_SQLCIPHER may decide. Only ever true in an application that is not packaged. */
  readonly allowOverrides: boolean
}

/** @journeyapps/sqlcipher exists for macOS and Linux, @signalapp/sqlcipher carries Windows; same file format. */
export function chooseDriver(choice: DriverChoice): DriverName {
  const wanted = choice.allowOverrides ? choice.environment['BRACKET_SQLCIPHER'] : undefined
  if (wanted === 'signal' || wanted === 'journeyapps') return wanted
  return choice.platform === 'win32' ? 'signal' : 'journeyapps'
}

/** Loads the addon and connects to an existing file. Throws SqlError, or whatever loading the addon threw. */
export function connect(driver: DriverName, path: string): Promise<SqlDriver> {
  return driver === 'signal' ? openSignal(path) : openJourneyapps(path)
}

/** Loads the addon without connecting to anything, so that opening later is quicker. */
export async function loadDriver(driver: DriverName): Promise<undefined> {
  if (driver === 'signal') loadSignal()
  else loadJourneyapps()
  return undefined
}
