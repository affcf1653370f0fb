import { useQuery } from '@tanstack/react-query'
import { api } from '../../api/client.ts'
import { read } from '../../api/cache.ts'
import { Button } from '../../ui/Button.tsx'
import { Disclosure } from '../../ui/Disclosure.tsx'
import { Part } from '../../ui/Part.tsx'
import { Name } from '../../ui/Parts.tsx'
import { kindWords } from '../schedule/schedule.ts'
import { act } from './act.ts'
import css from './Calendars.module.css'

/** Which title means whom: said once, used the next time. */
export function Remembered() {
  const { data } = useQuery(read('calendars', 'matches', {}))
  if (data === undefined || data.matches.length === 0) return null
  return (
    <Part title="Names">
      <Disclosure
        title={data.matches.length === 1 ? 'What one title means' : `What ${data.matches.length} titles mean`}
      >
        <ul className={css.rows} data-veil>
          {data.matches.map(({ title, match, name }) => (
            <li key={title}>
              <span className={css.what}>
                <Name>{title}</Name>
                <span className={css.muted}>
                  {match.to === 'nobody' ? 'Not a session' : <bdi>{name}</bdi>}
                  {'kind' in match &&
                    match.kind === 'home-visit' &&
                    `, ${kindWords['home-visit'].toLowerCase()}`}
                </span>
              </span>
              <Button
                compact
                variant="quiet"
                onPress={() =>
                  void act(() => api.calendars.forgetMatch({ title }), 'Forgotten. It is asked again.')
                }
              >
                Forget
              </Button>
            </li>
          ))}
        </ul>
      </Disclosure>
    </Part>
  )
}
