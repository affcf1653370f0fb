import { Refusal, type Code } from '../../shared/contract/result.ts'

const errno = (error: unknown): string =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : ''

const READ_ONLY = ['EACCES', 'EPERM', 'EROFS']
const FULL = ['ENOSPC', 'EDQUOT', 'EFBIG']
const GONE = [
  'ENOENT',
  'ENOTDIR',
  'EIO',
  'ENODEV',
  'ENXIO',
  'ESTALE',
  'ENOTCONN',
  'EHOSTDOWN',
  'ETIMEDOUT',
  'EISDIR',
  'ENOTEMPTY',
]

function translated(error: unknown, codes: { readOnly: Code; full: Code; gone: Code }): unknown {
  const code = errno(error)
  if (READ_ONLY.includes(code)) return new Refusal(codes.readOnly)
  if (FULL.includes(code)) return new Refusal(codes.full)
  return GONE.includes(code) ? new Refusal(codes.gone) : error
}

/** What the system says about the folder for backups. Its own words name paths and stay here. */
export async function inFolder<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    throw translated(error, {
      readOnly: 'BACKUP_FOLDER_READ_ONLY',
      full: 'BACKUP_NO_ROOM',
      gone: 'BACKUP_FOLDER_GONE',
    })
  }
}

/** Likewise about the profile's own disk. */
export async function inProfile<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    throw translated(error, { readOnly: 'READ_ONLY', full: 'DISK_FULL', gone: 'INTERNAL' })
  }
}

/** Stopped while the folder did not answer: whoever tidies up would wait for it as well. The next backup sweeps. */
export class FolderStuck extends Refusal {
  constructor() {
    super('CANCELLED')
  }
}

/** @throws Refusal CANCELLED once the signal is given. */
export function goOn(signal: AbortSignal): void {
  if (signal.aborted) throw new Refusal('CANCELLED')
}
