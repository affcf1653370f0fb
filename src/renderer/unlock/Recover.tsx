import { useState } from 'react'
import type { VaultView } from '../../shared/contract/vault.ts'
import { refusal, vaultApi } from '../api/client.ts'
import { sentenceFor } from '../api/sentences.ts'
import { Frame } from './Frame.tsx'
import { NoKeychain } from './NoKeychain.tsx'
import { Form, Push, SecretField, SheetField, Trouble } from './parts.tsx'
import { Strength, strengthSentence, useStrength } from './strength.tsx'
import { sheetNames, sheetTrouble, type SheetTrouble } from './troubles.ts'
import { useWait, Waiting } from './waiting.tsx'
import css from './Unlock.module.css'

const why: Readonly<Record<VaultView['keychain'], string>> = {
  ready: 'Sheet A opens the record, and a new passphrase is set. Nothing in your notes is changed.',
  'item-missing':
    'Bracket’s item is gone from this computer’s keychain, so the passphrase alone does not open the notes. They are safe. Sheet A opens them.',
  'thrown-away':
    'Ten wrong passphrases were typed in a row, and this vault was asked to lock to its recovery sheets then. No passphrase opens it any more, not even the right one. The notes are safe. Sheet A opens them, and a new passphrase is set.',
  unavailable:
    'This computer’s keychain does not answer, so the passphrase alone does not open the notes. They are safe. Try starting Bracket again later, or open them with sheet A.',
}

export interface RecoverProps {
  keychain: VaultView['keychain']
  waitMs: number
  /** Why one is here, where it is not about the keychain. */
  lead?: string
  onBack?: () => void
  onRestore?: (() => void) | undefined
}

export function Recover({ keychain, waitMs, lead, onBack, onRestore }: RecoverProps) {
  const [record, setRecord] = useState('')
  const [private_, setPrivate] = useState('')
  const [passphrase, setPassphrase] = useState('')
  const [again, setAgain] = useState('')
  const [sheetWrong, setSheetWrong] = useState<SheetTrouble | null>(null)
  const [wrong, setWrong] = useState<{ passphrase?: string; again?: string }>({})
  const [trouble, setTrouble] = useState<string>()
  const [noKeychain, setNoKeychain] = useState(keychain === 'unavailable')
  const [without, setWithout] = useState(false)
  const [busy, setBusy] = useState(false)
  const { left, refresh } = useWait(waitMs)
  const verdict = useStrength(passphrase)

  const submit = async () => {
    setTrouble(undefined)
    setSheetWrong(null)
    setWrong({})
    if (record.trim() === '')
      return setSheetWrong({ sheet: 'record', word: null, sentence: 'Please type the 12 words of sheet A.' })
    if (passphrase === '') return setWrong({ passphrase: 'Please choose a new passphrase.' })
    if (verdict?.accepted === false) return setWrong({ passphrase: strengthSentence(verdict) })
    if (again !== passphrase)
      return setWrong({ again: 'The two are not the same. Please type it once more.' })
    if (noKeychain && !without) return setTrouble('Please confirm below that you go on without a keychain.')
    setBusy(true)
    try {
      const privateCode = private_.trim() === '' ? null : private_
      const withoutKeychain = noKeychain && without
      await vaultApi.vault.recover({ recordCode: record, privateCode, passphrase, withoutKeychain })
    } catch (error) {
      setBusy(false)
      const refused = refusal(error)
      const found = sheetTrouble(refused)
      if (found !== null) setSheetWrong(found)
      else if (refused.code === 'WEAK_PASSPHRASE') setWrong({ passphrase: sentenceFor(error) })
      else if (refused.code === 'KEYCHAIN_UNAVAILABLE') setNoKeychain(true)
      else if (refused.code === 'WAIT') await refresh().catch(() => undefined)
      else setTrouble(sentenceFor(error))
    }
  }

  const troubleOf = (sheet: SheetTrouble['sheet']) =>
    sheetWrong?.sheet === sheet ? sheetWrong.sentence : undefined
  return (
    <Frame title="Use a recovery sheet" lead={lead ?? why[keychain]}>
      <Form onSubmit={() => void submit()} busy={busy}>
        <SheetField
          label={sheetNames.record}
          hint="The 12 words in their order, with spaces between them."
          value={record}
          onChange={setRecord}
          error={troubleOf('record')}
          autoFocus
        />
        <SheetField
          label={sheetNames.private}
          hint="May stay empty. The private notes then stay closed until sheet B is used."
          value={private_}
          onChange={setPrivate}
          error={troubleOf('private')}
        />
        <div>
          <SecretField
            label="New passphrase"
            value={passphrase}
            onChange={setPassphrase}
            error={wrong.passphrase}
          />
          <Strength verdict={verdict} empty={passphrase === ''} />
        </div>
        <SecretField label="Type it again" value={again} onChange={setAgain} error={wrong.again} />
        {noKeychain && <NoKeychain without={without} onChange={setWithout} />}
        <Trouble>{left > 0 ? <Waiting left={left} /> : trouble}</Trouble>
        <div className={css.buttons}>
          <Push type="submit" look="primary" busy={busy || left > 0}>
            {busy ? 'Opening…' : 'Unlock'}
          </Push>
          {onBack !== undefined && (
            <Push look="quiet" onClick={onBack} busy={busy}>
              Back
            </Push>
          )}
          {onRestore !== undefined && (
            <Push look="quiet" onClick={onRestore} busy={busy}>
              Restore from a backup
            </Push>
          )}
        </div>
      </Form>
    </Frame>
  )
}
