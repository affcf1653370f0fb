import { useState } from 'react'
import type { Setting } from '../../shared/contract/app.ts'
import { refusal, vaultApi } from '../api/client.ts'
import { sentenceFor } from '../api/sentences.ts'
import { Frame } from './Frame.tsx'
import { Form, Push, SecretField, Trouble } from './parts.tsx'
import { Sheets, type Codes } from './Sheets.tsx'
import { Strength, strengthSentence, useStrength } from './strength.tsx'
import { TypeBack } from './TypeBack.tsx'
import css from './Unlock.module.css'

export interface StartOwnProps {
  /** This computer has no keychain that answers. */
  keychainMissing: boolean
  onBack: () => void
}

/** Setting and passphrase → two sheets → three words of each typed back, or later → an empty book. */
export function StartOwn({ keychainMissing, onBack }: StartOwnProps) {
  const [codes, setCodes] = useState<Codes | null>(null)
  const [checking, setChecking] = useState(false)
  if (codes === null) return <Choose keychainMissing={keychainMissing} onBack={onBack} onCodes={setCodes} />
  if (!checking) {
    return (
      <Sheets
        codes={codes}
        onNext={() => setChecking(true)}
        onBack={() => {
          setCodes(null)
          void vaultApi.vault.abandon({}).catch(() => undefined)
        }}
      />
    )
  }
  return (
    <TypeBack
      codes={codes}
      confirm={async (typed) => {
        await vaultApi.vault.confirmWords(typed)
        await vaultApi.vault.finish({})
      }}
      later={() => vaultApi.vault.finish({})}
      onBack={() => setChecking(false)}
    />
  )
}

const settings: readonly { key: Setting; name: string; means: string }[] = [
  { key: 'practice', name: 'Practice', means: 'Private practice, with clients' },
  { key: 'school', name: 'School', means: 'At a school, with students' },
]

interface ChooseProps extends StartOwnProps {
  onCodes: (codes: Codes) => void
}

function Choose({ keychainMissing, onBack, onCodes }: ChooseProps) {
  const [setting, setSetting] = useState<Setting>('practice')
  const [passphrase, setPassphrase] = useState('')
  const [again, setAgain] = useState('')
  const [noKeychain, setNoKeychain] = useState(keychainMissing)
  const [without, setWithout] = useState(false)
  const [busy, setBusy] = useState(false)
  const [wrong, setWrong] = useState<{ passphrase?: string; again?: string }>({})
  const [trouble, setTrouble] = useState<string>()
  const verdict = useStrength(passphrase)

  const submit = async () => {
    setTrouble(undefined)
    if (passphrase === '') return setWrong({ passphrase: 'Please choose a passphrase.' })
    if (verdict?.accepted === false) return setWrong({ passphrase: strengthSentence(verdict) })
    if (again !== passphrase)
      return setWrong({ again: 'The two are not the same. Please type it once more.' })
    if (noKeychain && !without) return setTrouble('Please confirm below that you go on without a keychain.')
    setWrong({})
    setBusy(true)
    try {
      onCodes(await vaultApi.vault.prepare({ setting, passphrase, withoutKeychain: noKeychain && without }))
    } catch (error) {
      setBusy(false)
      const { code } = refusal(error)
      if (code === 'WEAK_PASSPHRASE') setWrong({ passphrase: sentenceFor(error) })
      else if (code === 'KEYCHAIN_UNAVAILABLE') setNoKeychain(true)
      else setTrouble(sentenceFor(error))
    }
  }

  return (
    <Frame title="Start my own">
      <Form onSubmit={() => void submit()} busy={busy}>
        <fieldset className={css.settings}>
          <legend>Where do you work?</legend>
          {settings.map(({ key, name, means }) => (
            <label key={key} className={css.setting}>
              <input
                type="radio"
                name="setting"
                value={key}
                checked={setting === key}
                onChange={() => setSetting(key)}
              />
              {name}
              <span>{means}</span>
            </label>
          ))}
        </fieldset>
        {setting === 'school' && (
          <p className={css.notice} role="status">
            Please check once that your district permits notes on this device. Progress notes are normally
            education records: parents may ask to inspect them, and the school must be able to produce them.
          </p>
        )}
        <div>
          <SecretField
            label="Passphrase"
            value={passphrase}
            onChange={setPassphrase}
            error={wrong.passphrase}
            autoFocus
          />
          <Strength verdict={verdict} empty={passphrase === ''} />
        </div>
        <SecretField label="Type it again" value={again} onChange={setAgain} error={wrong.again} />
        <p className={css.honest}>
          Nobody can reset it: not us, not an administrator. If it is lost, only your recovery sheets open
          your notes. It protects them while Bracket is locked, not from someone who controls this computer
          while it is open.
        </p>
        {noKeychain && (
          <label className={css.without}>
            <input type="checkbox" checked={without} onChange={() => setWithout(!without)} />
            <span>
              <strong>Go on without a keychain.</strong> This computer’s keychain does not answer. Your notes
              will be protected by the passphrase alone: whoever copies the files can try to guess it, as
              often as they like. Choose a long one.
            </span>
          </label>
        )}
        <Trouble>{trouble}</Trouble>
        <div className={css.buttons}>
          <Push type="submit" look="primary" busy={busy}>
            {busy ? 'Making the keys…' : 'Continue'}
          </Push>
          <Push look="quiet" onClick={onBack} busy={busy}>
            Back
          </Push>
        </div>
      </Form>
    </Frame>
  )
}
