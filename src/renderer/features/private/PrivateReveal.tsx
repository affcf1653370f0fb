import { Lock } from 'lucide-react'
import { useEffect, useState } from 'react'
import type { PrivateLine } from '../../../shared/contract/privateRoom.ts'
import { privateHeading } from '../../../shared/document/privateDocument.ts'
import { api } from '../../api/client.ts'
import { dayText } from '../../api/clock.ts'
import { usePreferences } from '../../api/context.ts'
import { sentenceFor } from '../../api/sentences.ts'
import { Button } from '../../ui/Button.tsx'
import { openRoom, useRoom } from './room.ts'
import css from './PrivatePane.module.css'

export interface PrivateRevealProps {
  clientId: string
  /** How many lines at most; all that main sends without it. */
  limit?: number
}

/** The newest private lines of a client, folded until asked for; folded again when the room locks. */
export function PrivateReveal(props: PrivateRevealProps) {
  return usePreferences().privateLane ? <Reveal {...props} /> : null
}

function Reveal({ clientId, limit }: PrivateRevealProps) {
  const room = useRoom()
  const [lines, setLines] = useState<readonly PrivateLine[] | null>(null)
  const [trouble, setTrouble] = useState('')
  const [asking, setAsking] = useState(false)
  const revealed = lines !== null && room === 'open'

  useEffect(() => {
    // What was shown must not stay in memory behind a locked room.
    if (room === 'locked') setLines(null)
  }, [room])

  const reveal = async () => {
    setTrouble('')
    setAsking(true)
    try {
      if (await openRoom()) setLines((await api.privateRoom.forClient({ clientId })).notes)
    } catch (error) {
      setTrouble(sentenceFor(error))
    } finally {
      setAsking(false)
    }
  }

  const shown = revealed ? lines.slice(0, limit) : []
  return (
    <div className={css.reveal}>
      <div className={css.revealHead}>
        <Lock aria-hidden className={css.icon} />
        <span className={css.title}>Private notes</span>
        <Button
          compact
          variant="quiet"
          isDisabled={asking}
          aria-label={revealed ? 'Fold private notes' : 'Show private notes'}
          aria-expanded={revealed}
          onPress={() => (revealed ? setLines(null) : void reveal())}
        >
          {revealed ? 'Fold' : 'Show'}
        </Button>
      </div>
      {revealed && shown.length === 0 && (
        <p className={css.note}>Nothing private is written about this person.</p>
      )}
      {shown.length > 0 && (
        <ul className={css.lines}>
          {shown.map((line) => (
            <li key={line.sessionId} className={css.line}>
              <span className={css.words} dir="auto">
                <span className={css.when}>{dayText(line.updatedAt)}</span>
                {line.parts.map(({ key, text }) => (
                  <span key={key} className={css.part}>
                    {privateHeading(key) !== null && (
                      <span className={css.heading}>{privateHeading(key)}: </span>
                    )}
                    {text}{' '}
                  </span>
                ))}
              </span>
            </li>
          ))}
        </ul>
      )}
      <p role="alert" className={css.trouble}>
        {trouble}
      </p>
    </div>
  )
}
