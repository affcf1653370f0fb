import { useEffect, useState } from 'react'
import { refusal, vaultApi } from '../api/client.ts'
import { sentenceFor } from '../api/sentences.ts'
import { Frame } from './Frame.tsx'
import { Form, Push, SecretField, SheetField, Trouble } from './parts.tsx'
import { sheetNames, sheetTrouble } from './troubles.ts'
import { useWait, Waiting } from './waiting.tsx'
import css from './Unlock.module.css'

export const dismiss = () => void vaultApi.vault.dismiss({}).catch(() => undefined)

/** Esc closes the small window over the application. */
export function useEscape(): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key === 'Escape') dismiss()
    }
    window.addEventListener('keydown', onKey)
    return () => window.removeEventListener('keydown', onKey)
  }, [])
}

/** Opens the private room, by passphrase or, when its lock is lost, with sheet B besides. */
export function PrivateRoom({ waitMs }: { waitMs: number }) {
  const [withSheet, setWithSheet] = useState(false)
  const [passphrase, setPassphrase] = useState('')
  const [sheet, setSheet] = useState('')
  const [wrong, setWrong] = useState<{ passphrase?: string; sheet?: string }>({})
  const [trouble, setTrouble] = useState<string>()
  const [busy, setBusy] = useState(false)
  const { left, refresh } = useWait(waitMs)
  useEscape()

  const submit = async () => {
    if (left > 0) return
    setWrong({})
    setTrouble(undefined)
    if (withSheet && sheet.trim() === '') return setWrong({ sheet: 'Please type the 12 words of sheet B.' })
    if (passphrase === '') return setWrong({ passphrase: 'Please type your passphrase.' })
    setBusy(true)
    try {
      if (withSheet) await vaultApi.vault.recoverPrivate({ privateCode: sheet, passphrase })
      else await vaultApi.vault.unlockPrivate({ passphrase })
    } catch (error) {
      setBusy(false)
      const refused = refusal(error)
      const found = sheetTrouble(refused)
      if (found !== null) setWrong({ sheet: found.sentence })
      else if (refused.code === 'WRONG_PASSPHRASE') setWrong({ passphrase: sentenceFor(error) })
      else if (refused.code !== 'WAIT') setTrouble(sentenceFor(error))
      if (refused.code === 'PRIVATE_CODE_NEEDED') setWithSheet(true)
      if (refused.code === 'WRONG_PASSPHRASE' || refused.code === 'WAIT')
        await refresh().catch(() => undefined)
    }
  }

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
          error={left > 0 ? <Waiting left={left} /> : wrong.passphrase}
          autoFocus={!withSheet}
        />
        <Trouble>{trouble}</Trouble>
        <div className={css.buttons}>
          <Push type="submit" look="private" busy={busy || left > 0}>
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
