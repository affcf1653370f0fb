import type { WritingGroup } from '../../editor/WritingGroup.ts'

/** The private note while its pen is on the screen: what a crossing needs of it. */
export interface Lane {
  readonly group: WritingGroup
  /** Resolves true when everything typed is committed. */
  flush(): Promise<boolean>
}
