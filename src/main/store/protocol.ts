import type { MessagePort } from 'node:worker_threads'
import type { DriverName, Row, SqlErrorCode, SqlParams } from './driver/SqlDriver.ts'
import type { OpenFacts, OpenOptions } from './open.ts'
import type { OpenErrorCode } from './openError.ts'

/**
 * How a statement stands to the connection's transaction. 'begin' piggybacks BEGIN IMMEDIATE on a write unit's
 * first statement and so saves a round trip between threads.
 */
export type InTransaction = 'none' | 'begin' | 'in'

/** Everything the thread that owns a connection can be asked, with what it answers. */
export interface Requests {
  /** Loads the addon ahead of `open`. */
  warm: { ask: { readonly driver: DriverName }; answer: undefined }
  open: { ask: OpenOptions & { readonly explainErrors: boolean }; answer: OpenFacts }
  all: { ask: Statement; answer: Row[] }
  run: { ask: Statement; answer: { changes: number } }
  runMany: {
    ask: { readonly sql: string; readonly list: readonly SqlParams[]; readonly transaction: InTransaction }
    answer: { changes: number }
  }
  exec: { ask: { readonly sql: string; readonly transaction: InTransaction }; answer: undefined }
  commit: { ask: null; answer: undefined }
  rollback: { ask: null; answer: undefined }
  checkpoint: { ask: null; answer: undefined }
  integrity: { ask: null; answer: 'ok' | number }
  /** Writes every page anew under another key. Of a copy that nobody relies on yet: killed, it may be neither. */
  rekey: { ask: { readonly key: Uint8Array }; answer: undefined }
  /** Checkpoints, then copies the encrypted file. */
  copy: { ask: { readonly target: string }; answer: undefined }
  /** Checkpoints, and lets nothing change the file until `release`; it is read over the port. In bytes. */
  hold: { ask: { readonly port: MessagePort }; answer: { readonly size: number } }
  release: { ask: null; answer: undefined }
  close: { ask: { readonly removeFile: boolean }; answer: undefined }
}

export interface Statement {
  readonly sql: string
  readonly params: SqlParams
  readonly transaction: InTransaction
}

export type RequestKind = keyof Requests

export type Request<K extends RequestKind = RequestKind> = {
  [Kind in K]: { readonly id: number; readonly kind: Kind; readonly ask: Requests[Kind]['ask'] }
}[K]

export type Failure =
  | { readonly from: 'sql'; readonly code: SqlErrorCode; readonly reason: string }
  | { readonly from: 'open'; readonly code: OpenErrorCode; readonly detail: string }

export type Reply =
  { readonly id: number; readonly answer: unknown } | { readonly id: number; readonly failure: Failure }
