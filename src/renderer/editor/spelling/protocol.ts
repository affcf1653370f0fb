import type { SpellingLanguage } from '../../../shared/contract/app.ts'

/** What the page asks the worker, and what it answers. Words go in; nothing is kept there. */
export type Question =
  | { readonly id: number; readonly ask: 'start'; readonly language: SpellingLanguage }
  | { readonly id: number; readonly ask: 'check'; readonly words: readonly string[] }
  | { readonly id: number; readonly ask: 'suggest'; readonly word: string }

export type Answer =
  | { readonly id: number; readonly ok: true; readonly words: readonly string[] }
  | { readonly id: number; readonly ok: false }
