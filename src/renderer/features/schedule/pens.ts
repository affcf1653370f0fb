import type { Phase } from '../../../shared/domain/sessionLife.ts'

/** What the way to a session's note is called, by where it stands; nothing while there is nothing to write. */
export const pens: Readonly<Partial<Record<Phase, string>>> = {
  'in-session': 'Write note',
  'to-write': 'Write note',
  overdue: 'Write note',
  draft: 'Go on writing',
  signed: 'Read note',
  amended: 'Read note',
}
