import { useState } from 'react'
import type { KeyWork } from '../../shared/contract/vault.ts'
import { vaultApi } from '../api/client.ts'
import { sentences } from '../api/sentences.ts'
import { Frame } from './Frame.tsx'
import { Push } from './parts.tsx'
import { usePolled } from './polling.ts'
import restore from './Restore.module.css'
import css from './Unlock.module.css'

type Work = NonNullable<KeyWork['work']>

const rooms: Readonly<Record<Work['room'], string>> = { record: 'the record', private: 'the private notes' }
const stages: Readonly<Record<Work['stage'], (room: string) => string>> = {
  closing: () => 'Closing your notes…',
  copying: (room) => `Copying ${room}…`,
  reading: (room) => `Reading every page of ${room}…`,
  rewriting: (room) => `Writing ${room} under the new key…`,
  checking: (room) => `Checking every page of ${room} under the new key…`,
  switching: () => 'Putting the new files in place…',
}

const keyWork = () => vaultApi.vault.keyWork({})

/** While new keys are made, and when none were: what became of it. When they are in place the notes open again. */
export function Rekeying() {
  const now = usePolled(keyWork)
  const [stopping, setStopping] = useState(false)

  const trouble = now?.trouble ?? null
  if (trouble !== null) {
    return (
      <Frame title="No new keys were made">
        <p className={css.lead} role="status">
          {sentences[trouble]} Both files and their keys are as they were. The new recovery sheets hold.
        </p>
        <div className={css.after}>
          <div className={css.buttons}>
            <Push
              look="primary"
              autoFocus
              onClick={() => void vaultApi.vault.leaveNewKeys({}).catch(() => undefined)}
            >
              To the passphrase
            </Push>
          </div>
        </div>
      </Frame>
    )
  }
  const work = now?.work ?? null
  const stage = work === null ? 'One moment…' : stages[work.stage](rooms[work.room])
  return (
    <Frame
      title="Making new keys"
      lead="Your notes are closed meanwhile, and open again by themselves. Whatever happens to this computer now, the old files or the new ones open."
    >
      <div className={restore.work}>
        <p role="status">{stopping ? 'Stopping…' : stage}</p>
        <progress aria-label="New keys" value={work?.fraction ?? 0} />
      </div>
      <div className={css.after}>
        <div className={css.buttons}>
          <Push
            busy={stopping || work?.stage === 'switching'}
            onClick={() => {
              setStopping(true)
              void vaultApi.vault.cancelNewKeys({}).catch(() => undefined)
            }}
          >
            Cancel
          </Push>
        </div>
      </div>
    </Frame>
  )
}
