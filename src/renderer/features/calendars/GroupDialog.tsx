import { useQuery } from '@tanstack/react-query'
import { X } from 'lucide-react'
import { useMemo, useState } from 'react'
import { MEMBERS_MAX, type GroupView } from '../../../shared/contract/groups.ts'
import { api, refusal } from '../../api/client.ts'
import { read } from '../../api/cache.ts'
import { usePersonWord } from '../../api/context.ts'
import { sentenceFor } from '../../api/sentences.ts'
import { IconButton } from '../../ui/Button.tsx'
import { ComboBox } from '../../ui/ComboBox.tsx'
import { Dialog, DialogForm } from '../../ui/Dialog.tsx'
import { matches } from '../../ui/matches.ts'
import { TextField } from '../../ui/TextField.tsx'
import { ClientName } from '../clients/clients.ts'
import css from './Calendars.module.css'

interface Member {
  readonly clientId: string
  readonly name: string
}

/** A group's name and who belongs to it. Mounted afresh each time it opens. */
export function GroupDialog({ group, onClose }: { group: GroupView | null; onClose: () => void }) {
  const person = usePersonWord()
  const { data } = useQuery(read('clients', 'list', {}))
  const [name, setName] = useState(group?.name ?? '')
  const [members, setMembers] = useState<readonly Member[]>(group?.members ?? [])
  const [typed, setTyped] = useState('')
  const [added, setAdded] = useState(0)
  const [wrong, setWrong] = useState<string>()
  const [trouble, setTrouble] = useState<string>()
  const [busy, setBusy] = useState(false)

  const items = useMemo(
    () =>
      (data?.clients ?? [])
        .filter(
          ({ id, name: known }) => !members.some((m) => m.clientId === id) && matches(known, typed.trim()),
        )
        .slice(0, 60)
        .map(({ id, name: label }) => ({ id, label })),
    [data, members, typed],
  )

  const submit = async () => {
    setWrong(undefined)
    setTrouble(undefined)
    if (name.trim() === '') return setWrong('Please give the group a name.')
    setBusy(true)
    const ids = members.map(({ clientId }) => clientId)
    try {
      if (group === null) await api.groups.create({ name: name.trim(), members: ids })
      else {
        if (name.trim() !== group.name) await api.groups.rename({ id: group.id, name: name.trim() })
        await api.groups.setMembers({ id: group.id, members: ids })
      }
      onClose()
    } catch (error) {
      setBusy(false)
      if (refusal(error).code === 'BAD_INPUT') setWrong('One line of at most 120 letters fits here.')
      else setTrouble(sentenceFor(error))
    }
  }

  return (
    <Dialog title={group === null ? 'Add a group' : 'Change group'} isOpen onClose={onClose}>
      <DialogForm
        action={group === null ? 'Add group' : 'Save'}
        busy={busy}
        trouble={trouble}
        onSubmit={() => void submit()}
        onCancel={onClose}
      >
        <TextField label="Name" value={name} onChange={setName} error={wrong} autoFocus />
        <ComboBox
          // A field of its own for each: emptied, the old one would stand open over the members.
          key={added}
          autoFocus={added > 0}
          label={`Add a ${person}`}
          {...(members.length >= MEMBERS_MAX ? { aside: `at most ${MEMBERS_MAX}` } : {})}
          items={members.length >= MEMBERS_MAX ? [] : items}
          text={typed}
          onTextChange={setTyped}
          selected={null}
          onSelect={(id) => {
            const chosen = items.find((item) => item.id === id)
            if (chosen === undefined) return
            setMembers([...members, { clientId: chosen.id, name: chosen.label }])
            setTyped('')
            setAdded(added + 1)
          }}
          empty={`No such ${person}. Add them first, then here.`}
        />
        {members.length > 0 && (
          <ul className={css.rows} aria-label="Members" data-veil>
            {members.map((member) => (
              <li key={member.clientId}>
                <span className={css.what}>
                  <ClientName id={member.clientId}>{member.name}</ClientName>
                </span>
                <IconButton
                  compact
                  label={`Take ${member.name} out`}
                  hint="Take out"
                  icon={<X aria-hidden />}
                  onPress={() => setMembers(members.filter((m) => m !== member))}
                />
              </li>
            ))}
          </ul>
        )}
      </DialogForm>
    </Dialog>
  )
}
