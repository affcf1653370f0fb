/* The record's own keys, in words. An unknown key shows as itself, never as nothing. */

const KINDS: Readonly<Record<string, string>> = {
  individual: 'Individual session',
  'home-visit': 'Home visit',
  contact: 'Contact',
}
const LOOPS: Readonly<Record<string, string>> = {
  homework: 'Homework',
  plan: 'Plan for next time',
  self: 'Note to self',
  thread: 'Thread',
  task: 'Task',
  risk: 'Risk',
}
const ENDS: Readonly<Record<string, string>> = {
  done: 'done',
  partly: 'partly done',
  'not-done': 'not done',
  dropped: 'dropped',
  moved: 'moved on',
}
const TRENDS: Readonly<Record<string, string>> = {
  better: 'better',
  same: 'about the same',
  worse: 'harder',
}

export const kindWord = (kind: string): string => KINDS[kind] ?? kind
export const loopWord = (kind: string): string => LOOPS[kind] ?? kind
export const endWord = (how: string | null): string => (how === null ? 'closed' : (ENDS[how] ?? how))
export const trendWord = (trend: string): string => TRENDS[trend] ?? trend

/** "1 note", "3 notes" */
export const counted = (count: number, one: string, many = `${one}s`): string =>
  `${count} ${count === 1 ? one : many}`

const MINUTE = 60_000
/** "50 minutes", "26 hours", "3 days": how long after the session, in the largest unit that says it. */
export function lengthOf(milliseconds: number): string {
  const minutes = Math.round(milliseconds / MINUTE)
  if (minutes < 120) return counted(minutes, 'minute')
  const hours = Math.floor(minutes / 60)
  return hours < 72 ? counted(hours, 'hour') : counted(Math.floor(hours / 24), 'day')
}
