/**
 * What a mental status examination looks at, and words to choose from. The lists are the field's usual ones; none of
 * them stands first as the healthy answer, and leaving a line blank says "not assessed".
 */
export interface StatusTopic {
  readonly key: string
  readonly label: string
  readonly choices: readonly string[]
}

export const AFFECT = 'affect'

export const statusTopics: readonly StatusTopic[] = [
  {
    key: AFFECT,
    label: 'Affect',
    choices: [
      'Full range',
      'Restricted',
      'Blunted',
      'Flat',
      'Labile',
      'Tearful',
      'Anxious',
      'Irritable',
      'Bright',
      'Congruent with mood',
      'Incongruent with mood',
    ],
  },
  { key: 'mood', label: 'Mood, in their own words', choices: [] },
  {
    key: 'appearance',
    label: 'Appearance',
    choices: ['Dressed for the weather', 'Groomed', 'Unkempt', 'Looks tired', 'Injury visible'],
  },
  {
    key: 'behavior',
    label: 'Behavior',
    choices: [
      'Engaged',
      'Guarded',
      'Withdrawn',
      'Restless',
      'Slowed',
      'Eye contact made',
      'Eye contact avoided',
    ],
  },
  {
    key: 'speech',
    label: 'Speech',
    choices: ['Even rate and volume', 'Rapid', 'Pressured', 'Slow', 'Soft', 'Loud', 'Few words'],
  },
  {
    key: 'process',
    label: 'Thought process',
    choices: ['Linear', 'Circumstantial', 'Tangential', 'Ruminative', 'Disorganized', 'Blocked'],
  },
  {
    key: 'content',
    label: 'Thought content',
    choices: ['Preoccupations', 'Obsessions', 'Delusions', 'Hopelessness', 'No delusions noted'],
  },
  {
    key: 'perception',
    label: 'Perception',
    choices: ['Hallucinations reported', 'Hallucinations denied', 'Dissociation'],
  },
  {
    key: 'cognition',
    label: 'Orientation and memory',
    choices: [
      'Oriented to person',
      'Oriented to place',
      'Oriented to time',
      'Memory gaps',
      'Poor concentration',
    ],
  },
  {
    key: 'insight',
    label: 'Insight',
    choices: ['Sees the difficulty', 'Sees it in part', 'Does not see it'],
  },
  { key: 'judgment', label: 'Judgment', choices: ['Weighs consequences', 'Impulsive', 'Impaired'] },
]

/** What may be asked about. Asked and denied is an answer; a topic that nobody asked about stays blank. */
export const riskTopics: readonly { readonly key: string; readonly label: string }[] = [
  { key: 'suicidal-thoughts', label: 'Thoughts of suicide' },
  { key: 'suicide-plan', label: 'Plan or means' },
  { key: 'self-harm', label: 'Self-harm' },
  { key: 'harm-to-others', label: 'Thoughts of harming others' },
  { key: 'harm-from-others', label: 'Being harmed by others' },
  { key: 'substances', label: 'Substance use' },
]

export const NOT_ASSESSED = 'Not assessed'
export const NOT_WRITTEN = 'Not written'
/** Asked about, and there is none: an answer, where a blank is none. */
export const NONE_REPORTED = 'None reported'
