import { useEffect, useState } from 'react'
import type { RestoreFinding, RestoreKeys, RestoreOffer } from '../../shared/contract/backup.ts'
import { countsText } from '../api/amounts.ts'
import { refusal, vaultApi } from '../api/client.ts'
import { sentenceFor } from '../api/sentences.ts'
import { Frame } from './Frame.tsx'
import { Push, Trouble } from './parts.tsx'
import { RestoreCheck } from './RestoreCheck.tsx'
import { exactText, Holds, Working } from './RestoreParts.tsx'
import css from './Unlock.module.css'

interface Rehearsed {
  readonly keys: RestoreKeys
  readonly finding: RestoreFinding
}

/** Choose a file, see what it holds, rehearse, restore. What is here is touched by the very last step alone. */
export function Restore({ onBack, newest = false }: { onBack: () => void; newest?: boolean }) {
  const [offer, setOffer] = useState<RestoreOffer | null>(null)
  const [rehearsed, setRehearsed] = useState<Rehearsed | null>(null)
  const [trouble, setTrouble] = useState<string>()
  const [busy, setBusy] = useState(false)

  const leave = () => {
    void vaultApi.restore.forget({}).catch(() => undefined)
    onBack()
  }
  const choose = async (which: 'choose' | 'chooseNewest' = 'choose') => {
    setTrouble(undefined)
    setBusy(true)
    try {
      const chosen = await vaultApi.restore[which]({})
      if (chosen.offer !== null) {
        setOffer(chosen.offer)
        setRehearsed(null)
      } else if (which === 'chooseNewest') {
        setTrouble('The backups are not where they were; a stick may be unplugged. Please choose the file.')
      }
    } catch (error) {
      setOffer(null)
      if (refusal(error).code !== 'CANCELLED') setTrouble(sentenceFor(error))
    }
    setBusy(false)
  }

  useEffect(() => {
    if (newest) void choose('chooseNewest')
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- once, when the page is opened for it
  }, [])

  if (offer === null) {
    return (
      <Frame
        title="Restore from a backup"
        lead="Choose a file that ends in .bracketbackup. It is read through before anything else happens, and nothing on this computer is changed."
      >
        {busy && <Working />}
        <Trouble>{trouble}</Trouble>
        <div className={css.after}>
          <div className={css.buttons}>
            <Push look="primary" onClick={() => void choose()} busy={busy}>
              Choose a backup
            </Push>
            <Push look="quiet" onClick={leave}>
              {busy ? 'Cancel' : 'Back'}
            </Push>
          </div>
        </div>
      </Frame>
    )
  }
  if (rehearsed === null) {
    return (
      <RestoreCheck
        offer={offer}
        onOther={() => void choose()}
        onBack={leave}
        onChecked={(keys, finding) => setRehearsed({ keys, finding })}
      />
    )
  }
  return <Apply offer={offer} rehearsed={rehearsed} onBack={leave} />
}

function Apply({
  offer,
  rehearsed,
  onBack,
}: {
  offer: RestoreOffer
  rehearsed: Rehearsed
  onBack: () => void
}) {
  const [trouble, setTrouble] = useState<string>()
  const [busy, setBusy] = useState(false)
  const { keys, finding } = rehearsed
  const apply = async () => {
    setTrouble(undefined)
    setBusy(true)
    try {
      await vaultApi.restore.apply({ keys })
    } catch (error) {
      setTrouble(sentenceFor(error))
      setBusy(false)
    }
  }
  return (
    <Frame
      title="This backup can be restored"
      wide="middle"
      lead={`Copies of it were opened and every page was checked at ${exactText(finding.checkedAt)}: ${countsText(finding.counts)}, as the file says.`}
    >
      <Holds
        offer={offer}
        privateNotes={
          finding.privatePart === 'opened'
            ? 'Opened and checked too'
            : 'Every byte as it was written; not opened. They need sheet B, now or later.'
        }
      />
      {offer.present !== 'none' && (
        <p className={css.notice}>
          {offer.present === 'same'
            ? 'The notes that are here now are kept: they move into a folder named “replaced” with the time, beside the restored ones. What was written after the backup is only in there.'
            : 'Other notes are on this computer. They are kept: they move into a folder named “replaced” with the time, and still open with their own passphrase or sheets.'}
        </p>
      )}
      {busy && <Working />}
      <Trouble>{trouble}</Trouble>
      <div className={css.after}>
        <div className={css.buttons}>
          <Push look="primary" onClick={() => void apply()} busy={busy}>
            {busy ? 'Restoring…' : 'Restore'}
          </Push>
          <Push look="quiet" onClick={onBack} busy={busy}>
            Cancel
          </Push>
        </div>
      </div>
    </Frame>
  )
}
