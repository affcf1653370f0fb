import { useQuery } from '@tanstack/react-query'
import { read } from '../../api/cache.ts'
import css from './Details.module.css'

const MOST_NAMES = 12

export interface DetailsProps {
  session: { readonly id: string }
  /** The place alone, for a line. */
  placeOnly?: boolean
}

/** What was chosen to be kept of the event a session comes from. Somebody else's words: plain text, never markup. */
export function Details({ session, placeOnly = false }: DetailsProps) {
  const { data } = useQuery(read('sessions', 'details', { id: session.id }))
  if (data === undefined) return null
  const { place, description, attendees } = data
  const names = attendees.slice(0, MOST_NAMES)
  const others = attendees.length - names.length
  if (placeOnly)
    return place === '' ? null : (
      <>
        {' · '}Place: <bdi>{place}</bdi>
      </>
    )
  if (place === '' && description === '' && attendees.length === 0) return null
  return (
    <dl className={css.details} data-veil>
      {place !== '' && (
        <div>
          <dt>Place</dt>
          <dd dir="auto">{place}</dd>
        </div>
      )}
      {attendees.length > 0 && (
        <div>
          <dt>Invited</dt>
          <dd>
            {names.map((name, at) => (
              <span key={`${at} ${name}`}>
                {at > 0 && ', '}
                <bdi>{name}</bdi>
              </span>
            ))}
            {others > 0 && ` and ${others} more`}
          </dd>
        </div>
      )}
      {description !== '' && (
        <div>
          <dt>Description</dt>
          <dd dir="auto" className={css.text}>
            {description}
          </dd>
        </div>
      )}
    </dl>
  )
}
