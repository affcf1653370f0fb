import { useEffect, useState } from 'react'
import type { KeysView } from '../../shared/contract/app.ts'
import { vaultApi } from '../api/client.ts'
import { sentenceFor } from '../api/sentences.ts'
import { useAsking, type Wrong } from './asking.tsx'
import { dismiss, useEscape } from './dismiss.ts'
import { Done } from './Done.tsx'
import { Frame } from './Frame.tsx'
import { NewSheets } from './NewSheets.tsx'
import { Form, Push, SecretField, Trouble } from './parts.tsx'
import { Strength, strengthSentence, useStrength } from './strength.tsx'
import css from './Unlock.module.css'

type Done = { what: 'set'; privateIncluded: boolean } | { what: 'removed' }

const day = new Intl.DateTimeFormat(undefined, { dateStyle: 'long' })

/** Sets, changes or removes the passphrase that opens backups when computer and sheets are gone. */
export function BackupPassphrase({ waitMs }: { waitMs: number }) {
  const [keys, setKeys] = useState<KeysView | null>(null)
  const [trouble, setTrouble] = useState<string>()
  const [done, setDone] = useState<Done | null>(null)
  const [newKeys, setNewKeys] = useState(false)
  useEscape()
  useEffect(() => {
    vaultApi.vault.keys({}).then(setKeys, (error: unknown) => setTrouble(sentenceFor(error)))
  }, [])

  if (newKeys) return <NewSheets waitMs={waitMs} withKeys />
  if (done?.what === 'set') return <Set privateIncluded={done.privateIncluded} />
  if (done?.what === 'removed') return <Removed onNewKeys={() => setNewKeys(true)} />
  const setAt = keys?.backupPassphraseSetAt ?? null
  return (
    <Frame
      title="Backup passphrase"
      branded={false}
      lead="For the day when this computer and both sheets are gone: it opens a backup on any computer. It never unlocks Bracket here."
    >
      <p className={css.notice}>
        Its risk: whoever gets hold of a backup can try to guess it, for as long as they like; only its
        strength stands in their way.
      </p>
      <Trouble>{trouble}</Trouble>
      {keys !== null && <Ask setAt={setAt} waitMs={waitMs} onDone={setDone} />}
    </Frame>
  )
}

type Field = 'present' | 'backup' | 'again'

function Ask({
  setAt,
  waitMs,
  onDone,
}: {
  setAt: number | null
  waitMs: number
  onDone: (done: Done) => void
}) {
  const [present, setPresent] = useState('')
  const [backup, setBackup] = useState('')
  const [again, setAgain] = useState('')
  const asking = useAsking<Field>(waitMs, 'present')
  const { wrong, busy, paused } = asking
  const found = useStrength(backup)
  // Nothing stands beside it, so "good" is not enough.
  const verdict = found && { ...found, accepted: found.accepted && found.score === 4 }

  const lackingPresent = (): Wrong<Field> | null =>
    present === '' ? { present: 'Please type your present passphrase.' } : null
  const lacking = (): Wrong<Field> | null => {
    if (present === '') return lackingPresent()
    if (backup === '') return { backup: 'Please choose a backup passphrase.' }
    if (verdict?.accepted === false) return { backup: notEnough(verdict) }
    return again === backup ? null : { again: 'The two are not the same. Please type it once more.' }
  }
  const submit = () =>
    asking.attempt({
      lacking: lacking(),
      act: async () => {
        const given = { passphrase: present, backupPassphrase: backup }
        onDone({ what: 'set', ...(await vaultApi.vault.setBackupPassphrase(given)) })
      },
      told: ({ code }, sentence) =>
        code === 'WEAK_PASSPHRASE' || code === 'SAME_PASSPHRASE' ? { backup: sentence } : null,
    })
  const remove = () =>
    asking.attempt({
      lacking: lackingPresent(),
      act: async () => {
        await vaultApi.vault.removeBackupPassphrase({ passphrase: present })
        onDone({ what: 'removed' })
      },
    })

  return (
    <Form onSubmit={() => void submit()} busy={busy}>
      {setAt !== null && (
        <p className={css.small}>
          One is set since {day.format(setAt)}. A new one holds for backups made from then on; older backups
          keep the old one, and whoever has both reads what is written later, too, until new keys are made.
        </p>
      )}
      <SecretField
        label="Present passphrase"
        value={present}
        onChange={setPresent}
        error={asking.atSecret}
        autoFocus
      />
      <div>
        <SecretField
          label={setAt === null ? 'Backup passphrase' : 'New backup passphrase'}
          hint="Another one than you unlock with. Five or more unrelated words."
          value={backup}
          onChange={(text) => {
            setBackup(text)
            asking.clear()
          }}
          error={wrong.backup}
        />
        <Strength verdict={verdict} empty={false} />
      </div>
      <SecretField label="Type it again" value={again} onChange={setAgain} error={wrong.again} />
      <Trouble>{asking.trouble}</Trouble>
      <div className={css.buttons}>
        <Push type="submit" look="primary" busy={busy || paused}>
          {busy ? 'One moment…' : setAt === null ? 'Set backup passphrase' : 'Change backup passphrase'}
        </Push>
        {setAt !== null && (
          <Push onClick={() => void remove()} busy={busy || paused}>
            Remove it
          </Push>
        )}
        <Push look={setAt === null ? 'plain' : 'quiet'} onClick={dismiss} busy={busy}>
          Cancel
        </Push>
      </div>
    </Form>
  )
}

function notEnough(verdict: Parameters<typeof strengthSentence>[0]): string {
  return verdict.score === 3
    ? 'Good for unlocking, not yet for a backup. One or two more unrelated words will do.'
    : strengthSentence(verdict)
}

function Set({ privateIncluded }: { privateIncluded: boolean }) {
  return (
    <Done title="Backup passphrase set">
      Backups made from now on open with it. Write it down, and keep it away from the backups. Backups made
      before are as they were.
      {!privateIncluded &&
        ' It opens the record only: the private room keeps a passphrase of its own, and still needs sheet B.'}
    </Done>
  )
}

/** A backup holds the key of the files, not only their content: taking the passphrase back takes that not back. */
function Removed({ onNewKeys }: { onNewKeys: () => void }) {
  return (
    <Frame title="Backup passphrase removed" branded={false}>
      <p className={css.lead} role="status">
        It is not put into backups any more. Backups made while it was set still open with it, and they hold
        the keys of your notes: whoever has one of them and knows the passphrase can open later backups and
        copies of your files as well.
      </p>
      <p className={css.lead}>
        New keys end that for everything written from then on. They come with new recovery sheets. If nobody
        else can know the passphrase or has such a backup, there is no need.
      </p>
      <div className={css.after}>
        <div className={css.buttons}>
          <Push look="primary" onClick={onNewKeys}>
            Make new keys…
          </Push>
          <Push onClick={dismiss} autoFocus>
            Not now
          </Push>
        </div>
      </div>
    </Frame>
  )
}
