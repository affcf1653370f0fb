import type { BackupWork, RestoreOffer } from '../../shared/contract/backup.ts'
import { countsText, sizeText } from '../api/amounts.ts'
import { vaultApi } from '../api/client.ts'
import { usePolled } from './polling.ts'
import css from './Restore.module.css'

const exact = new Intl.DateTimeFormat(undefined, { dateStyle: 'full', timeStyle: 'short' })
export const exactText = (instant: number): string => exact.format(instant)

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
