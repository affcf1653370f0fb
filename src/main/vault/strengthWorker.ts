import { parentPort } from 'node:worker_threads'
import type { StrengthAnswer, StrengthQuestion } from './strength.ts'
import { assessPassphrase } from './strengthRules.ts'

parentPort?.on('message', ({ id, passphrase, personal }: StrengthQuestion) => {
  const answer: StrengthAnswer = { id, strength: assessPassphrase(passphrase, personal) }
  parentPort?.postMessage(answer)
})
