import type { Output } from '../../../shared/contract/index.ts'
import { api } from '../../api/client.ts'
import { Button } from '../../ui/Button.tsx'
import { act } from './act.ts'
import css from './Calendars.module.css'

export interface WatchedProps {
  watch: Output<'calendars', 'list'>['watch']
  busy: boolean
  onOpen: () => void
}

/** A folder in which another program leaves its calendar. Nothing is taken from it unasked. */
export function Watched({ watch, busy, onOpen }: WatchedProps) {
  if (watch === null)
    return (
      <div className={css.aside}>
        <p>Does another program leave its calendar in a folder? Bracket can look there now and then.</p>
        <Button compact onPress={() => void act(() => api.calendars.watch({}))}>
          Watch a folder…
        </Button>
      </div>
    )
  return (
    <div className={css.aside}>
      <p>
        Watching the folder “<bdi>{watch.folder}</bdi>”.{' '}
        {watch.gone
          ? 'It cannot be reached just now; what was taken in before stays.'
          : watch.waiting
            ? 'There is a newer calendar in it.'
            : 'Nothing new in it.'}
      </p>
      <div className={css.buttons}>
        {watch.waiting && !watch.gone && (
          <Button compact variant="primary" busy={busy} onPress={onOpen}>
            Look at it
          </Button>
        )}
        <Button
          compact
          variant="quiet"
          onPress={() => void act(() => api.calendars.unwatch({}), 'The folder is no longer watched.')}
        >
          Stop watching
        </Button>
      </div>
    </div>
  )
}
