import { useState } from 'react'
import type { Notice } from '../../shared/contract/vault.ts'
import { vaultApi } from '../api/client.ts'
import { sentenceFor } from '../api/sentences.ts'
import { Frame } from './Frame.tsx'
import { Push, Trouble } from './parts.tsx'
import css from './Unlock.module.css'

interface Words {
  readonly title: string
  readonly happened: string
  readonly safe: string
  readonly todo: string
}

/** Each says what was noticed, what is safe, what to do. None says whose doing it was: that is not known. */
export const notices: Readonly<Record<Notice, Words>> = {
  OLDER_COPY: {
    title: 'An older copy of the record',
    happened:
      'This computer’s keychain remembers entries that the file with the record does not hold. An older copy of record.db was put back, or its newest part, record.db-wal, was taken away.',
    safe: 'What the file holds was left as it is; what was saved after it is not in it. The private notes were not touched.',
    todo: 'If you put back an older copy yourself, go on. Otherwise close this window, keep a copy of Bracket’s folder as it is, and look for a newer record.db or a newer backup.',
  },
  LOG_CHANGED: {
    title: 'The log is not as it was',
    happened:
      'What this computer’s keychain remembers of the log does not agree with the file. Either the file was changed by something other than Bracket, or it is a copy that was used somewhere else in the meantime.',
    safe: 'What the file holds was left as it is. Signed notes are checked one by one after opening, and any that was changed is named.',
    todo: 'If you used a copy of these notes elsewhere and brought it back, go on. Otherwise close this window, keep a copy of Bracket’s folder as it is, and compare with a backup.',
  },
  WITNESS_MISSING: {
    title: 'The keychain has forgotten',
    happened:
      'What this computer’s keychain remembered of the log is gone or does not answer. That is so after notes were restored, or after a keychain was reset. It would also be so if somebody had removed it to hide an older copy.',
    safe: 'What the file holds was left as it is. The locks and the notes are as they were found.',
    todo: 'If you restored these notes or reset the keychain, go on: it is remembered anew from here. Then look at Today whether the newest notes are there.',
  },
  LOCKS_CHANGED: {
    title: 'The locks were changed from outside',
    happened:
      'The file with the locks, vault.json, was changed by something other than Bracket, or is damaged. Your sheet opened the notes all the same, and new locks were made under your new passphrase.',
    safe: 'The notes were left as they were. What the file said beside the locks was not believed: the stricter choice holds for each setting in it, and your sheets count as not yet confirmed.',
    todo: 'Go on, confirm your sheets, and look through Settings. If you do not know how the file came to be changed, make a backup as well, and have somebody look at this computer.',
  },
}

/** The file is open and nothing of it is shown: it goes on only when the person, having been told, says so. */
export function Noticed({ notice }: { notice: Notice }) {
  const [busy, setBusy] = useState(false)
  const [trouble, setTrouble] = useState<string>()
  const { title, happened, safe, todo } = notices[notice]
  const goOn = async () => {
    setBusy(true)
    setTrouble(undefined)
    try {
      await vaultApi.vault.goOn({})
    } catch (error) {
      setBusy(false)
      setTrouble(sentenceFor(error))
    }
  }
  return (
    <Frame wide="middle" title={title}>
      <dl className={css.stop}>
        <dt>What was noticed</dt>
        <dd>{happened}</dd>
        <dt>What is safe</dt>
        <dd>{safe}</dd>
        <dt>What to do</dt>
        <dd>{todo}</dd>
      </dl>
      <Trouble>{trouble}</Trouble>
      <div className={css.after}>
        <div className={css.buttons}>
          <Push onClick={() => void goOn()} busy={busy}>
            {busy ? 'Opening…' : 'Go on with this file'}
          </Push>
        </div>
        <p className={css.small}>Going on is written in the log. You find it under Settings, Activity.</p>
      </div>
    </Frame>
  )
}
