import type { SessionKind } from '../../../shared/contract/sessions.ts'

export const kindWords: Readonly<Record<SessionKind, string>> = {
  individual: 'Session',
  'home-visit': 'Home visit',
  contact: 'Contact',
}
