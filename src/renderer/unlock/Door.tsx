import { useEffect, useState } from 'react'
import type { VaultView } from '../../shared/contract/vault.ts'
import { vaultApi } from '../api/client.ts'
import { BackupPassphrase } from './BackupPassphrase.tsx'
import { ChangePassphrase } from './ChangePassphrase.tsx'
import { Confirm } from './Confirm.tsx'
import { Destroy } from './Destroy.tsx'
import { Destroyed } from './Destroyed.tsx'
import { NewSheets } from './NewSheets.tsx'
import { Noticed } from './Noticed.tsx'
import { PrivateRoom } from './PrivateRoom.tsx'
import { Rekeying } from './Rekeying.tsx'
import { Restore } from './Restore.tsx'
import { Salvage } from './Salvage.tsx'
import { StartOwn } from './StartOwn.tsx'
import { Stopped } from './Stopped.tsx'
import { Unlock } from './Unlock.tsx'
import { Welcome } from './Welcome.tsx'
import { WithoutPassphrase } from './WithoutPassphrase.tsx'

/** What the small window is for is main's to say; only the steps of making a vault are kept here. */
export function Door({ first }: { first: VaultView | null }) {
  const [view, setView] = useState(first)
  const [making, setMaking] = useState(false)
  const [restoring, setRestoring] = useState<false | 'choose' | 'newest'>(false)
  const [salvaging, setSalvaging] = useState(false)

  useEffect(
    () =>
      window.bracket.on('vaultState', () => {
        setRestoring(false)
        setSalvaging(false)
        vaultApi.vault.state({}).then(setView, () => setView(null))
      }),
    [],
  )

  const onRestore = () => setRestoring('choose')
  if (view === null) return <Stopped reason="UNKNOWN" />
  const atTheDoor = view.page === 'welcome' || view.page === 'unlock' || view.page === 'stopped'
  if (restoring !== false && atTheDoor) {
    return <Restore newest={restoring === 'newest'} onBack={() => setRestoring(false)} />
  }
  if (salvaging && view.page === 'stopped') {
    return <Salvage waitMs={view.waitMs} onBack={() => setSalvaging(false)} />
  }
  switch (view.page) {
    case 'welcome':
      return making ? (
        <StartOwn keychainMissing={view.keychain === 'unavailable'} onBack={() => setMaking(false)} />
      ) : (
        <Welcome setAside={view.setAside} onStart={() => setMaking(true)} onRestore={onRestore} />
      )
    case 'unlock':
      return <Unlock view={view} onRestore={onRestore} />
    case 'stopped':
      return (
        <Stopped
          key={view.stop}
          reason={view.stop ?? 'UNKNOWN'}
          view={view}
          onRestore={onRestore}
          onNewest={() => setRestoring('newest')}
          onSalvage={() => setSalvaging(true)}
        />
      )
    case 'noticed':
      return view.notice === null ? <Stopped reason="UNKNOWN" /> : <Noticed notice={view.notice} />
    case 'passphrase':
      return <ChangePassphrase waitMs={view.waitMs} />
    case 'sheets':
      return <NewSheets waitMs={view.waitMs} />
    case 'rekeying':
      return <Rekeying />
    case 'backup-passphrase':
      return <BackupPassphrase waitMs={view.waitMs} />
    case 'without-passphrase':
      return <WithoutPassphrase waitMs={view.waitMs} />
    case 'destroy':
      return <Destroy waitMs={view.waitMs} />
    case 'destroyed':
      return <Destroyed />
    case 'private':
      return <PrivateRoom waitMs={view.waitMs} />
    case 'confirm':
      return <Confirm />
  }
}
