import type { DetailPartName } from '../detailLines.ts'
import type { BoxGroup, Format } from './format.ts'
import { sectionWords } from './sectionWords.ts'

/** The formats that come with Bracket. A key never changes once notes carry it. */
const made = (
  key: string,
  name: string,
  keys: readonly (keyof typeof sectionWords)[],
  more: { parts?: readonly DetailPartName[]; boxes?: readonly BoxGroup[]; required?: readonly string[] } = {},
): Format => ({
  key,
  name,
  sections: keys.map((k) => ({
    key: k,
    label: sectionWords[k].label,
    prompt: sectionWords[k].prompt,
    required: more.required?.includes(k) ?? false,
  })),
  parts: [...(more.parts ?? [])],
  boxes: [...(more.boxes ?? [])],
})

const usual = ['affect', 'status', 'risk', 'medication', 'interventions', 'objectives', 'decisions'] as const

export const soap = made('soap', 'SOAP', ['subjective', 'objective', 'assessment', 'plan'])

const focusBoxes: BoxGroup[] = [
  {
    key: 'focus',
    label: 'Focus of the session',
    options: [
      'Anxiety',
      'Mood',
      'Grief',
      'Trauma',
      'Relationships',
      'Family',
      'School or work',
      'Substance use',
      'Safety',
      'Skills practice',
    ],
  },
  {
    key: 'interventions',
    label: 'Interventions',
    options: [
      'Cognitive restructuring',
      'Behavioral activation',
      'Exposure',
      'Psychoeducation',
      'Motivational interviewing',
      'Mindfulness',
      'Problem solving',
      'Role play',
      'Supportive listening',
    ],
  },
  {
    key: 'response',
    label: 'Response',
    options: [
      'Took part',
      'Hesitant',
      'Declined',
      'Practiced in session',
      'Asked questions',
      'Tearful',
      'Relieved',
    ],
  },
]

const schoolBoxes: BoxGroup[] = [
  {
    key: 'area',
    label: 'Area',
    options: [
      'Attendance',
      'Peer conflict',
      'Classroom behavior',
      'Family situation',
      'Basic needs',
      'Anxiety or mood',
      'Safety',
      'Transition',
    ],
  },
  {
    key: 'service',
    label: 'Service',
    options: [
      'Check-in',
      'Counseling',
      'Skills group',
      'Consultation with staff',
      'Call home',
      'Referral',
      'Observation',
    ],
  },
]

const practiceFormats: readonly Format[] = [
  soap,
  made('dap', 'DAP', ['data', 'assessment', 'plan']),
  made('birp', 'BIRP', ['behavior', 'intervention', 'response', 'plan']),
  made('girp', 'GIRP', ['goals', 'intervention', 'response', 'plan']),
  made('checkbox', 'Checkbox', ['detail', 'plan'], {
    boxes: focusBoxes,
    parts: ['affect', 'risk'],
    required: ['detail'],
  }),
  made(
    'intake',
    'Intake',
    [
      'presenting',
      'history-presenting',
      'biological',
      'psychological',
      'social',
      'strengths',
      'client-goals',
      'assessment',
      'plan',
    ],
    { parts: usual },
  ),
  made('group', 'Group', ['group-theme', 'participation', 'response', 'plan']),
  made('home-visit', 'Home visit', ['purpose', 'home', 'observed', 'intervention', 'response', 'plan']),
  made('crisis', 'Crisis contact', ['reason', 'said', 'risk-assessment', 'actions', 'people-told', 'plan'], {
    parts: ['risk', 'decisions'],
    required: ['risk-assessment', 'actions'],
  }),
  made('contact', 'Phone or collateral contact', ['contact-with', 'reason', 'said', 'actions', 'plan']),
  made('termination', 'Termination', [
    'ending-reason',
    'course',
    'progress',
    'remaining',
    'referrals',
    'aftercare',
  ]),
  made('summary', 'Treatment summary', [
    'presenting',
    'course',
    'progress',
    'interventions-used',
    'status-now',
    'recommendations',
  ]),
]

const schoolFormats: readonly Format[] = [
  made('school-checkin', 'Check-in', ['seen', 'did', 'next']),
  made('school-boxes', 'School checkbox', ['detail', 'plan'], { boxes: schoolBoxes, required: ['detail'] }),
  made('school-consult', 'Consultation', ['contact-with', 'reason', 'said', 'agreed', 'plan']),
  made('school-observation', 'Observation', ['setting', 'observed', 'antecedent', 'staff-response', 'plan']),
  made(
    'school-incident',
    'Incident',
    ['what-happened', 'said', 'risk-assessment', 'actions', 'people-told', 'plan'],
    {
      parts: ['risk', 'decisions'],
      required: ['what-happened', 'actions'],
    },
  ),
]

export const builtInFormats: readonly Format[] = [...practiceFormats, ...schoolFormats]

/** The formats in the order in which a person of this setting looks for them; none is kept from anybody. */
export const formatsFor = (setting: 'practice' | 'school'): readonly Format[] =>
  setting === 'school' ? [...schoolFormats, ...practiceFormats] : builtInFormats

export const builtIn = (key: string): Format | undefined => builtInFormats.find((f) => f.key === key)

/** What a note of this kind of session begins in, until the person says otherwise. */
export function firstFormat(
  setting: 'practice' | 'school',
  kind: 'individual' | 'home-visit' | 'contact' | 'group',
): string {
  if (kind === 'group') return 'group'
  if (kind === 'home-visit') return 'home-visit'
  if (kind === 'contact') return setting === 'school' ? 'school-consult' : 'contact'
  return setting === 'school' ? 'school-checkin' : 'soap'
}
