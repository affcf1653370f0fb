import { useState } from 'react'
import type { RestoreFinding, RestoreKeys, RestoreOffer } from '../../shared/contract/backup.ts'
import { vaultApi } from '../api/client.ts'
import { useAsking } from './asking.tsx'
import { Frame } from './Frame.tsx'
import { NoKeychain } from './NoKeychain.tsx'
import { Form, Push, SecretField, SheetField, Trouble } from './parts.tsx'
import { Holds, Working } from './RestoreParts.tsx'
import { Strength, strengthSentence, useStrength } from './strength.tsx'
import { sheetNames, sheetTrouble } from './troubles.ts'
import restore from './Restore.module.css'
import css from './Unlock.module.css'

const NO_KEYCHAIN =
  'This computer’s keychain does not answer. Nothing was changed. Try again, or choose below to go on without it.'

export interface RestoreCheckProps {
  offer: RestoreOffer
  onOther: () => void
  onBack: () => void
  onChecked: (keys: RestoreKeys, finding: RestoreFinding) => void
}

/** What the file holds, and what opens it. Ends with a rehearsal on copies. */
export function RestoreCheck({ offer, onOther, onBack, onChecked }: RestoreCheckProps) {
  const [by, setBy] = useState<RestoreKeys['by']>('sheets')
  const [record, setRecord] = useState('')
  const [private_, setPrivate] = useState('')
  const [backup, setBackup] = useState('')
  const [passphrase, setPassphrase] = useState('')
  const [again, setAgain] = useState('')
  const [noKeychain, setNoKeychain] = useState(false)
  const [without, setWithout] = useState(false)
  const asking = useAsking<'record' | 'private' | 'backup' | 'passphrase' | 'again'>(0, 'passphrase')
  const { wrong, busy, paused } = asking
  const verdict = useStrength(by === 'passphrase' ? '' : passphrase)

  const lacking = () => {
    if (by === 'passphrase') return passphrase === '' ? { passphrase: 'Please type your passphrase.' } : null
    if (by === 'backup' && backup === '') return { backup: 'Please type the backup passphrase.' }
    if (by === 'sheets' && record.trim() === '') return { record: 'Please type the 12 words of sheet A.' }
    if (passphrase === '') return { passphrase: 'Please choose a new passphrase.' }
    if (verdict?.accepted === false) return { passphrase: strengthSentence(verdict) }
    return again === passphrase ? null : { again: 'The two are not the same. Please type it once more.' }
  }

  const keysTyped = (): RestoreKeys => {
    const privateCode = private_.trim() === '' ? null : private_
    const chosen = { passphrase, withoutKeychain: noKeychain && without }
    if (by === 'passphrase') return { by, passphrase }
    return by === 'backup'
      ? { by, backupPassphrase: backup, ...chosen }
      : { by, recordCode: record, privateCode, ...chosen }
  }
  const submit = () =>
    asking.attempt({
      lacking: lacking(),
      act: async () => {
        const keys = keysTyped()
        onChecked(keys, await vaultApi.restore.check({ keys }))
      },
      told: (refused, sentence) => {
        const found = sheetTrouble(refused)
        if (found !== null) return { [found.sheet]: found.sentence }
        if (by === 'backup' && refused.code === 'WRONG_PASSPHRASE') return { backup: sentence }
        if (refused.code === 'WEAK_PASSPHRASE') return { passphrase: sentence }
        if (refused.code !== 'KEYCHAIN_UNAVAILABLE' || by === 'passphrase') return null
        // Without the tick it is asked once more: it may only have been slow.
        setNoKeychain(true)
        return NO_KEYCHAIN
      },
    })

  return (
    <Frame title="What this backup holds" wide="middle">
      <Holds offer={offer} />
      {offer.present === 'other' && (
        <p className={css.notice}>
          These are not the notes that are on this computer now. They can be restored all the same; the others
          are kept beside them.
        </p>
      )}
      <Form onSubmit={() => void submit()} busy={busy}>
        {(offer.passphraseOpens || offer.backupPassphrase) && (
          <fieldset className={restore.by}>
            <legend>Open it with</legend>
            <label>
              <input type="radio" name="by" checked={by === 'sheets'} onChange={() => setBy('sheets')} />
              Recovery sheets
            </label>
            {offer.backupPassphrase && (
              <label>
                <input type="radio" name="by" checked={by === 'backup'} onChange={() => setBy('backup')} />
                The backup passphrase
              </label>
            )}
            {offer.passphraseOpens && (
              <label>
                <input
                  type="radio"
                  name="by"
                  checked={by === 'passphrase'}
                  onChange={() => setBy('passphrase')}
                />
                The passphrase of that time
              </label>
            )}
          </fieldset>
        )}
        {by === 'backup' && (
          <SecretField
            label="Backup passphrase"
            hint="The one that was set when this backup was made."
            value={backup}
            onChange={setBackup}
            error={wrong.backup}
          />
        )}
        {by === 'sheets' && (
          <>
            <SheetField
              label={sheetNames.record}
              hint="The 12 words in their order, with spaces between them."
              value={record}
              onChange={setRecord}
              error={wrong.record}
              autoFocus
            />
            <SheetField
              label={sheetNames.private}
              hint="May stay empty. The private notes come along closed, and open when sheet B is used."
              value={private_}
              onChange={setPrivate}
              error={wrong.private}
            />
          </>
        )}
        <div>
          <SecretField
            label={by === 'passphrase' ? 'Passphrase' : 'New passphrase'}
            value={passphrase}
            onChange={setPassphrase}
            error={asking.atSecret}
          />
          {by !== 'passphrase' && <Strength verdict={verdict} empty={passphrase === ''} />}
        </div>
        {by !== 'passphrase' && (
          <SecretField label="Type it again" value={again} onChange={setAgain} error={wrong.again} />
        )}
        {noKeychain && by !== 'passphrase' && <NoKeychain without={without} onChange={setWithout} />}
        {busy && <Working />}
        <Trouble>{asking.trouble}</Trouble>
        <div className={css.buttons}>
          <Push type="submit" look="primary" busy={busy || paused}>
            {busy ? 'Checking…' : 'Check this backup'}
          </Push>
          <Push onClick={onOther} busy={busy}>
            Choose another file
          </Push>
          <Push look="quiet" onClick={onBack}>
            {busy ? 'Cancel' : 'Back'}
          </Push>
        </div>
        <p className={css.small}>Checking opens copies in a temporary folder. Nothing is replaced yet.</p>
      </Form>
    </Frame>
  )
}
