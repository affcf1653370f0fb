import { useState } from 'react'
import { refusal, vaultApi } from '../api/client.ts'
import { sentenceFor } from '../api/sentences.ts'
import { Frame } from './Frame.tsx'
import { Form, Push, SheetField, Trouble } from './parts.tsx'
import { dismiss, useEscape } from './dismiss.ts'
import { sheetNames, sheetTrouble, type SheetTrouble } from './troubles.ts'
import css from './Unlock.module.css'

/** "Confirm later", later: all twelve words of both sheets, checked against the locks that they open. */
export function Confirm() {
  const [record, setRecord] = useState('')
  const [private_, setPrivate] = useState('')
  const [wrong, setWrong] = useState<SheetTrouble | null>(null)
  const [trouble, setTrouble] = useState<string>()
  const [busy, setBusy] = useState(false)
  useEscape()

  const submit = async () => {
    setTrouble(undefined)
    if (record.trim() === '')
      return setWrong({ sheet: 'record', word: null, sentence: 'Please type the 12 words of sheet A.' })
    if (private_.trim() === '')
      return setWrong({ sheet: 'private', word: null, sentence: 'Please type the 12 words of sheet B.' })
    setWrong(null)
    setBusy(true)
    try {
      await vaultApi.vault.confirmCodes({ recordCode: record, privateCode: private_ })
    } catch (error) {
      setBusy(false)
      const found = sheetTrouble(refusal(error))
      setWrong(found)
      if (found === null) setTrouble(sentenceFor(error))
    }
  }

  const troubleOf = (sheet: SheetTrouble['sheet']) => (wrong?.sheet === sheet ? wrong.sentence : undefined)
  return (
    <Frame
      title="Confirm recovery sheets"
      branded={false}
      lead="All twelve words of both, from the paper. They are checked here and kept nowhere."
    >
      <Form onSubmit={() => void submit()} busy={busy}>
        <SheetField
          label={sheetNames.record}
          value={record}
          onChange={setRecord}
          error={troubleOf('record')}
          autoFocus
        />
        <SheetField
          label={sheetNames.private}
          value={private_}
          onChange={setPrivate}
          error={troubleOf('private')}
        />
        <Trouble>{trouble}</Trouble>
        <div className={css.buttons}>
          <Push type="submit" look="primary" busy={busy}>
            {busy ? 'Checking…' : 'Confirm'}
          </Push>
          <Push onClick={dismiss}>Cancel</Push>
        </div>
      </Form>
    </Frame>
  )
}
