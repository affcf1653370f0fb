import { Link } from '@tanstack/react-router'
import { useEffect, useState, useSyncExternalStore } from 'react'
import { heldAddenda, heldDrafts } from '../../api/heldBack.ts'
import { api } from '../../api/client.ts'
import { dayText } from '../../api/clock.ts'
import { Banner, Name } from '../../ui/Parts.tsx'

/** Says, as long as it is so, that words are held back in this window and not in the file. */
export function HeldLines() {
  const drafts = useSyncExternalStore(heldDrafts.subscribe, heldDrafts.ids)
  const addenda = useSyncExternalStore(heldAddenda.subscribe, heldAddenda.ids)
  return [...new Set([...drafts, ...addenda])].map((noteId) => <HeldLine key={noteId} noteId={noteId} />)
}

interface Whose {
  readonly sessionId: string
  readonly clientName: string
  readonly startsAt: number
}

function HeldLine({ noteId }: { noteId: string }) {
  const [whose, setWhose] = useState<Whose | null>(null)
  useEffect(() => {
    let gone = false
    // Asked for by itself and not through the cache, which would keep the note's words with the name.
    api.notes.read({ noteId }).then(
      ({ session: { id, clientName, startsAt } }) => {
        if (!gone) setWhose({ sessionId: id, clientName, startsAt })
      },
      () => undefined,
    )
    return () => {
      gone = true
    }
  }, [noteId])
  if (whose === null) return <Banner>Words not saved yet in a note. They are kept in this window.</Banner>
  return (
    <Banner
      actions={
        <Link to="/write/$sessionId" params={{ sessionId: whose.sessionId }}>
          Go on there
        </Link>
      }
    >
      Words not saved yet in{' '}
      <span data-veil>
        <Name>{whose.clientName}</Name>
      </span>
      , {dayText(whose.startsAt)}. They are kept in this window.
    </Banner>
  )
}
