import { useState } from 'react'
import { formatsFor } from '../../../shared/document/formats/builtIn.ts'
import type { Format } from '../../../shared/document/formats/format.ts'
import type { FormatUnreadable } from '../../../shared/contract/formats.ts'
import { api } from '../../api/client.ts'
import { useAppContext } from '../../api/context.ts'
import { sentenceFor } from '../../api/sentences.ts'
import { Button } from '../../ui/Button.tsx'
import { Disclosure } from '../../ui/Disclosure.tsx'
import { Menu } from '../../ui/Menu.tsx'
import { Part } from '../../ui/Part.tsx'
import { Banner, Name } from '../../ui/Parts.tsx'
import { announce } from '../../ui/Status.tsx'
import { FormatDialog } from './FormatDialog.tsx'
import { draftOf, emptyDraft, type FormatDraft } from './formatDraft.ts'
import css from './Templates.module.css'

const unreadableWords: Readonly<Record<FormatUnreadable, string>> = {
  UNREACHABLE: 'That file cannot be read; it may have been moved. Nothing was changed.',
  TOO_BIG: 'That file is too large to be a format. Nothing was changed.',
  NOT_ONE:
    'That is not a format of Bracket. Nothing was changed; please choose a file that ends in .bracket-format.json.',
  DAMAGED:
    'That is a format of Bracket, but something in it was changed and cannot be used. Nothing was taken in; please ask for the file again.',
  NEWER:
    'That format was made by a newer Bracket. Nothing was changed; please install that version, then take it in.',
}

interface Editing {
  readonly title: string
  readonly key: string | null
  readonly start: FormatDraft
}

/** A person's own formats, and the built-in ones to begin from. */
export function Formats({ own }: { own: readonly Format[] }) {
  const { setting } = useAppContext()
  const [editing, setEditing] = useState<Editing | null>(null)
  const [trouble, setTrouble] = useState('')
  const builtIns = formatsFor(setting)
  const names = [...builtIns, ...own].filter(({ key }) => key !== editing?.key).map(({ name }) => name)

  const act = async (work: () => Promise<unknown>) => {
    setTrouble('')
    try {
      await work()
    } catch (error) {
      setTrouble(sentenceFor(error))
    }
  }
  const copy = (format: Format) =>
    setEditing({
      title: `Your own, from ${format.name}`,
      key: null,
      start: draftOf(format, `My ${format.name}`),
    })
  const saveOut = (format: Format) =>
    act(async () => {
      const { saved } = await api.formats.saveOut({ key: format.key })
      if (saved) announce({ text: `“${format.name}” is saved as a file. No word of any note is in it.` })
    })
  const takeIn = () =>
    act(async () => {
      const { taken, unreadable } = await api.formats.takeIn({})
      if (unreadable !== null) setTrouble(unreadableWords[unreadable])
      if (taken !== null) announce({ text: `“${taken.name}” is among your formats now.` })
    })
  const remove = (format: Format) =>
    act(async () => {
      const { key, ...kept } = format
      await api.formats.remove({ key })
      announce({
        text: `“${format.name}” is deleted. Notes written in it keep their headings.`,
        action: {
          label: 'Undo',
          onAction: () => void act(() => api.formats.putBack({ key, format: kept })),
        },
      })
    })

  return (
    <Part title="Note formats">
      <p className={css.muted}>
        For the form that an insurer, an employer or a school expects. Notes keep the headings that they were
        written under, whatever becomes of the format.
      </p>
      {trouble !== '' && (
        <Banner tone="amber">
          <span role="alert">{trouble}</span>
        </Banner>
      )}
      {own.length > 0 && (
        <ul className={css.rows} aria-label="Your own formats">
          {own.map((format) => (
            <Row key={format.key} format={format}>
              <Button
                compact
                variant="quiet"
                aria-label={`Change ${format.name}`}
                onPress={() =>
                  setEditing({ title: 'Change this format', key: format.key, start: draftOf(format) })
                }
              >
                Change…
              </Button>
              <Menu
                label={`More about ${format.name}`}
                entries={[
                  { id: 'copy', label: 'Duplicate…', onAction: () => copy(format) },
                  { id: 'out', label: 'Save as a file…', onAction: () => void saveOut(format) },
                  { id: 'remove', label: 'Delete', danger: true, onAction: () => void remove(format) },
                ]}
              />
            </Row>
          ))}
        </ul>
      )}
      <div className={css.buttons}>
        <Button
          variant="primary"
          onPress={() => setEditing({ title: 'A format of your own', key: null, start: emptyDraft() })}
        >
          Make a format…
        </Button>
        <Button onPress={() => void takeIn()}>Take in a file…</Button>
      </div>
      <Disclosure title={`Built in (${builtIns.length})`}>
        <ul className={css.rows} aria-label="Built-in formats">
          {builtIns.map((format) => (
            <Row key={format.key} format={format}>
              <Button
                compact
                variant="quiet"
                aria-label={`Duplicate ${format.name}`}
                onPress={() => copy(format)}
              >
                Duplicate…
              </Button>
            </Row>
          ))}
        </ul>
      </Disclosure>
      {editing !== null && (
        <FormatDialog
          title={editing.title}
          formatKey={editing.key}
          start={editing.start}
          names={names}
          onClose={(saved) => {
            setEditing(null)
            if (saved !== null) announce({ text: `“${saved}” is kept.` })
          }}
        />
      )}
    </Part>
  )
}

function Row({ format, children }: { format: Format; children: React.ReactNode }) {
  return (
    <li>
      <span className={css.what}>
        <Name>{format.name}</Name>
        <span className={css.muted}>{format.sections.map(({ label }) => label).join(' · ')}</span>
      </span>
      {children}
    </li>
  )
}
