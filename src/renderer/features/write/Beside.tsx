import { memo, type RefObject } from 'react'
import { isPrivateKey } from '../../../shared/document/privateDocument.ts'
import type { Caret } from '../../api/place.ts'
import { PrivatePane, type PrivatePaneHandle } from '../private/index.ts'
import type { CrossingHandle } from './Crossing.tsx'
import { FromBefore } from './FromBefore.tsx'
import { Goals } from './Goals.tsx'
import { type BesideProps, SetDown } from './SetDown.tsx'
import css from './Write.module.css'

interface Props extends BesideProps {
  /** Where the caret was when everything locked. */
  caret: Caret | null
  pane: RefObject<PrivatePaneHandle | null>
  crossing: RefObject<CrossingHandle | null>
}

/** What stands beside the sheet. Another format is another sheet, and nothing of this renders for it. */
export const Beside = memo(function Beside({ note, refresh, caret, pane, crossing }: Props) {
  return (
    <div className={css.side}>
      <PrivatePane
        ref={pane}
        sessionId={note.session.id}
        clientId={note.session.clientId}
        caret={caret !== null && isPrivateKey(caret.section) ? caret : null}
        onCross={() => crossing.current?.start('to-progress')}
      />
      <SetDown note={note} refresh={refresh} />
      <FromBefore note={note} refresh={refresh} />
      <Goals note={note} refresh={refresh} />
    </div>
  )
})
