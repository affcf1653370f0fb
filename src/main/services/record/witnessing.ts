import type { LogFindings } from '../../../shared/contract/auditLog.ts'
import type { Notice } from '../../../shared/contract/vault.ts'
import { entryAt, stretch } from '../../store/record/queries/log.ts'
import { getSetting, putSetting } from '../../store/record/queries/settings.ts'
import type { ReadHandle, Store } from '../../store/Store.ts'
import type { Witness, WitnessFound, WitnessItem } from '../../vault/witness.ts'
import { follows, headOf } from './auditLog.ts'
import { isMarkedOpen } from './visit.ts'

/** Says in the file that the keychain once had a witness for it, so that a deleted one is missed. */
const WITNESSED = 'witnessed'
/** Entries after the witness that are checked at opening; the whole chain is checked later, and when asked. */
const AT_OPENING = 500
/** Several acts in a row are one write to the keychain. */
const DELAY_MS = 1000
/** Locking does not wait longer for a keychain; what it holds then is an earlier witness, which is no harm. */
const PATIENCE_MS = 400

type Standing = LogFindings['witness']

async function standing(h: ReadHandle, { sequence, hash }: Witness): Promise<Standing> {
  const head = await headOf(h)
  if (head.sequence < sequence) return 'ahead'
  // A row that does not parse is not one that we wrote.
  const seen = sequence === 0 ? { hash: '' } : await entryAt(h, sequence).catch(() => undefined)
  if (seen?.hash !== hash) return 'differs'
  let before = { sequence, hash }
  for (const row of await stretch(h, sequence, AT_OPENING)) {
    if (!follows(row, before)) return 'differs'
    before = { sequence: Number(row['sequence']), hash: String(row['hash']) }
  }
  return 'agrees'
}

/**
 * Before anything is written or shown: is this the file that was here last? A file ahead of its witness is what a
 * crash between commit and keychain leaves; one behind it, or with another history, is not.
 * @param walThere whether record.db-wal was there before the file was opened
 */
export async function compare(store: Store, item: WitnessItem, walThere: boolean): Promise<Notice | null> {
  const found = await item.read()
  return store.read(async (h) => {
    if (found.kind !== 'found') {
      const first = found.kind === 'missing' && (await getSetting(h, WITNESSED)) === undefined
      return first ? null : 'WITNESS_MISSING'
    }
    const stands = await standing(h, found.witness)
    if (stands === 'ahead') return 'OLDER_COPY'
    if (stands === 'differs') return 'LOG_CHANGED'
    // It was not closed, so its write-ahead log must be there: without it the last saves are missing, even
    // where everything that was logged had reached the file itself.
    return found.witness.open && !walThere && (await isMarkedOpen(h)) ? 'OLDER_COPY' : null
  })
}

/** An opening failed and SQLite, closing, has put the write-ahead log away by itself: that is no loss. */
export async function notedAsClosed(item: WitnessItem): Promise<void> {
  const found = await item.read()
  if (found.kind === 'found' && found.witness.open) await item.write({ ...found.witness, open: false })
}

/** Keeps the witness up with the log, always after the database has committed. */
export function witnessing(store: Store, item: WitnessItem) {
  let timer: NodeJS.Timeout | null = null
  let turn: Promise<void> = Promise.resolve()
  let last = ''
  let marked = false

  async function rewrite(open: boolean): Promise<void> {
    // Asked of the database in its turn: what has not been committed is never in it.
    const head = await store.read(headOf)
    const next = JSON.stringify([head, open])
    if (next === last || !(await item.write({ ...head, open }))) return
    last = next
    if (marked) return
    marked = true
    const known = await store.read((h) => getSetting(h, WITNESSED))
    if (known === undefined) await store.write((h) => putSetting(h, WITNESSED, '1'))
  }

  function inTurn(open: boolean): Promise<void> {
    if (timer !== null) clearTimeout(timer)
    timer = null
    // A store that was closed meanwhile has nothing more to say.
    turn = turn.then(() => rewrite(open)).catch(() => undefined)
    return turn
  }

  return {
    /** Something was logged. */
    soon(): void {
      timer ??= setTimeout(() => void inTurn(true), DELAY_MS).unref()
    },

    now: (): Promise<void> => inTurn(true),

    /** Before the file is closed. */
    async closing(): Promise<void> {
      let impatient: NodeJS.Timeout | undefined
      const late = new Promise<void>((resolve) => {
        impatient = setTimeout(resolve, PATIENCE_MS)
      })
      await Promise.race([inTurn(false), late])
      clearTimeout(impatient)
    },

    /** As it is found: rewriting it first would hide what is asked for. */
    async standing(): Promise<Standing> {
      const found: WitnessFound = await item.read()
      return found.kind === 'found' ? store.read((h) => standing(h, found.witness)) : 'missing'
    },
  }
}
