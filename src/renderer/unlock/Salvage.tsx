import { useState } from 'react'
import type { Amount, SalvageFinding } from '../../shared/contract/damage.ts'
import { vaultApi } from '../api/client.ts'
import { useAsking } from './asking.tsx'
import { Frame } from './Frame.tsx'
import { Form, Push, SecretField, Trouble } from './parts.tsx'
import { usePolled } from './polling.ts'
import { SalvagedNotes } from './SalvagedNotes.tsx'
import damage from './Damage.module.css'
import css from './Unlock.module.css'

const number = new Intl.NumberFormat()

/** "38 of 41 notes". */
const amountText = ({ readable, lost }: Amount, one: string, many: string): string =>
  `${number.format(readable)} of ${number.format(readable + lost)} ${readable + lost === 1 ? one : many}`

/** Reading what can still be read of a damaged record, out of a copy. */
export function Salvage({ waitMs, onBack }: { waitMs: number; onBack: () => void }) {
  const [finding, setFinding] = useState<SalvageFinding | null>(null)
  const leave = () => {
    void vaultApi.damage.leave({}).catch(() => undefined)
    onBack()
  }
  return finding === null ? (
    <Ask waitMs={waitMs} onFound={setFinding} onBack={leave} />
  ) : (
    <Found finding={finding} onBack={leave} />
  )
}

interface AskProps {
  waitMs: number
  onFound: (finding: SalvageFinding) => void
  onBack: () => void
}

function Ask({ waitMs, onFound, onBack }: AskProps) {
  const [passphrase, setPassphrase] = useState('')
  const { attempt, atSecret, trouble, busy, paused } = useAsking(waitMs, 'passphrase')
  const submit = () =>
    attempt({
      lacking: passphrase === '' ? { passphrase: 'Please type your passphrase.' } : null,
      act: async () => onFound(await vaultApi.damage.salvage({ passphrase })),
      told: ({ code }) => (code === 'DAMAGED' ? NOTHING : code === 'CANCELLED' ? {} : null),
    })
  return (
    <Frame
      title="Read what can be read"
      lead="A copy of the damaged record is read around its bad places. The damaged file itself is left as it is; nothing is changed or deleted."
    >
      <Form onSubmit={() => void submit()} busy={busy}>
        <SecretField
          label="Passphrase"
          value={passphrase}
          onChange={setPassphrase}
          error={atSecret}
          autoFocus
        />
        {busy && <Reading />}
        <Trouble>{trouble}</Trouble>
        <div className={css.buttons}>
          <Push type="submit" look="primary" busy={busy || paused}>
            {busy ? 'Reading…' : 'Read what can be read'}
          </Push>
          <Push look="quiet" onClick={onBack}>
            {busy ? 'Cancel' : 'Back'}
          </Push>
        </div>
      </Form>
    </Frame>
  )
}

const NOTHING =
  'The place in the file that says where everything is cannot be read, and without it nothing else can. Nothing was changed. Please restore the newest backup; keep the damaged file all the same.'

const progress = () => vaultApi.damage.progress({})

function Reading() {
  const fraction = usePolled(progress)?.fraction ?? null
  return (
    <div>
      <p role="status">Reading a copy…</p>
      <progress
        className={damage.bar}
        aria-label="Reading a copy"
        {...(fraction === null ? {} : { value: fraction })}
      />
    </div>
  )
}

function Found({ finding, onBack }: { finding: SalvageFinding; onBack: () => void }) {
  const [open, setOpen] = useState<SalvageFinding['list'][number] | null>(null)
  if (open !== null) {
    return <SalvagedNotes key={open.place} client={open} onBack={() => setOpen(null)} />
  }
  const { clients, sessions, notes, uncounted, list } = finding
  const lost = clients.lost + sessions.lost + notes.lost
  return (
    <Frame
      title="What could be read"
      wide="middle"
      lead="To read only. It is a copy: the damaged file stays as it is."
    >
      <p className={damage.says} role="status">
        <strong>
          {amountText(notes, 'note', 'notes')}, {amountText(clients, 'client', 'clients')},{' '}
          {amountText(sessions, 'session', 'sessions')}
        </strong>{' '}
        could be read.
        {lost > 0 && ' What could not is not shown in part: a damaged place is left out whole.'}
        {uncounted &&
          ' The lists that would say how many there were are damaged too, so there may have been more than is counted here.'}
      </p>
      <ul className={damage.clients} aria-label="Clients">
        {list.map((client) => (
          <li key={client.place}>
            <button type="button" className={damage.client} onClick={() => setOpen(client)}>
              <bdi>{client.name ?? 'Notes whose client could not be read'}</bdi>
              <span>{client.notes === 1 ? '1 note' : `${number.format(client.notes)} notes`}</span>
            </button>
          </li>
        ))}
      </ul>
      <p className={damage.aside}>
        The private notes are in another file and are not read here. This closes by itself after ten minutes,
        and when the screen locks.
      </p>
      <div className={css.after}>
        <div className={css.buttons}>
          <Push onClick={onBack}>Close</Push>
        </div>
      </div>
    </Frame>
  )
}
