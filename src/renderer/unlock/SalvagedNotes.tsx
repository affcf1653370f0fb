import { useEffect, useState } from 'react'
import type { SalvagedNote, SalvageFinding } from '../../shared/contract/damage.ts'
import { vaultApi } from '../api/client.ts'
import { sentenceFor } from '../api/sentences.ts'
import { Frame } from './Frame.tsx'
import { Push, Trouble } from './parts.tsx'
import { exactText } from './RestoreParts.tsx'
import damage from './Damage.module.css'
import css from './Unlock.module.css'

const states: Readonly<Record<SalvagedNote['state'], string>> = {
  draft: 'Draft',
  sealing: 'Draft, about to be signed',
  sealed: 'Signed',
  unknown: 'Whether it was signed could not be read',
}

const seals: Readonly<Record<SalvagedNote['seal'], string>> = {
  holds: 'these are the words that were signed',
  differs: 'these are not the words that were signed',
  unchecked: 'its seal could not be read, so the words are not confirmed',
  none: '',
}

/** One client's notes, newest first, as text. */
export function SalvagedNotes({
  client,
  onBack,
}: {
  client: SalvageFinding['list'][number]
  onBack: () => void
}) {
  const [notes, setNotes] = useState<readonly SalvagedNote[]>([])
  const [more, setMore] = useState(client.notes > 0)
  const [trouble, setTrouble] = useState<string>()
  const load = async (from: number) => {
    try {
      const page = await vaultApi.damage.notes({ place: client.place, from })
      setNotes((known) => [...known.slice(0, from), ...page.notes])
      setMore(page.more)
    } catch (error) {
      setTrouble(sentenceFor(error))
    }
  }
  useEffect(() => {
    void load(0)
    // The page is made anew for another client.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [])
  return (
    <Frame
      title={client.name ?? 'Notes whose client could not be read'}
      wide="wide"
      lead="To read only, newest first."
    >
      <div className={css.buttons}>
        <Push onClick={onBack}>Back to the list</Push>
      </div>
      {client.notes === 0 && (
        <p className={damage.says}>No note of this client could be read, or none was written.</p>
      )}
      {notes.map((note, index) => (
        <Note key={index} note={note} />
      ))}
      <Trouble>{trouble}</Trouble>
      {more && notes.length > 0 && (
        <div className={css.after}>
          <Push onClick={() => void load(notes.length)}>Show more</Push>
        </div>
      )}
    </Frame>
  )
}

function Note({ note }: { note: SalvagedNote }) {
  const about = [states[note.state], seals[note.seal]].filter((part) => part !== '').join(': ')
  const tone = note.seal === 'differs' ? damage.differs : note.seal === 'unchecked' ? damage.warn : undefined
  return (
    <article className={damage.note}>
      <h2>{note.at === null ? 'No date could be read' : exactText(note.at)}</h2>
      <p className={damage.about}>
        <span className={tone}>{about}</span>
        {note.author !== '' && <> · {note.author}</>}
      </p>
      {note.summary !== '' && <p className={damage.about}>{note.summary}</p>}
      <p className={damage.text}>{note.text}</p>
      {note.addenda.map((addendum) => (
        <section key={`${addendum.at}`}>
          <h3>
            Addendum, {exactText(addendum.at)}
            {addendum.author !== '' && <> · {addendum.author}</>}
          </h3>
          <p className={damage.text}>{addendum.text}</p>
        </section>
      ))}
    </article>
  )
}
