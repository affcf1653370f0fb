import type { BackupWork, Counts, RestoreOffer } from '../../shared/contract/backup.ts'
import { vaultApi } from '../api/client.ts'
import { usePolled } from './polling.ts'
import css from './Restore.module.css'

const exact = new Intl.DateTimeFormat(undefined, { dateStyle: 'full', timeStyle: 'short' })
export const exactText = (instant: number): string => exact.format(instant)

const number = new Intl.NumberFormat()
const several = (count: number, one: string, many: string): string =>
  `${number.format(count)} ${count === 1 ? one : many}`

export const countsText = ({ clients, sessions, notes, addenda }: Counts): string =>
  [
    several(clients, 'client', 'clients'),
    several(sessions, 'session', 'sessions'),
    several(notes, 'note', 'notes'),
    several(addenda, 'addendum', 'addenda'),
  ].join(', ')

/** In the decimal units that file managers show. */
export function sizeText(bytes: number): string {
  if (bytes < 1_000_000) return `${Math.max(1, Math.round(bytes / 1000))} KB`
  return bytes < 1_000_000_000
    ? `${(bytes / 1_000_000).toFixed(1)} MB`
    : `${(bytes / 1_000_000_000).toFixed(2)} GB`
}

/** What the chosen file holds. */
export function Holds({ offer, privateNotes }: { offer: RestoreOffer; privateNotes?: string }) {
  return (
    <dl className={css.holds}>
      <dt>File</dt>
      <dd>{offer.name}</dd>
      <dt>Made</dt>
      <dd>{exactText(offer.createdAt)}</dd>
      <dt>Record</dt>
      <dd>{countsText(offer.counts)}</dd>
      <dt>Private notes</dt>
      <dd>{privateNotes ?? 'In it, never counted'}</dd>
      <dt>Size</dt>
      <dd>{sizeText(offer.size)}, every hash compared</dd>
    </dl>
  )
}

const stages: Readonly<Record<BackupWork['stage'], string>> = {
  copying: 'Copying…',
  writing: 'Writing…',
  reading: 'Reading the backup…',
  checking: 'Opening copies and checking every page…',
}

const progress = () => vaultApi.restore.progress({})

/** What is under way, asked of main a few times a second. */
export function Working() {
  const work = usePolled(progress)?.work ?? null
  const stage = work === null ? 'One moment…' : stages[work.stage]
  return (
    <div className={css.work}>
      <p role="status">{stage}</p>
      <progress aria-label={stage} {...(work?.stage === 'reading' ? { value: work.fraction } : {})} />
    </div>
  )
}
