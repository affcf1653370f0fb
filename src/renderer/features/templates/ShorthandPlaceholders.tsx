import { useAppContext } from '../../api/context.ts'
import css from './Shorthand.module.css'

const rows = (person: string): readonly (readonly [string, string])[] => [
  ['{today}, {today+7}', 'the date, today or so many days on'],
  ['{session-date}, {session-time}', 'when this session is'],
  ['{last-session}, {next-session}', 'the ones before and after it, as far as they are known'],
  [`{${person}}, {first-name}, {pronouns}`, `from the ${person}’s card`],
  ['{they}, {them}, {their}', 'he, she, they …, as the card’s pronouns say'],
  ['{?who came}', 'a gap: the caret goes there, Tab to the next one, Esc leaves'],
]

/** What an expansion may hold beside words. */
export function Placeholders() {
  const { setting } = useAppContext()
  return (
    <>
      <dl className={css.placeholders}>
        {rows(setting === 'school' ? 'student' : 'client').map(([name, meaning]) => (
          <div key={name}>
            <dt>
              {name.split(', ').map((one) => (
                <span key={one}>{one} </span>
              ))}
            </dt>
            <dd>{meaning}</dd>
          </div>
        ))}
      </dl>
      <p className={css.hint}>
        Whatever is not known stays in the note as a gap that can be seen, such as [pronouns?]. Backspace or
        undo straight after brings back what you typed.
      </p>
    </>
  )
}
