export interface TakingMeasured {
  readonly taken: readonly number[]
  readonly blocked: readonly number[]
  readonly saved: readonly number[]
  readonly dropped: readonly number[]
  readonly droppedBlocked: readonly number[]
  readonly droppedSaved: readonly number[]
  readonly rows: readonly number[]
}
