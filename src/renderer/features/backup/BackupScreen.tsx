import { useQuery } from '@tanstack/react-query'
import type { BackupView } from '../../../shared/contract/backup.ts'
import { countsText, sizeText } from '../../api/amounts.ts'
import { queryClient, read } from '../../api/cache.ts'
import { api, refusal } from '../../api/client.ts'
import { useMinute } from '../../api/clock.ts'
import { useAppContext } from '../../api/context.ts'
import { usePainted } from '../../api/painted.ts'
import { sentenceFor, sentences } from '../../api/sentences.ts'
import { Button } from '../../ui/Button.tsx'
import { Part } from '../../ui/Part.tsx'
import { EmptyState } from '../../ui/Parts.tsx'
import { Screen } from '../../ui/Screen.tsx'
import { cx } from '../../ui/cx.ts'
import { announce } from '../../ui/Status.tsx'
import css from './Backup.module.css'
import { freshness, momentInText, momentText, stageText } from './words.ts'

const POLL_MS = 250
const state = read('backup', 'state', {})

/** What went wrong while making or checking a backup stands on the screen with its time; the rest is said once. */
async function run(work: () => Promise<unknown>): Promise<void> {
  try {
    await work()
  } catch (error) {
    const { code } = refusal(error)
    const shown = code.startsWith('BACKUP_') || code === 'DISK_FULL' || code === 'INTERNAL'
    if (!shown) announce({ text: sentenceFor(error) })
  }
  await queryClient.invalidateQueries({ queryKey: state.queryKey })
}

const isBusy = (view: BackupView | undefined): boolean =>
  view !== undefined && (view.work !== null || view.drilling)

export function BackupScreen() {
  const { sample } = useAppContext()
  const { data, error } = useQuery({
    ...state,
    enabled: !sample,
    // Asks main alone, and is no activity to the idle lock: that counts keys and the mouse.
    refetchInterval: ({ state: { data: view } }) => (isBusy(view) ? POLL_MS : false),
  })
  const busy = isBusy(data)
  usePainted('backup', data)

  return (
    <Screen title="Backup & recovery" width="narrow">
      {sample ? (
        <EmptyState title="Nothing to back up here">
          This is the sample caseload in a throwaway vault. With your own notes, backups are made from here.
        </EmptyState>
      ) : data === undefined ? (
        error !== null && (
          <EmptyState title="The backups could not be looked up">{sentenceFor(error)}</EmptyState>
        )
      ) : (
        <Backups view={data} busy={busy} />
      )}
    </Screen>
  )
}

function Backups({ view, busy }: { view: BackupView; busy: boolean }) {
  return (
    <>
      <Part title="Backup">
        <Last view={view} />
        {view.trouble !== null && !busy && (
          <p className={css.trouble} role="status">
            {momentText(view.trouble.at)}: {sentences[view.trouble.code]}
          </p>
        )}
        {busy && !view.drilling && <Work view={view} />}
        <div className={css.buttons}>
          <Button
            variant="primary"
            busy={busy}
            onPress={() => {
              if (!busy) void run(() => api.backup.backUpNow({}))
            }}
          >
            Back up now
          </Button>
          <Button
            busy={busy}
            onPress={() => {
              if (!busy) void run(() => api.backup.chooseFolder({}))
            }}
          >
            {view.folder === null ? 'Choose a folder' : 'Choose another folder'}
          </Button>
          {busy && !view.drilling && <Cancel />}
        </div>
        <p className={css.muted}>
          {view.folder === null
            ? 'Any folder will do: a USB stick, another disk, a synced cloud folder. The file is encrypted as your notes are, and its name names nobody. After the first, one a day is made by itself.'
            : 'One a day is made by itself: while Bracket is open, or when you unlock. The newest of each of the last seven days, four weeks and twelve months stays; an older one goes only after a newer one was verified.'}
        </p>
      </Part>

      <Part title="Restore drill">
        <p>
          Rehearses a restore with the newest backup: reads it from where it lies, opens a copy, checks every
          page, and counts that no session and no note is missing. Nothing of yours is changed.
        </p>
        {view.drilling ? <Work view={view} /> : <Drill view={view} />}
        <div className={css.buttons}>
          <Button
            busy={busy}
            onPress={() => {
              if (!busy) void run(() => api.backup.drill({}))
            }}
          >
            Restore drill
          </Button>
          {view.drilling && <Cancel />}
        </div>
      </Part>

      <Part title="Recovery">
        <p>
          To restore, on this computer or a new one: start Bracket, choose “Restore” at its door, pick the
          file, and type recovery sheet A; sheet B brings the private notes back open.
        </p>
        <p className={css.muted}>
          A backup opens with the sheets that were right when it was made. Keep them away from the backups:
          whoever has both can read everything. Bracket cannot open a backup without them, and neither can we.
        </p>
      </Part>
    </>
  )
}

