import type { Topic } from '../../../shared/contract/events.ts'
import type { Clock } from '../../../shared/domain/clock.ts'
import type { Store } from '../../store/Store.ts'

/** What every service of the record is handed. */
export interface RecordStore {
  readonly store: Store
  readonly clock: Clock
  /** Tells the page which lists to read again. Topics only. */
  readonly changed: (...topics: Topic[]) => void
}
