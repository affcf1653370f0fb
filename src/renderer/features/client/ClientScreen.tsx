import { useQuery } from '@tanstack/react-query'
import { CalendarPlus, Pencil, PhoneCall } from 'lucide-react'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import type { Client, ClientOverview } from '../../../shared/contract/clients.ts'
import { read } from '../../api/cache.ts'
import { dayOf, now, relativeDayText, timeText } from '../../api/clock.ts'
import { usePersonWord } from '../../api/context.ts'
import { usePainted } from '../../api/painted.ts'
import { sentenceFor } from '../../api/sentences.ts'
import { Button } from '../../ui/Button.tsx'
import { EmptyState } from '../../ui/Parts.tsx'
import { Screen } from '../../ui/Screen.tsx'
import { useHint } from '../../ui/veil.ts'
import { announce } from '../../ui/Status.tsx'
import { ClientDialog } from '../clients/clients.ts'
import { PrivateReveal } from '../private/index.ts'
import { contactNow, SessionDialog, SessionMenuOf } from '../schedule/schedule.ts'
import { ageAt } from './age.ts'
import { Flags } from './Flags.tsx'
import { Goals } from './Goals.tsx'
import { Loops } from './Loops.tsx'
import { Notes } from './Notes.tsx'
import css from './Client.module.css'

export function ClientScreen({ clientId }: { clientId: string }) {
  const { data, error } = useQuery(read('clients', 'get', { id: clientId }))
  const person = usePersonWord()
  usePainted('client', data)
  if (data === undefined) {
    return error === null ? null : (
      <Screen title={person === 'student' ? 'Student' : 'Client'}>
        <EmptyState title="This file could not be read">{sentenceFor(error)}</EmptyState>
      </Screen>
    )
  }
  return (
    <Screen
      veiled
      title={<Person name={data.client.name} />}
      facts={factsOf(data)}
      actions={<Actions client={data.client} />}
    >
      {data.client.referralReason !== '' && (
        <p className={css.reason}>
          <span className={css.label}>Reason for referral</span>
          <span dir="auto">{data.client.referralReason}</span>
        </p>
      )}
      <Flags clientId={clientId} flags={data.flags} />
      <div className={css.columns}>
        <Notes clientId={clientId} notes={data.notes} more={data.more} count={data.counts.notes} />
        <div className={css.side}>
          <NextSession overview={data} />
          <Goals clientId={clientId} goals={data.goals} />
          <Loops clientId={clientId} loops={data.loops} />
          <PrivateReveal clientId={clientId} />
        </div>
      </div>
    </Screen>
  )
}

const Person = ({ name }: { name: string }) => (
  <bdi dir="auto" {...useHint(name)}>
    {name}
  </bdi>
)

function factsOf({ client, counts }: ClientOverview): string {
  const age = client.birthDate === null ? null : ageAt(client.birthDate, dayOf(now()).toString())
  return [
    client.pronouns,
    age === null ? '' : `${age} years old`,
    counts.sessions === 0 ? '' : counts.sessions === 1 ? '1 session' : `${counts.sessions} sessions`,
  ]
    .filter((fact) => fact !== '')
    .join(' · ')
}

function Actions({ client }: { client: Client }) {
  const navigate = useNavigate()
  const [open, setOpen] = useState<'edit' | 'session' | null>(null)
  const contact = async () => {
    try {
      const sessionId = await contactNow(client.id)
      await navigate({ to: '/write/$sessionId', params: { sessionId } })
    } catch (error) {
      announce({ text: sentenceFor(error) })
    }
  }
  return (
    <>
      <Button variant="quiet" icon={<Pencil aria-hidden />} onPress={() => setOpen('edit')}>
        Edit details
      </Button>
      <Button icon={<PhoneCall aria-hidden />} onPress={() => void contact()}>
        Contact now
      </Button>
      <Button variant="primary" icon={<CalendarPlus aria-hidden />} onPress={() => setOpen('session')}>
        Add session
      </Button>
      {open === 'edit' && <ClientDialog isOpen client={client} onClose={() => setOpen(null)} />}
      {open === 'session' && <SessionDialog isOpen client={client} onClose={() => setOpen(null)} />}
    </>
  )
}

function NextSession({ overview: { nextSession } }: { overview: ClientOverview }) {
  return (
    <section className={css.block} aria-label="Next session">
      <h2>Next session</h2>
      {nextSession === null ? (
        <p className={css.none}>None arranged yet.</p>
      ) : (
        <div className={css.next}>
          <span>
            {relativeDayText(nextSession.startsAt)}, {timeText(nextSession.startsAt)} –{' '}
            {timeText(nextSession.endsAt)}
          </span>
          <SessionMenuOf session={nextSession} />
        </div>
      )}
    </section>
  )
}
