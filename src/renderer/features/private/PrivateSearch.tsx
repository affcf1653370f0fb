import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Lock, LockOpen } from 'lucide-react'
import { useEffect, useState } from 'react'
import type { Output } from '../../../shared/contract/index.ts'
import { privateHeading } from '../../../shared/document/privateDocument.ts'
import { read } from '../../api/cache.ts'
import { api } from '../../api/client.ts'
import { dayText } from '../../api/clock.ts'
import { usePreferences } from '../../api/context.ts'
import { sentenceFor } from '../../api/sentences.ts'
import { Button } from '../../ui/Button.tsx'
import { ClientName } from '../clients/clients.ts'
import { openRoom, useRoom } from './room.ts'
import css from './PrivatePane.module.css'

const SHORTEST = 2
type Hits = Output<'privateRoom', 'search'>['hits']

/** The private notes' own search, beside the record's and never through it. Only while the room is open. */
export function PrivateSearch({ text }: { text: string }) {
  return usePreferences().privateLane ? <Found text={text} /> : null
}

function Found({ text }: { text: string }) {
  const room = useRoom()
  const [hits, setHits] = useState<Hits>([])
  const [trouble, setTrouble] = useState('')
  const wanted = text.trim()
  const searching = room === 'open' && wanted.length >= SHORTEST

  useEffect(() => {
    if (!searching) {
      setHits([])
      return
    }
    let newer = false
    api.privateRoom.search({ text: wanted }).then(
      (answer) => {
        if (newer) return
        setHits(answer.hits)
        setTrouble('')
      },
      (error: unknown) => {
        if (newer) return
        setHits([])
        setTrouble(sentenceFor(error))
      },
    )
    return () => {
      newer = true
    }
  }, [searching, wanted])

  if (wanted.length < SHORTEST) return null
  return (
    <section aria-label="Private notes" className={css.box}>
      <h2 className={css.boxTitle}>
        {room === 'open' ? <LockOpen aria-hidden /> : <Lock aria-hidden />}
        <span className={css.title}>In private notes</span>
        {room === 'locked' && (
          <Button
            compact
            variant="quiet"
            onPress={() => {
              openRoom().catch((error: unknown) => setTrouble(sentenceFor(error)))
            }}
          >
            Open the private room
          </Button>
        )}
      </h2>
      {room === 'locked' ? (
        <p className={css.note}>Private notes are searched only while the private room is open.</p>
      ) : (
        <HitList hits={hits} />
      )}
      <p role="alert" className={css.trouble}>
        {trouble}
      </p>
    </section>
  )
}

function HitList({ hits }: { hits: Hits }) {
  const clients = useQuery(read('clients', 'list', {})).data?.clients
  if (hits.length === 0) return <p className={css.note}>Nothing found there.</p>
  return (
    <ul className={css.hits}>
      {hits.map((hit) => (
        <li key={hit.sessionId}>
          <Link to="/write/$sessionId" params={{ sessionId: hit.sessionId }} className={css.hit ?? ''}>
            <span className={css.hitHead}>
              <ClientName id={hit.clientId}>
                {clients?.find((c) => c.id === hit.clientId)?.name ?? 'Unknown'}
              </ClientName>
              <span>{dayText(hit.updatedAt)}</span>
            </span>
            <span dir="auto">
              {hit.section !== null && privateHeading(hit.section) !== null && (
                <span className={css.heading}>{privateHeading(hit.section)}: </span>
              )}
              {hit.snippet.before}
              <mark>{hit.snippet.match}</mark>
              {hit.snippet.after}
            </span>
          </Link>
        </li>
      ))}
    </ul>
  )
}
