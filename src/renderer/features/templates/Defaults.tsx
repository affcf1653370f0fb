import type { FormatDefaults, NoteKind } from '../../../shared/contract/formats.ts'
import { formatsFor } from '../../../shared/document/formats/builtIn.ts'
import type { Format } from '../../../shared/document/formats/format.ts'
import { api } from '../../api/client.ts'
import { useAppContext } from '../../api/context.ts'
import { sentenceFor } from '../../api/sentences.ts'
import { Part } from '../../ui/Part.tsx'
import { Select } from '../../ui/Select.tsx'
import { announce } from '../../ui/Status.tsx'
import css from './Templates.module.css'

const kinds: readonly { readonly kind: NoteKind; readonly label: string }[] = [
  { kind: 'individual', label: 'A session' },
  { kind: 'home-visit', label: 'A home visit' },
  { kind: 'contact', label: 'A contact' },
  { kind: 'group', label: 'A group session' },
]

/** Which format a note begins in, by what it is about. The author can change it in every note. */
export function Defaults({ own, defaults }: { own: readonly Format[]; defaults: FormatDefaults }) {
  const { setting } = useAppContext()
  const choices = [...own, ...formatsFor(setting)].map(({ key, name }) => ({ key, label: name }))
  const set = (kind: NoteKind, key: string) =>
    void api.formats
      .setDefault({ kind, key })
      .catch((error: unknown) => announce({ text: sentenceFor(error) }))
  return (
    <Part title="Notes begin in">
      <div className={css.pair}>
        {kinds.map(({ kind, label }) => (
          <Select
            key={kind}
            label={label}
            value={defaults[kind]}
            choices={choices}
            onChange={(key) => set(kind, key)}
          />
        ))}
      </div>
    </Part>
  )
}
