import { useInfiniteQuery, useMutation, useQuery } from '@tanstack/react-query'
import { Printer, ShieldCheck } from 'lucide-react'
import { useMemo, useState } from 'react'
import { Temporal } from 'temporal-polyfill'
import type { LogKind, LogLine } from '../../../shared/contract/auditLog.ts'
import { read } from '../../api/cache.ts'
import { api } from '../../api/client.ts'
import { dayBounds, dayOf, exactTimeText, relativeDayText } from '../../api/clock.ts'
import { usePainted } from '../../api/painted.ts'
import { sentenceFor } from '../../api/sentences.ts'
import { Button } from '../../ui/Button.tsx'
import { cx } from '../../ui/cx.ts'
import { DatePicker } from '../../ui/DateFields.tsx'
import { Name } from '../../ui/Parts.tsx'
import { RowLink } from '../../ui/RowLink.tsx'
import { Screen } from '../../ui/Screen.tsx'
import { Select } from '../../ui/Select.tsx'
import { PrintDialog } from './PrintDialog.tsx'
import { findingWords, kinds, notable, wordsFor } from './words.ts'
import css from './Activity.module.css'

/** What was done with the vault, newest first. Main writes it; here it is only read. */
export function ActivityScreen() {
  const [kind, setKind] = useState<LogKind | 'all'>('all')
  const [day, setDay] = useState<string | null>(null)
  const [printing, setPrinting] = useState(false)
  const wanted = {
    kind: kind === 'all' ? null : kind,
    day: day === null ? null : dayBounds(Temporal.PlainDate.from(day)),
  }
  const { data, error, fetchNextPage, hasNextPage, isFetchingNextPage } = useInfiniteQuery({
    queryKey: ['auditLog', 'list', wanted],
    queryFn: ({ pageParam }) => api.auditLog.list({ ...wanted, before: pageParam }),
    initialPageParam: null as number | null,
    getNextPageParam: (page) => (page.more ? (page.entries.at(-1)?.sequence ?? null) : null),
    // It grows by whatever is done elsewhere: always asked anew.
    staleTime: 0,
    gcTime: 0,
  })
  const entries = useMemo(() => data?.pages.flatMap((page) => page.entries), [data])
  usePainted('activity', entries)

  return (
    <Screen title="Activity" width="narrow">
      <p className={css.lead}>
        What was done with this vault: times, actions and whom they concern. No word of a note is in it, and
        nothing can be taken out of it.
      </p>
      <Checks />
      <div className={css.filters} role="group" aria-label="Show">
        <Select label="Kind" value={kind} choices={kinds} onChange={setKind} />
        <DatePicker label="Day" value={day} onChange={setDay} />
        {day !== null && (
          <Button variant="quiet" onPress={() => setDay(null)}>
            Every day
          </Button>
        )}
        <Button
          icon={<Printer aria-hidden />}
          isDisabled={entries?.length === 0}
          onPress={() => setPrinting(true)}
        >
          Print…
        </Button>
      </div>
      {printing && <PrintDialog filter={wanted} onClose={() => setPrinting(false)} />}
      {error !== null && <p role="alert">{sentenceFor(error)}</p>}
      {entries?.length === 0 && <p className={css.none}>Nothing of this kind was logged then.</p>}
      {entries !== undefined && entries.length > 0 && <Days entries={entries} />}
      {hasNextPage && (
        <Button busy={isFetchingNextPage} onPress={() => void (isFetchingNextPage || fetchNextPage())}>
          Show older
        </Button>
      )}
    </Screen>
  )
}

/** The two answers one comes here for: is the file whole, is the log whole. */
function Checks() {
  const { data } = useQuery({ ...read('auditLog', 'lastCheck', {}), staleTime: 0, gcTime: 0 })
  const verifying = useMutation({ mutationFn: () => api.auditLog.verify({}) })
  const found = verifying.data === undefined ? null : findingWords(verifying.data)
  const check = data?.check
  return (
    <section className={css.checks} aria-label="Checks">
      <div className={css.check}>
        <p>
          {check === undefined
            ? ' '
            : check === null
              ? 'The file has not been checked in full yet. It will be while nobody types, and then once a week.'
              : `${relativeDayText(check.at)}, ${exactTimeText(check.at)}: the file was checked in full, ${
                  check.faults === 0
                    ? 'no damage was found.'
                    : `${check.faults === 1 ? 'one fault was' : `${check.faults} faults were`} found. Keep a copy of the folder and compare with a backup.`
                }`}
        </p>
        <Button
          icon={<ShieldCheck aria-hidden />}
          busy={verifying.isPending}
          onPress={() => (verifying.isPending ? undefined : verifying.mutate())}
        >
          {verifying.isPending ? 'Checking…' : 'Check the log'}
        </Button>
      </div>
      <div role="status" aria-label="Check of the log">
        {found !== null && <p className={cx(css.found, !found.good && css.bad)}>{found.text}</p>}
        {verifying.error !== null && <p className={css.bad}>{sentenceFor(verifying.error)}</p>}
      </div>
    </section>
  )
}

function Days({ entries }: { entries: readonly LogLine[] }) {
  const { data } = useQuery(read('clients', 'list', {}))
  const names = useMemo(() => new Map(data?.clients.map(({ id, name }) => [id, name])), [data])
  const days: { key: string; at: number; lines: LogLine[] }[] = []
  for (const line of entries) {
    const key = dayOf(line.at).toString()
    const last = days.at(-1)
    // By sequence, not by the clock: one set back shows as a day that comes twice.
    if (last?.key === key) last.lines.push(line)
    else days.push({ key, at: line.at, lines: [line] })
  }
  return days.map(({ key, at, lines }) => (
    <section key={lines[0]?.sequence ?? key} className={css.day} aria-label={relativeDayText(at)}>
      <h2>{relativeDayText(at)}</h2>
      <ul className={css.list}>
        {lines.map((line) => (
          <Line
            key={line.sequence}
            line={line}
            name={line.clientId === null ? undefined : names.get(line.clientId)}
          />
        ))}
      </ul>
    </section>
  ))
}

function Line({ line, name }: { line: LogLine; name: string | undefined }) {
  const { at, action, count, clientId, sessionId } = line
  return (
    <li className={css.line}>
      <time className={css.time} dateTime={new Date(at).toISOString()}>
        {exactTimeText(at)}
      </time>
      <span className={cx(css.what, notable.has(action) && css.notable)}>{wordsFor(action, count)}</span>
      {clientId !== null && name !== undefined && (
        <span className={css.whom} data-veil>
          <RowLink to={sessionId === null ? 'clients' : 'write'} id={sessionId ?? clientId}>
            <Name>{name}</Name>
          </RowLink>
        </span>
      )}
    </li>
  )
}
