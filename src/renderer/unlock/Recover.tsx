import { useState } from 'react'
import type { VaultView } from '../../shared/contract/vault.ts'
import { vaultApi } from '../api/client.ts'
import { useAsking } from './asking.tsx'
import { Frame } from './Frame.tsx'
import { NoKeychain } from './NoKeychain.tsx'
import { Form, Push, SecretField, SheetField, Trouble } from './parts.tsx'
import { Strength, strengthSentence, useStrength } from './strength.tsx'
import { sheetNames, sheetTrouble } from './troubles.ts'
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
  const [noKeychain, setNoKeychain] = useState(keychain === 'unavailable')
  const [without, setWithout] = useState(false)
  const asking = useAsking<'record' | 'private' | 'passphrase' | 'again'>(waitMs, 'passphrase')
  const { wrong, busy, paused } = asking
  const verdict = useStrength(passphrase)

  const lacking = () => {
    if (record.trim() === '') return { record: 'Please type the 12 words of sheet A.' }
    if (passphrase === '') return { passphrase: 'Please choose a new passphrase.' }
    if (verdict?.accepted === false) return { passphrase: strengthSentence(verdict) }
    if (again !== passphrase) return { again: 'The two are not the same. Please type it once more.' }
    return noKeychain && !without ? 'Please confirm below that you go on without a keychain.' : null
  }
  const submit = () =>
    asking.attempt({
      lacking: lacking(),
      act: () => {
        const privateCode = private_.trim() === '' ? null : private_
        const withoutKeychain = noKeychain && without
        return vaultApi.vault.recover({ recordCode: record, privateCode, passphrase, withoutKeychain })
      },
      told: (refused, sentence) => {
        const found = sheetTrouble(refused)
        if (found !== null) return { [found.sheet]: found.sentence }
        if (refused.code === 'WEAK_PASSPHRASE') return { passphrase: sentence }
        if (refused.code !== 'KEYCHAIN_UNAVAILABLE') return null
        setNoKeychain(true)
        return {}
      },
    })

  return (
    <Frame title="Use a recovery sheet" lead={lead ?? why[keychain]}>
      <Form onSubmit={() => void submit()} busy={busy}>
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
          hint="May stay empty. The private notes then stay closed until sheet B is used."
          value={private_}
          onChange={setPrivate}
          error={wrong.private}
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
        <Trouble>{asking.pause ?? asking.trouble}</Trouble>
        <div className={css.buttons}>
          <Push type="submit" look="primary" busy={busy || paused}>
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
