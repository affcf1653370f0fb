import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import type { Context } from '../../shared/contract/app.ts'
import { queryClient, read } from '../api/cache.ts'
import { api } from '../api/client.ts'
import { dayText, restoredText, spanText, systemZone } from '../api/clock.ts'
import { contextQuery, useAppContext } from '../api/context.ts'
import { sentenceFor } from '../api/sentences.ts'
import { Button } from '../ui/Button.tsx'
import { Banner } from '../ui/Parts.tsx'
import { announce } from '../ui/Status.tsx'

/** What wants to be known whatever the screen: each says what happened, what is safe, and what to do. */
export function Banners() {
  const context = useAppContext()
  const [seen, setSeen] = useState<readonly string[]>([])
  const dismiss = (name: string) => (
    <Button compact variant="quiet" onPress={() => setSeen([...seen, name])}>
      Got it
    </Button>
  )
  const open = (name: string) => !seen.includes(name)
  return (
    <section aria-label="Notices">
      <TroubleBanner />
      <VerificationBanner />
      <LogBanner />
      {context.clockBehind !== null && open('clock') && (
        <Banner tone="amber" actions={dismiss('clock')}>
          This computer’s clock stands {spanText(context.clockBehind)} earlier than the newest entry in the
          record. Nothing is lost. Please check the date and time before signing.
        </Banner>
      )}
      {context.zoneBefore !== null && open('zone') && (
        <Banner actions={dismiss('zone')}>
          The time zone changed from {zoneName(context.zoneBefore)} to {zoneName(systemZone())}. Sessions stay
          at the same moment and are shown in the new zone.
        </Banner>
      )}
      {context.restored !== null && open('restored') && (
        <Banner
          actions={
            <>
              <Link
                to="/write/$sessionId"
                params={{ sessionId: context.restored.sessionId }}
                onClick={() => setSeen([...seen, 'restored'])}
              >
                Open the draft
              </Link>
              {dismiss('restored')}
            </>
          }
        >
          {restoredText(context.restored.savedAt)}. Bracket ended without closing; everything saved until then
          is here.
        </Banner>
      )}
      {!context.recoveryConfirmed && !context.sample && <RecoveryBanner />}
    </section>
  )
}

const troubles = {
  record: 'Part of the record cannot be read, so Bracket is locking.',
  private: 'Part of the private notes cannot be read, so Bracket is locking.',
  lost: 'The part of Bracket that saves has ended by itself, so Bracket is locking.',
} as const

/** Said for the few seconds until everything is locked; the door then says the rest. */
function TroubleBanner() {
  const [what, setWhat] = useState<keyof typeof troubles>()
  useEffect(() => window.bracket.on('trouble', (event) => setWhat(event.what)), [])
  return (
    <div role="alert">
      {what !== undefined && (
        <Banner tone="red">{troubles[what]} Everything that was shown as saved is safe.</Banner>
      )}
    </div>
  )
}

const zoneName = (zone: string): string => zone.replaceAll('_', ' ').split('/').slice(-1).join('')

function RecoveryBanner() {
  const confirm = async () => {
    try {
      const { confirmed } = await api.app.confirmRecovery({})
      if (!confirmed) return
      queryClient.setQueryData<Context>(
        contextQuery().queryKey,
        (context) => context && { ...context, recoveryConfirmed: true },
      )
      announce({ text: 'Recovery sheets confirmed. Thank you.' })
    } catch (error) {
      announce({ text: sentenceFor(error) })
    }
  }
  return (
    <Banner
      tone="amber"
      actions={
        <Button compact onPress={() => void confirm()}>
          Confirm recovery sheets
        </Button>
      }
    >
      The recovery sheets are not confirmed yet. If the passphrase is ever lost, they are the only way in.
    </Banner>
  )
}

function VerificationBanner() {
  const { data } = useQuery(read('app', 'verification', {}))
  if (data?.state === 'unchecked') {
    return (
      <Banner tone="amber">
        Bracket could not finish checking the signed notes. Nothing was found to be changed so far, and
        nothing is lost. Lock and open again to check once more.
      </Banner>
    )
  }
  if (data?.state !== 'changed') return null
  return (
    <Banner tone="red">
      {data.changed.length === 1 ? 'A signed note was' : `${data.changed.length} signed notes were`} changed
      or removed from outside Bracket:{' '}
      {data.changed.slice(0, 3).map(({ noteId, clientId, clientName, at }, index) => (
        <span key={noteId}>
          {index > 0 && '; '}
          {clientName === '' ? (
            `one signed ${dayText(at)}, of which nothing is left`
          ) : (
            <Link to="/clients/$clientId" params={{ clientId }} data-veil>
              <bdi>{clientName}</bdi>, {dayText(at)}
            </Link>
          )}
        </span>
      ))}
      {data.changed.length > 3 && ` and ${data.changed.length - 3} more`}. All other notes are as they were
      signed. Please keep the files as they are and compare with what you have on paper.
    </Banner>
  )
}

/** A break of the log's chain, found by whatever looked at all of it last. */
function LogBanner() {
  const { data } = useQuery(read('checking', 'state', {}))
  if (data === undefined || data.brokenAt === null) return null
  return (
    <Banner tone="red" actions={<Link to="/activity">Open Activity</Link>}>
      The log was changed from outside Bracket: entry {data.brokenAt} is not as it was written. The notes that
      are signed are checked by their own seals. Please keep a copy of Bracket’s folder as it is, and compare
      with your newest backup.
    </Banner>
  )
}