function Cancel() {
  return (
    <Button variant="quiet" onPress={() => void run(() => api.backup.cancel({}))}>
      Cancel
    </Button>
  )
}

function Last({ view }: { view: BackupView }) {
  const { text, stale } = freshness(view, useMinute())
  const { last, folder, kept } = view
  const inFolder =
    folder === null ? null : (
      <>
        <dt>Folder</dt>
        <dd>
          “{folder}”{kept > 0 && `, ${kept === 1 ? 'one backup' : `${kept} backups`} in it`}
        </dd>
      </>
    )
  if (last === null) {
    return (
      <>
        <p className={css.lead}>{text}</p>
        {inFolder !== null && <dl className={css.facts}>{inFolder}</dl>}
      </>
    )
  }
  return (
    <>
      <p className={cx(css.lead, stale && css.old)}>
        {text} {stale && 'When it suits you, make a new one.'}
      </p>
      <dl className={css.facts}>
        <dt>Made</dt>
        <dd>{momentText(last.createdAt)}</dd>
        <dt>Record</dt>
        <dd>Opened and checked {momentInText(last.recordCheckedAt)}</dd>
        <dt>Private notes</dt>
        <dd>
          {last.privateCheckedAt === null
            ? `Read back ${momentInText(last.recordCheckedAt)}: every byte as it was written. Opened and checked when you next open the private room`
            : `Opened and checked ${momentInText(last.privateCheckedAt)}`}
        </dd>
        <dt>Holds</dt>
        <dd>{countsText(last.counts)}</dd>
        <dt>File</dt>
        <dd>
          {last.name}, {sizeText(last.size)}
        </dd>
        {inFolder}
      </dl>
    </>
  )
}

function Drill({ view: { drill } }: { view: BackupView }) {
  if (drill === null) return <p className={css.muted}>Not tried yet.</p>
  if (drill.code !== null) {
    return (
      <p className={css.trouble} role="status">
        {momentText(drill.at)}: {sentences[drill.code]}
      </p>
    )
  }
  return (
    <dl className={css.facts}>
      <dt>Last drill</dt>
      <dd>{momentText(drill.at)}: this backup can be restored</dd>
      <dt>File</dt>
      <dd>{drill.name}</dd>
      <dt>Record</dt>
      <dd>Opened, every page checked{drill.counts !== null && `: ${countsText(drill.counts)}`}</dd>
      <dt>Private notes</dt>
      <dd>
        {drill.privatePart === 'opened'
          ? 'Opened, every page checked'
          : 'Every byte as it was written; not opened, because the private room was locked'}
      </dd>
    </dl>
  )
}

function Work({ view: { work } }: { view: BackupView }) {
  const text = work === null ? 'One moment…' : stageText[work.stage]
  const measured = work?.stage === 'writing' || work?.stage === 'reading'
  return (
    <div className={css.work}>
      <p role="status">{text}</p>
      <progress aria-label={text} {...(measured ? { value: work.fraction } : {})} />
    </div>
  )
}
