export type StoreErrorCode =
  /** The store was closed, or its thread has died: nothing more is read or written. */
  | 'CLOSED'
  /** A unit was started from inside a unit of the same store, and would have waited for itself. */
  | 'NESTED'
  /** A handle was used after its unit had settled. */
  | 'SETTLED'
  /** A unit returned while statements of it were still under way; a write unit was rolled back. */
  | 'UNFINISHED'
  /** The statement is not one that this kind of handle may run. */
  | 'FORBIDDEN'

/** An error of the store's own making. SQL's errors are SqlError. */
export class StoreError extends Error {
  readonly code: StoreErrorCode

  constructor(code: StoreErrorCode) {
    super(code)
    this.name = 'StoreError'
    this.code = code
  }
}
