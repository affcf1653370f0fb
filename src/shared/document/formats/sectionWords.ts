/**
 * Every section that a built-in format may have: its heading, its prompt, and what it holds, the first being what
 * it is for. `holds` is what a change of format goes by (`convert.ts`).
 */
export type Topic =
  | 'said'
  | 'seen'
  | 'did'
  | 'response'
  | 'meaning'
  | 'risk'
  | 'goals'
  | 'plan'
  | 'history'
  | 'occasion'
  | 'told'

interface SectionWords {
  readonly label: string
  readonly prompt: string
  readonly holds: readonly [Topic, ...Topic[]]
}

const section = (label: string, prompt: string, ...holds: [Topic, ...Topic[]]): SectionWords => ({
  label,
  prompt,
  holds,
})

export const sectionWords = {
  subjective: section('Subjective', 'What they said, in their words where you can', 'said'),
  objective: section(
    'Objective',
    'What you saw and heard; interventions; how they responded',
    'seen',
    'did',
    'response',
  ),
  assessment: section(
    'Assessment',
    'What it means for the goals; risk, if you asked about it',
    'meaning',
    'risk',
  ),
  plan: section('Plan', 'What happens next, and by whom', 'plan'),
  data: section(
    'Data',
    'What was said and seen, what you did, and how they responded',
    'said',
    'seen',
    'did',
    'response',
  ),
  behavior: section('Behavior', 'What they said and did; how they looked and sounded', 'seen', 'said'),
  intervention: section('Intervention', 'What you did, and why', 'did'),
  response: section('Response', 'How they responded to it; movement on the goals', 'response', 'meaning'),
  goals: section('Goals', 'Which goals today was about, and where they stand', 'goals', 'said'),
  detail: section(
    'From this session',
    'At least one thing that was said or happened today, and only today',
    'said',
    'seen',
    'response',
  ),
  presenting: section(
    'Presenting concern',
    'What brings them, in their words; since when',
    'said',
    'occasion',
  ),
  'history-presenting': section(
    'History of the concern',
    'How it began and changed; what has helped before',
    'history',
  ),
  biological: section(
    'Biological',
    'Health, sleep, appetite, substances, medical and family history',
    'history',
  ),
  psychological: section(
    'Psychological',
    'Earlier treatment, trauma, coping, mental health in the family',
    'history',
  ),
  social: section('Social', 'Household, relationships, work or school, money, culture, community', 'history'),
  strengths: section('Strengths', 'What and who they can rely on', 'goals'),
  'client-goals': section('What they hope for', 'The goals in their own words', 'goals'),
  'group-theme': section(
    'What the group did',
    'Theme, activity, what was taught; nobody’s name',
    'did',
    'seen',
  ),
  participation: section('Taking part', 'What this member said and did', 'seen', 'said'),
  purpose: section('Purpose of the visit', 'Why at home, who was expected', 'occasion'),
  home: section('At the home', 'Who was there; what you saw of the place, as far as it matters', 'seen'),
  observed: section('Observed', 'What you saw and heard, without interpreting it', 'seen', 'said'),
  reason: section('Reason for contact', 'Who reached whom, when, and why', 'occasion'),
  said: section('What was said', 'In their words where you can', 'said'),
  'risk-assessment': section(
    'Risk',
    'What you asked, what was answered, what you made of it',
    'risk',
    'meaning',
  ),
  actions: section('What I did', 'Each step and when; what you decided against, and why', 'did'),
  'people-told': section('Who was told', 'Whom, how, when; what they said', 'told'),
  'contact-with': section(
    'Contact with',
    'Who, how they are related to the person this note is about, and what allows you to talk',
    'occasion',
  ),
  'ending-reason': section('Why it ends', 'Whose decision, and how it was talked about', 'occasion'),
  course: section('Course of treatment', 'From when to when; what it was about', 'history', 'did'),
  progress: section('Progress', 'Goal by goal, what changed', 'response', 'meaning', 'goals'),
  remaining: section('What remains', 'What is unfinished, and what to watch for', 'risk'),
  referrals: section('Referrals', 'To whom, and whether it is arranged', 'plan', 'told'),
  aftercare: section('Afterwards', 'How to come back; whom to call', 'plan'),
  'interventions-used': section('Interventions', 'What was tried, and what it did', 'did', 'response'),
  'status-now': section('Where they are now', 'As of the last session', 'meaning', 'risk'),
  recommendations: section('Recommendations', 'What you would advise the next person', 'plan'),
  seen: section('What I saw and heard', 'What the student said and did', 'seen', 'said'),
  did: section('What I did', 'What you tried, and how it went', 'did', 'response'),
  next: section('Next', 'What happens now, and by whom', 'plan'),
  agreed: section('What was agreed', 'Who does what, until when', 'meaning', 'told'),
  setting: section('Where and when', 'Class, time, who was there', 'occasion'),
  antecedent: section('Before and after', 'What came just before, and what followed', 'history', 'response'),
  'staff-response': section('What adults did', 'And how the student responded', 'did', 'response'),
  'what-happened': section('What happened', 'In order, with times; who saw it', 'seen', 'occasion'),
} as const satisfies Record<string, SectionWords>

export const holdsOf = (key: string): readonly Topic[] =>
  (sectionWords as Readonly<Record<string, SectionWords>>)[key]?.holds ?? []
