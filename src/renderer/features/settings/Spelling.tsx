import { useQuery } from '@tanstack/react-query'
import { X } from 'lucide-react'
import type { Preferences, SpellingLanguage } from '../../../shared/contract/app.ts'
import { read } from '../../api/cache.ts'
import { api } from '../../api/client.ts'
import { useAppContext } from '../../api/context.ts'
import { sentenceFor } from '../../api/sentences.ts'
import { IconButton } from '../../ui/Button.tsx'
import { Checkbox } from '../../ui/Choices.tsx'
import { Disclosure } from '../../ui/Disclosure.tsx'
import { Select } from '../../ui/Select.tsx'
import { announce } from '../../ui/Status.tsx'
import css from './Spelling.module.css'

const OFF = 'off'
const languages: readonly { key: SpellingLanguage | typeof OFF; label: string }[] = [
  { key: 'en', label: 'English (United States)' },
  { key: 'en-gb', label: 'English (United Kingdom)' },
  { key: 'es', label: 'Español' },
  { key: OFF, label: 'Off' },
]

/** Spelling and shorthand while writing, and the words that were added. */
export function Spelling({ change }: { change: (part: Partial<Preferences>) => Promise<boolean> }) {
  const { preferences } = useAppContext()
  return (
    <>
      <Select
        label="Spelling"
        hint="Checked on this computer alone. Quotations, names inside a sentence and abbreviations are left out; F7 goes to the next word."
        value={preferences.spelling ?? OFF}
        choices={languages}
        onChange={(key) => void change({ spelling: key === OFF ? null : key })}
      />
      <OwnWords />
      <Checkbox checked={preferences.shorthand} onChange={(shorthand) => void change({ shorthand })}>
        Expand shorthand while typing
        <span className={css.note}>
          After a semicolon at the start of a word. Your shorthand is under Templates & snippets.
        </span>
      </Checkbox>
    </>
  )
}

/** The record's words; those of the private room stay in there. */
function OwnWords() {
  const { data } = useQuery(read('spelling', 'words', {}))
  const words = data?.words ?? []
  if (words.length === 0) return null
  const remove = async (word: string) => {
    try {
      await api.spelling.remove({ word })
    } catch (error) {
      announce({ text: sentenceFor(error) })
    }
  }
  return (
    <Disclosure title={`Words you added (${words.length})`}>
      <ul className={css.words} aria-label="Words you added">
        {words.map((word) => (
          <li key={word}>
            <bdi>{word}</bdi>
            <IconButton
              compact
              label={`Take ${word} off the list`}
              hint="Take off the list"
              icon={<X aria-hidden />}
              onPress={() => void remove(word)}
            />
          </li>
        ))}
      </ul>
    </Disclosure>
  )
}
