import { newId } from '../../../src/main/services/record/ids.ts'
import type { WriteHandle } from '../../../src/main/store/Store.ts'
import { pick, whole, type Chance } from './chance.ts'
import { CLIENTS } from './calendar.ts'
import type { Prose } from './prose.ts'
import { syllables } from './vocabulary.ts'

export interface Person {
  readonly id: string
  /** The first three are worked on, the rest are met or dropped. */
  readonly goals: readonly { readonly id: string; readonly text: string }[]
}

const PRONOUNS = ['she/her', 'he/him', 'they/them', '']
const GOALS = 6

const capital = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1)
/** Made of syllables: nobody's name. */
const name = (random: Chance): string =>
  `${capital(syllables(random, 2))} ${capital(syllables(random, whole(random, 2, 3)))}`

/** The clients with their goals and flags. */
export async function addPeople(h: WriteHandle, prose: Prose, since: number): Promise<Person[]> {
  const { random } = prose
  const people: Person[] = Array.from({ length: CLIENTS }, () => ({
    id: newId(since),
    goals: Array.from({ length: GOALS }, () => ({ id: newId(since), text: prose.sentence() })),
  }))
  await h.runMany(
    `INSERT INTO clients (id, name, pronouns, birth_date, referral_reason, created_at, updated_at)
     VALUES (:id, :name, :pronouns, :birthDate, :referralReason, :at, :at)`,
    people.map(({ id }) => ({
      id,
      name: name(random),
      pronouns: pick(random, PRONOUNS),
      birthDate: `${whole(random, 1950, 2012)}-0${whole(random, 1, 9)}-1${whole(random, 0, 9)}`,
      referralReason: prose.paragraphs(30).join('\n'),
      at: since,
    })),
  )
  await h.runMany(
    `INSERT INTO goals (id, client_id, text, state, created_at) VALUES (:id, :clientId, :text, :state, :at)`,
    people.flatMap(({ id, goals }) =>
      goals.map((goal, at) => ({
        ...goal,
        clientId: id,
        state: at < 3 ? 'active' : at < 5 ? 'met' : 'dropped',
        at: since,
      })),
    ),
  )
  await h.runMany(
    `INSERT INTO flags (id, client_id, text, created_at) VALUES (:id, :clientId, :text, :at)`,
    people
      .filter((_, at) => at % 5 === 0)
      .map(({ id }) => ({ id: newId(since), clientId: id, text: prose.sentence(), at: since })),
  )
  return people
}
