import type { Phase } from '../../shared/domain/sessionLife.ts'
import { Chip, type Tone } from './Parts.tsx'

/** What each moment of a session's life is called on screen. */
export const phaseWords: Readonly<Record<Phase, { readonly word: string; readonly tone: Tone }>> = {
  upcoming: { word: 'Upcoming', tone: 'quiet' },
  review: { word: 'Review', tone: 'teal' },
  'in-session': { word: 'In session', tone: 'teal' },
  'to-write': { word: 'To write', tone: 'quiet' },
  draft: { word: 'Draft', tone: 'quiet' },
  overdue: { word: 'Overdue', tone: 'amber' },
  signed: { word: 'Signed', tone: 'quiet' },
  amended: { word: 'Amended', tone: 'quiet' },
  cancelled: { word: 'Cancelled', tone: 'quiet' },
  'no-show': { word: 'No-show', tone: 'quiet' },
}

export const PhaseChip = ({ phase }: { phase: Phase }) => (
  <Chip tone={phaseWords[phase].tone}>{phaseWords[phase].word}</Chip>
)
