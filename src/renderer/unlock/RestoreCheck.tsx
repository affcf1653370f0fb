import { useState } from 'react'
import type { RestoreFinding, RestoreKeys, RestoreOffer } from '../../shared/contract/backup.ts'
import { refusal, vaultApi } from '../api/client.ts'
import { sentenceFor } from '../api/sentences.ts'
import { Frame } from './Frame.tsx'
import { NoKeychain } from './NoKeychain.tsx'
import { Form, Push, SecretField, SheetField, Trouble } from './parts.tsx'
import { Holds, Working } from './RestoreParts.tsx'
import { Strength, strengthSentence, useStrength } from './strength.tsx'
import { sheetNames, sheetTrouble, type SheetTrouble } from './troubles.ts'
import { useWait, Waiting } from './waiting.tsx'
import restore from './Restore.module.css'
import css from './Unlock.module.css'

export interface RestoreCheckProps {
  offer: RestoreOffer
  onOther: () => void
  onBack: () => void
  onChecked: (keys: RestoreKeys, finding: RestoreFinding) => void
}

interface Wrong {
  readonly backup?: string
  readonly sheet?: SheetTrouble
  readonly passphrase?: string
  readonly again?: string
}

/** What the file holds, and what opens it. Ends with a rehearsal on copies. */
export function RestoreCheck({ offer, onOther, onBack, onChecked }: RestoreCheckProps) {
  const [by, setBy] = useState<RestoreKeys['by']>('sheets')
  const [record, setRecord] = useState('')
  const [private_, setPrivate] = useState('')
  const [backup, setBackup] = useState('')
  const [passphrase, setPassphrase] = useState('')
  const [again, setAgain] = useState('')
  const [wrong, setWrong] = useState<Wrong>({})
  const [trouble, setTrouble] = useState<string>()
  const [noKeychain, setNoKeychain] = useState(false)
  const [without, setWithout] = useState(false)
  const [busy, setBusy] = useState(false)
  const { left, refresh } = useWait(0)
  const verdict = useStrength(by === 'passphrase' ? '' : passphrase)

  const missing = (): Wrong | null => {
    if (by === 'passphrase') return passphrase === '' ? { passphrase: 'Please type your passphrase.' } : null
    if (by === 'backup' && backup === '') return { backup: 'Please type the backup passphrase.' }
    if (by === 'sheets' && record.trim() === '')
      return { sheet: { sheet: 'record', word: null, sentence: 'Please type the 12 words of sheet A.' } }
    if (passphrase === '') return { passphrase: 'Please choose a new passphrase.' }
    if (verdict?.accepted === false) return { passphrase: strengthSentence(verdict) }
    return again === passphrase ? null : { again: 'The two are not the same. Please type it once more.' }
  }

  const submit = async () => {
    if (left > 0) return
    setTrouble(undefined)
    const lacking = missing()
    setWrong(lacking ?? {})
    if (lacking !== null) return
    const privateCode = private_.trim() === '' ? null : private_
    const chosen = { passphrase, withoutKeychain: noKeychain && without }
    const keys: RestoreKeys =
      by === 'passphrase'
        ? { by, passphrase }
        : by === 'backup'
          ? { by, backupPassphrase: backup, ...chosen }
          : { by, recordCode: record, privateCode, ...chosen }
    setBusy(true)
    try {
      onChecked(keys, await vaultApi.restore.check({ keys }))
    } catch (error) {
      setBusy(false)
      const refused = refusal(error)
      const found = sheetTrouble(refused)
      if (found !== null) setWrong({ sheet: found })
      else if (by === 'backup' && refused.code === 'WRONG_PASSPHRASE')
        setWrong({ backup: sentenceFor(error) })
      else if (refused.code === 'WEAK_PASSPHRASE' || refused.code === 'WRONG_PASSPHRASE')
        setWrong({ passphrase: sentenceFor(error) })
      else if (refused.code === 'KEYCHAIN_UNAVAILABLE' && by !== 'passphrase') {
        // Without the tick it is asked once more: it may only have been slow.
        setNoKeychain(true)
        setTrouble(
          'This computer’s keychain does not answer. Nothing was changed. Try again, or choose below to go on without it.',
        )
      } else if (refused.code !== 'WAIT') setTrouble(sentenceFor(error))
      if (refused.code === 'WAIT') await refresh().catch(() => undefined)
    }
  }

  const ofSheet = (sheet: SheetTrouble['sheet']) =>
    wrong.sheet?.sheet === sheet ? wrong.sheet.sentence : undefined
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
              error={ofSheet('record')}
              autoFocus
            />
            <SheetField
              label={sheetNames.private}
              hint="May stay empty. The private notes come along closed, and open when sheet B is used."
              value={private_}
              onChange={setPrivate}
              error={ofSheet('private')}
            />
          </>
        )}
        <div>
          <SecretField
            label={by === 'passphrase' ? 'Passphrase' : 'New passphrase'}
            value={passphrase}
            onChange={setPassphrase}
            error={left > 0 ? <Waiting left={left} /> : wrong.passphrase}
          />
          {by !== 'passphrase' && <Strength verdict={verdict} empty={passphrase === ''} />}
        </div>
        {by !== 'passphrase' && (
          <SecretField label="Type it again" value={again} onChange={setAgain} error={wrong.again} />
        )}
        {noKeychain && by !== 'passphrase' && <NoKeychain without={without} onChange={setWithout} />}
        {busy && <Working />}
        <Trouble>{trouble}</Trouble>
        <div className={css.buttons}>
          <Push type="submit" look="primary" busy={busy || left > 0}>
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
