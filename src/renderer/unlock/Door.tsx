import { useEffect, useState } from 'react'
import type { VaultView } from '../../shared/contract/vault.ts'
import { vaultApi } from '../api/client.ts'
import { Confirm } from './Confirm.tsx'
import { PrivateRoom } from './PrivateRoom.tsx'
import { StartOwn } from './StartOwn.tsx'
import { Stopped } from './Stopped.tsx'
import { Unlock } from './Unlock.tsx'
import { Welcome } from './Welcome.tsx'

/** What the small window is for is main's to say; only the steps of making a vault are kept here. */
export function Door({ first }: { first: VaultView | null }) {
  const [view, setView] = useState(first)
  const [making, setMaking] = useState(false)

  useEffect(
    () =>
      window.bracket.on('vaultState', () => {
        vaultApi.vault.state({}).then(setView, () => setView(null))
      }),
    [],
  )

  if (view === null) return <Stopped reason="UNKNOWN" />
  switch (view.page) {
    case 'welcome':
      return making ? (
        <StartOwn keychainMissing={view.keychain === 'unavailable'} onBack={() => setMaking(false)} />
      ) : (
        <Welcome setAside={view.setAside} onStart={() => setMaking(true)} />
      )
    case 'unlock':
      return <Unlock view={view} />
    case 'stopped':
      return <Stopped key={view.stop} reason={view.stop ?? 'UNKNOWN'} view={view} />
    case 'private':
      return <PrivateRoom waitMs={view.waitMs} />
    case 'confirm':
      return <Confirm />
  }
}
