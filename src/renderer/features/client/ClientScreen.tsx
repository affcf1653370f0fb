import { useQuery } from '@tanstack/react-query'
import { CalendarPlus, Pencil, PhoneCall } from 'lucide-react'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import type { Client, ClientOverview } from '../../../shared/contract/clients.ts'
import { read } from '../../api/cache.ts'
import { dayOf, now, relativeDayText, timeText } from '../../api/clock.ts'
import { usePainted } from '../../api/painted.ts'
import { sentenceFor } from '../../api/sentences.ts'
import { Button } from '../../ui/Button.tsx'
import { EmptyState } from '../../ui/Parts.tsx'
import { announce } from '../../ui/Status.tsx'
import { ClientDialog } from '../clients/clients.ts'
import { contactNow, SessionDialog, SessionMenu } from '../schedule/schedule.ts'
import { ageAt } from './age.ts'
import { Flags } from './Flags.tsx'
import { Goals } from './Goals.tsx'
import { Loops } from './Loops.tsx'
import { Notes } from './Notes.tsx'
import css from './Client.module.css'

export function ClientScreen({ clientId }: { clientId: string }) {
  const { data, error } = useQuery(read('clients', 'get', { id: clientId }))
  usePainted('client', data)
  if (data === undefined) {
    return error === null ? null : (
      <div className={css.screen}>
        <EmptyState title="This file could not be read">{sentenceFor(error)}</EmptyState>
      </div>
    )
  }
  return (
    <div className={css.screen} data-veil>
      <Head client={data.client} counts={data.counts} />
      <Flags clientId={clientId} flags={data.flags} />
      <div className={css.columns}>
        <Notes clientId={clientId} notes={data.notes} more={data.more} count={data.counts.notes} />
        <div className={css.side}>
          <NextSession overview={data} />
          <Goals clientId={clientId} goals={data.goals} />
          <Loops clientId={clientId} loops={data.loops} />
        </div>
      </div>
    </div>
  )
}

function Head({ client, counts }: { client: Client; counts: ClientOverview['counts'] }) {
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
  const age = client.birthDate === null ? null : ageAt(client.birthDate, dayOf(now()).toString())
  const facts = [
    client.pronouns,
    age === null ? '' : `${age} years old`,
    counts.sessions === 0 ? '' : counts.sessions === 1 ? '1 session' : `${counts.sessions} sessions`,
  ].filter((fact) => fact !== '')
  return (
    <header className={css.head}>
      <div className={css.identity}>
        <h1 className={css.name} title={client.name}>
          <bdi dir="auto">{client.name}</bdi>
        </h1>
        {facts.length > 0 && <p className={css.facts}>{facts.join(' · ')}</p>}
      </div>
      <div className={css.actions}>
        <Button variant="quiet" icon={<Pencil aria-hidden />} onPress={() => setOpen('edit')}>
          Edit details
        </Button>
        <Button icon={<PhoneCall aria-hidden />} onPress={() => void contact()}>
          Contact now
        </Button>
        <Button variant="primary" icon={<CalendarPlus aria-hidden />} onPress={() => setOpen('session')}>
          Add session
        </Button>
      </div>
      {client.referralReason !== '' && (
        <p className={css.reason}>
          <span className={css.label}>Reason for referral</span>
          <span dir="auto">{client.referralReason}</span>
        </p>
      )}
      {open === 'edit' && <ClientDialog isOpen client={client} onClose={() => setOpen(null)} />}
      {open === 'session' && <SessionDialog isOpen client={client} onClose={() => setOpen(null)} />}
    </header>
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
          <SessionMenu session={nextSession} />
        </div>
      )}
    </section>
  )
}
