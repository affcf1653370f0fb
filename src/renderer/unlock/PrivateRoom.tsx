import { useState } from 'react'
import { vaultApi } from '../api/client.ts'
import { useAsking } from './asking.tsx'
import { dismiss, useEscape } from './dismiss.ts'
import { Frame } from './Frame.tsx'
import { Form, Push, SecretField, SheetField, Trouble } from './parts.tsx'
import { sheetNames, sheetTrouble } from './troubles.ts'
import css from './Unlock.module.css'

/** Opens the private room, by passphrase or, when its lock is lost, with sheet B besides. */
export function PrivateRoom({ waitMs }: { waitMs: number }) {
  const [withSheet, setWithSheet] = useState(false)
  const [passphrase, setPassphrase] = useState('')
  const [sheet, setSheet] = useState('')
  const asking = useAsking<'passphrase' | 'sheet'>(waitMs, 'passphrase')
  const { wrong, busy, paused } = asking
  useEscape()

  const lacking = () => {
    if (withSheet && sheet.trim() === '') return { sheet: 'Please type the 12 words of sheet B.' }
    return passphrase === '' ? { passphrase: 'Please type your passphrase.' } : null
  }
  const submit = () =>
    asking.attempt({
      lacking: lacking(),
      act: () =>
        withSheet
          ? vaultApi.vault.recoverPrivate({ privateCode: sheet, passphrase })
          : vaultApi.vault.unlockPrivate({ passphrase }),
      told: (refused) => {
        if (refused.code === 'PRIVATE_CODE_NEEDED') setWithSheet(true)
        const found = sheetTrouble(refused)
        return found && { sheet: found.sentence }
      },
    })

  return (
    <Frame
      title="Private room"
      tone="plum"
      branded={false}
      lead="Kept apart from the record. A court may still order it."
    >
      <Form onSubmit={() => void submit()} busy={busy}>
        {withSheet && (
          <SheetField
            label={sheetNames.private}
            value={sheet}
            onChange={setSheet}
            error={wrong.sheet}
            autoFocus
          />
        )}
        <SecretField
          label="Passphrase"
          value={passphrase}
          onChange={setPassphrase}
          error={asking.atSecret}
          autoFocus={!withSheet}
        />
        <Trouble>{asking.trouble}</Trouble>
        <div className={css.buttons}>
          <Push type="submit" look="private" busy={busy || paused}>
            {busy ? 'Opening…' : 'Unlock'}
          </Push>
          <Push onClick={dismiss}>Cancel</Push>
          {!withSheet && (
            <Push look="quiet" onClick={() => setWithSheet(true)} busy={busy}>
              Use a recovery sheet
            </Push>
          )}
        </div>
      </Form>
    </Frame>
  )
}
