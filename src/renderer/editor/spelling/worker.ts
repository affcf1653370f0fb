import nspell from 'nspell'
import type { SpellingLanguage } from '../../../shared/contract/app.ts'
import { type Checker, makeChecker } from './checker.ts'
import { clinicalWords } from './clinicalWords.ts'
import type { Answer, Question } from './protocol.ts'

/*
 * Spelling's own thread. One dictionary, as text out of the bundle (fetch is blocked here too); what it is asked it
 * forgets with the answer.
 */

interface Port {
  onmessage: ((event: MessageEvent<Question>) => void) | null
  postMessage(answer: Answer): void
}
const port = self as unknown as Port

const load: Readonly<Record<SpellingLanguage, () => Promise<{ aff: string; dic: string }>>> = {
  en: () => import('virtual:dictionary/en'),
  'en-gb': () => import('virtual:dictionary/en-gb'),
  es: () => import('virtual:dictionary/es'),
}

let checker: Promise<Checker> | null = null

async function answer(question: Question): Promise<readonly string[]> {
  if (question.ask === 'start') {
    checker = load[question.language]().then(({ aff, dic }) => makeChecker(nspell(aff, dic), clinicalWords))
  }
  const now = await checker
  if (now === null || question.ask === 'start') return []
  return question.ask === 'check'
    ? question.words.filter((word) => !now.right(word))
    : now.suggest(question.word)
}

port.onmessage = ({ data }) => {
  answer(data).then(
    (words) => port.postMessage({ id: data.id, ok: true, words }),
    // Nothing of the error: it may quote a word.
    () => port.postMessage({ id: data.id, ok: false }),
  )
}
